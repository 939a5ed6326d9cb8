import { MigrateError } from '../../errors';
import { statement } from '../statement-end';
import { type Call, orderPieces } from './order';
import { piecesOf, refusal } from './pieces';
import type { DdlFile, DdlStatement, NameSpace, Piece } from './types';

export interface BuiltObject {
  readonly kind: NameSpace;
  /** As it is written. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export interface SchemaBuild {
  /** In an order in which they run, each with its place in its file. */
  readonly statements: readonly DdlStatement[];
  readonly objects: readonly BuiltObject[];
  /** See {@link buildSchema}; where there are any, the text must not be used. */
  readonly findings: readonly MigrateError[];
  readonly calls: readonly Call[];
  /** One script, which runs as it stands. */
  readonly text: string;
}

/**
 * Makes one schema of the files of a project, whatever order they come in.
 * @param options `folder`: where they lie, for the first line of the text
 * @returns findings, all at once and by place: DDL_DUPLICATE, DDL_UNDEFINED, DDL_CYCLE, STATEMENT_NOT_ALLOWED,
 * STATEMENT_DANGEROUS, SCRIPT_INVALID, each with file, line and column
 */
export function buildSchema(files: readonly DdlFile[], { folder }: { readonly folder: string }): SchemaBuild {
  const given = piecesOf(files);
  const { pieces, findings, calls } = orderPieces(given);
  return {
    statements: pieces.map((piece) => piece.statement),
    objects: pieces.flatMap(objectsOf),
    findings: [...given.flatMap((piece) => refusal(piece) ?? []), ...findings].sort(byPlace),
    calls,
    text: textOf(pieces, { folder, isSql: files.some(({ dialect }) => dialect === 'sql') }),
  };
}

/**
 * The statements of a folder of DDL that anybody wrote, in an order in which they run. Where one takes back what another
 * made, only their author knows the order: then it is that of the paths, tables of relationships last.
 * @throws MigrateError as {@link ddlError}, for the findings of {@link buildSchema}
 */
export function orderFolder(files: readonly DdlFile[]): readonly DdlStatement[] {
  const given = piecesOf(files);
  if (given.some(({ takesBack }) => takesBack)) {
    const isRel = ({ kind }: Piece) => kind === 'rel';
    return [...given.filter((piece) => !isRel(piece)), ...given.filter(isRel)].map((piece) => piece.statement);
  }
  const { pieces, findings } = orderPieces(given);
  const all = [...given.flatMap((piece) => refusal(piece) ?? []), ...findings].sort(byPlace);
  if (all.length > 0) throw ddlError(all);
  return pieces.map((piece) => piece.statement);
}

/** One error for all findings: the only one itself, or DDL_INVALID, which names the places of all. */
export function ddlError(findings: readonly MigrateError[]): MigrateError {
  const [first] = findings;
  if (!first) throw new RangeError('an error needs a finding');
  if (findings.length === 1) return first;
  const places = findings.map(({ code, where }) => [where.file, where.line, code].filter((part) => part !== undefined));
  const params = { count: findings.length, places: places.map((one) => one.join(':')).join(', ') };
  return new MigrateError('DDL_INVALID', params, { where: first.where, cause: first });
}

function objectsOf({ defines, statement: { file, line } }: Piece): BuiltObject[] {
  return defines
    .filter(({ implied }) => !implied)
    .map(({ space, shown }) => ({ kind: space, name: shown, file, line }));
}

/** In the first line, it tells our text from one that somebody wrote. */
const MADE_BY = 'Made by `kuzu-migrate schema build`';

/** Whether a text was built, and may be replaced. */
export function isMade(text: string): boolean {
  return (text.split('\n', 1)[0] ?? '').includes(MADE_BY);
}

function textOf(
  pieces: readonly Piece[],
  { folder, isSql }: { readonly folder: string; readonly isSql: boolean },
): string {
  const mark = isSql ? '--' : '//';
  const lines = [`${mark} ${MADE_BY} from ${oneLine(folder)}. Do not edit.\n`];
  let file: string | undefined;
  for (const piece of pieces) {
    if (piece.statement.file !== file) {
      file = piece.statement.file;
      lines.push(`\n${mark} ${oneLine(file)}\n`);
    }
    if (piece.comments !== '') lines.push(`${piece.comments}\n`);
    lines.push(statement(piece.statement.text));
  }
  return lines.join('');
}

/** A file's name may hold a line break, behind which the comment would be over. */
function oneLine(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029]/gu, '?');
}

function byPlace(a: MigrateError, b: MigrateError): number {
  const [left, right] = [a.where, b.where];
  if (left.file !== right.file) return (left.file ?? '') < (right.file ?? '') ? -1 : 1;
  return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
}
