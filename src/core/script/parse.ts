import type { Dialect } from '../dialect/dialect';
import { batchParameters } from './batch';
import { type Directive, readDirective, wrong } from './directive';
import { lexerOf } from './lexer';
import { type Direction, looksLikeMarker, markerOf } from './marker';
import type { PieceKind } from './piece';
import { beginsLine, lineEnd, lineStart, type Position, Positions } from './positions';
import { openKind, positionAt, type ScannedStatement, scan, scannedAt } from './scan';
import type { Script, ScriptProblem } from './script';
import { Header, SectionBuilder } from './section';

/** What a file holds: both directions with markers between, or one file of a pair. */
export type ScriptRole = 'single' | 'up' | 'down';

/**
 * Splits a migration file into its sections and statements. Never throws: what is wrong is in `problems`, in the order of
 * the file. `--` and `//` begin a comment wherever no statement is open, since no statement of either engine begins so;
 * inside one they are what the engine makes of them. Only a section marker ends an open statement.
 */
export function parseScript(text: string, dialect: Dialect, role: ScriptRole): Script {
  return new Parser(text, dialect, role).parse();
}

const NONE: readonly string[] = [];

type OneOf<K extends Directive['kind']> = Extract<Directive, { readonly kind: K }>;

class Parser {
  private readonly positions: Positions;
  private readonly header = new Header();
  private readonly sections = { up: new SectionBuilder(), down: new SectionBuilder() };
  private readonly requires: { id: string; line: number; column: number }[] = [];
  private readonly problems: ScriptProblem[] = [];
  private direction: Direction;
  private markers = 0;
  private sectionStart: number;
  /** Where the open statement starts, or -1. */
  private start = -1;
  private end = 0;
  private place: Position = { line: 1, column: 1 };
  /** What stands above the next statement. */
  private reopen: Position | undefined;
  private batch: (Position & { readonly size: number }) | undefined;
  private ignores: { readonly codes: string[]; readonly place: Position } | undefined;

  constructor(
    private readonly text: string,
    private readonly dialect: Dialect,
    private readonly role: ScriptRole,
  ) {
    this.positions = new Positions(text);
    this.direction = role === 'down' ? 'down' : 'up';
    this.sectionStart = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  parse(): Script {
    const { text, header, sections } = this;
    this.refuseNul();
    const lexer = lexerOf(text, this.dialect);
    for (let kind = lexer.next(); kind !== undefined; kind = lexer.next()) {
      const { start } = lexer;
      const sign = kind === 'line-comment' || kind === 'symbol' ? signAt(text, start) : undefined;
      if (sign !== undefined && this.readLine(start, sign)) lexer.jump(lineEnd(text, start));
      else if (kind === 'separator') this.finish();
      else if (!isComment(kind) || lexer.open) this.take(kind, start, lexer.end, lexer.open);
    }
    this.endSection(text.length);
    const down = sections.down.statements.length > 0 ? sections.down.build(header, this.role === 'down') : undefined;
    return {
      up: sections.up.build(header, this.role !== 'down'),
      ...(down ? { down } : {}),
      requires: this.requires,
      ignores: header.ignores,
      problems: this.problems.sort((a, b) => a.line - b.line || a.column - b.column),
    };
  }

  private get section(): SectionBuilder {
    return this.sections[this.direction];
  }

  private take(kind: PieceKind, start: number, end: number, open: boolean): void {
    if (this.start < 0) {
      this.start = start;
      this.place = this.positions.at(start);
    }
    this.end = end;
    if (!open) return;
    const what = openKind(kind);
    this.problem(`@script.unclosed.${what}`, positionAt(this.text, start));
    this.finish(what);
  }

  /** Reads a line that begins with a comment sign; false where the engine has to read it, as a part of a statement. */
  private readLine(start: number, sign: '--' | '//'): boolean {
    const alone = beginsLine(this.text, start);
    const open = this.start >= 0;
    if (open && !(alone && (this.dialect === 'cypher' || sign === '--'))) return false;
    const content = this.text.slice(start + 2, lineEnd(this.text, start));
    if (open && markerOf(content) === undefined) return false;
    this.finish();
    const place = this.positions.at(start);
    const marker = markerOf(content);
    if (marker !== undefined && alone) this.beginSection(marker, start, place);
    else if (marker !== undefined || looksLikeMarker(content))
      this.problem(`@script.badMarker:${content.trim()}`, place);
    else this.readComment(content, place, alone);
    return true;
  }

  private readComment(content: string, place: Position, alone: boolean): void {
    const found = readDirective(content);
    if (found === undefined) return;
    if (found.kind === 'wrong') this.problem(found.detail, place);
    else if (!alone) this.problem(wrong('notAlone', found.kind).detail, place);
    else this.obey(found, place);
  }

  private obey(found: Directive, place: Position): void {
    const late = this.section.statements.length > 0;
    const header = this.markers === 0 ? this.header : this.section.header;
    if (found.kind === 'reopen') {
      if (this.reopen) this.twice(found.kind, place);
      this.reopen = place;
    } else if (found.kind === 'batch') {
      if (this.batch) this.twice(found.kind, place);
      this.batch = { ...place, size: found.size };
    } else if (found.kind === 'lint-ignore') {
      if (!late) header.ignores.push(...found.codes);
      else this.ignores = { codes: [...(this.ignores?.codes ?? []), ...found.codes], place };
    } else if (late) this.problem(wrong('late', found.kind).detail, place);
    else if (found.kind === 'transaction') header.transaction = 'none';
    else if (found.kind === 'requires') this.require(found, place);
    else if (found.kind === 'rename') header.renames.push(...found.renames);
    else this.addPrecondition(header, found, place);
  }

  private require({ ids }: OneOf<'requires'>, { line, column }: Position): void {
    const forDown = this.direction === 'down';
    if (forDown) this.problem('@script.requiresDown', { line, column });
    else this.requires.push(...ids.map(({ id, at }) => ({ id, line, column: column + 2 + at })));
  }

  private addPrecondition(header: Header, found: OneOf<'assert' | 'assume'>, { line, column }: Position): void {
    const [query, ...more] = scan(found.query, this.dialect);
    if (query === undefined) this.problem(wrong('emptyQuery', found.kind).detail, { line, column });
    else if (more.length > 0 || query.unterminated)
      this.problem(wrong('oneQuery', found.kind).detail, { line, column });
    else {
      const at = column + 2 + found.at + query.start;
      header.preconditions.push({ kind: found.kind, query: query.text, line, column: at });
    }
  }

  private finish(unterminated?: 'string' | 'name' | 'comment'): void {
    const { text, start, batch } = this;
    if (start < 0) return;
    this.start = -1;
    const found = scannedAt(text, start, this.end, this.place, unterminated);
    const [parameter] = batchParameters(found.text, this.dialect);
    if (batch && parameter === undefined) this.problem('@script.batchUnused', batch);
    if (!batch && parameter !== undefined) this.problem('@script.batchMissing', within(found, parameter));
    const ignores = this.ignores?.codes ?? NONE;
    this.section.statements.push(
      this.reopen || batch || unterminated
        ? { ...found, ...(this.reopen ? { reopenBefore: true } : {}), ...(batch ? { batch: batch.size } : {}), ignores }
        : // Most are such, and a spread costs more than all the rest.
          { text: found.text, start, end: found.end, line: found.line, column: found.column, ignores },
    );
    this.reopen = this.batch = this.ignores = undefined;
  }

  private beginSection(direction: Direction, start: number, place: Position): void {
    const first = this.section.statements[0];
    if (this.markers === 0 && first) this.problem('@script.beforeMarker', first);
    const { text } = this;
    this.endSection(lineStart(text, start));
    // Nothing before the first marker belongs to a section.
    if (this.markers === 0) this.section.text = '';
    this.markers++;
    this.direction = direction;
    const name = direction.toUpperCase();
    if (this.section.marked) this.problem(`@script.secondMarker:${name}`, place);
    if (this.role !== 'single' && this.role !== direction) this.problem(`@script.otherMarker:${name}`, place);
    this.section.marked = true;
    const end = lineEnd(text, start);
    this.sectionStart = end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
  }

  private endSection(end: number): void {
    this.finish();
    const waiting = [
      ['reopen', this.reopen],
      ['batch', this.batch],
      ['lint-ignore', this.ignores?.place],
    ] as const;
    for (const [word, place] of waiting) if (place) this.problem(wrong('noStatement', word).detail, place);
    this.reopen = this.batch = this.ignores = undefined;
    this.section.text = this.text.slice(this.sectionStart, end);
  }

  /** DuckDB is handed its statements as C strings: what follows a NUL would silently not run. */
  private refuseNul(): void {
    const at = this.dialect === 'sql' ? this.text.indexOf('\0') : -1;
    if (at >= 0) this.problem('@script.nul', positionAt(this.text, at));
  }

  private twice(word: string, place: Position): void {
    this.problem(wrong('twice', word).detail, place);
  }

  private problem(detail: string, { line, column }: Position): void {
    this.problems.push({ code: 'SCRIPT_INVALID', detail, line, column });
  }
}

function signAt(text: string, at: number): '--' | '//' | undefined {
  const code = text.charCodeAt(at);
  if (code !== text.charCodeAt(at + 1)) return undefined;
  return code === 45 ? '--' : code === 47 ? '//' : undefined;
}

function isComment(kind: PieceKind): boolean {
  return kind === 'block-comment' || kind === 'line-comment';
}

/** The position of an offset in a statement. */
function within({ text, line, column }: ScannedStatement, offset: number): Position {
  const inside = positionAt(text, offset);
  return inside.line === 1
    ? { line, column: column + inside.column - 1 }
    : { line: line + inside.line - 1, column: inside.column };
}
