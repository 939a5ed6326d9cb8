import { ddlDanger } from '../../danger/in-ddl';
import { MigrateError } from '../../errors';
import { scan } from '../../script/scan';
import { tokenize } from '../../statement/tokens';
import { isSchemaStatement } from '../../version/allowed';
import { isSqlSchemaStatement } from '../../version/allowed-sql';
import { compareCodePoints } from '../order';
import { commentsAbove } from './comments';
import { readCypherDdl } from './read-cypher';
import { readSqlDdl } from './read-sql';
import type { DdlFile, DdlStatement, Piece, Reading } from './types';

/** A statement that only its place gives a meaning, or one that nobody here reads: the engine has the word on it. */
const UNREAD: Reading = { kind: 'change', defines: [], needs: [] };

/** The statements of all files, in the order of the files' paths, each once: an extension may be asked for by several. */
export function piecesOf(files: readonly DdlFile[]): Piece[] {
  const extensions = new Set<string>();
  return [...files]
    .sort((a, b) => compareCodePoints(a.file, b.file))
    .flatMap(piecesOfFile)
    .filter(({ kind, statement }) => {
      if (kind !== 'extension') return true;
      const words = statement.text.split(/\s+/).join(' ').toLowerCase();
      return !extensions.has(words) && extensions.add(words);
    });
}

function piecesOfFile({ file, text, dialect }: DdlFile): Piece[] {
  let before = 0;
  return scan(text, dialect).map((found) => {
    const comments = commentsAbove(text, before, found.start, dialect);
    before = found.end;
    const tokens = tokenize(found.text, dialect);
    const reading = (dialect === 'sql' ? readSqlDdl(tokens) : readCypherDdl(tokens)) ?? UNREAD;
    return { ...reading, comments, statement: { ...found, file } };
  });
}

/**
 * What has no place in files of DDL that are put in order.
 * @returns STATEMENT_NOT_ALLOWED for what makes no schema or takes back what another statement made, SCRIPT_INVALID for
 * what is not closed, which would swallow the next statement, and what {@link ddlDanger} finds
 */
export function refusal({ statement, takesBack }: Piece): MigrateError | undefined {
  const { file, line, column, text, unterminated } = statement;
  if (unterminated) {
    const detail = `@script.unclosed.${unterminated}`;
    return new MigrateError('SCRIPT_INVALID', { file, line, detail }, { where: { file, line, column } });
  }
  const isSql = /\.sql$/i.test(file);
  const isSchema = isSql ? isSqlSchemaStatement(text) : isSchemaStatement(text);
  const where = { file, line, column, statement: text };
  if (isSchema && !takesBack) return ddlDanger(text, isSql ? 'sql' : 'cypher', where);
  return new MigrateError('STATEMENT_NOT_ALLOWED', { file, statement: text }, { where });
}

/** Where an offset of a statement lies in its file. */
export function placeIn({ text, line, column, file }: DdlStatement, at: number) {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  const inLine = lines.at(-1)?.length ?? 0;
  return { file, line: line + lines.length - 1, column: lines.length === 1 ? column + inLine : inLine + 1 };
}
