export interface Position {
  readonly line: number;
  readonly column: number;
}

const LF = 10;
const CR = 13;
const BOM = 0xfeff;

/** Counts lines up to offsets that only grow, so that all positions of a file cost one pass. */
export class Positions {
  private line = 1;
  private lineStart: number;
  private counted = 0;

  constructor(private readonly text: string) {
    this.lineStart = text.charCodeAt(0) === BOM ? 1 : 0;
  }

  at(offset: number): Position {
    for (; this.counted < offset; this.counted++) {
      const code = this.text.charCodeAt(this.counted);
      const ends = code === LF || (code === CR && this.text.charCodeAt(this.counted + 1) !== LF);
      if (!ends) continue;
      this.line++;
      this.lineStart = this.counted + 1;
    }
    return { line: this.line, column: Math.max(offset - this.lineStart, 0) + 1 };
  }
}

/** The offset of the line break that ends the line of an offset, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
  }
  return text.length;
}

/** The offset at which the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  for (let at = offset; at > 0; at--) {
    const code = text.charCodeAt(at - 1);
    if (code === LF || code === CR) return at;
  }
  return 0;
}

/** Whether there are only blanks between the start of its line and an offset. */
export function beginsLine(text: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return true;
    if (code !== 32 && code !== 9 && !(code < 128 ? code === 11 || code === 12 : /\s/.test(text.charAt(at))))
      return false;
  }
  return true;
}
