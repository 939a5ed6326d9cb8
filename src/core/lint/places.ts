import type { LintRange } from './finding';

/** Turns offsets of a file into lines and columns, in any order. A byte order mark takes no column, as in an editor. */
export class Places {
  readonly #starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
    for (const found of text.matchAll(/\r\n|\r|\n/g)) starts.push(found.index + found[0].length);
    this.#starts = starts;
  }

  range(start: number, end: number): LintRange {
    const from = this.#at(start);
    const to = this.#at(Math.max(start, end));
    return { ...from, endLine: to.line, endColumn: to.column };
  }

  offset(line: number, column: number): number {
    return Math.min((this.#starts[line - 1] ?? this.text.length) + column - 1, this.text.length);
  }

  #at(offset: number): { line: number; column: number } {
    const place = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(place - (this.#starts[low] ?? 0), 0) + 1 };
  }
}
