import { MigrateError } from '../../core/errors';
import { failureParams } from '../../core/statement/failure';
import { describeHolder } from '../holder';

/** What Node and the system's loader say of a package that is missing or made for another platform. */
const NOT_LOADED =
  /Cannot find module|no engine called|cannot open shared object|ERR_DLOPEN|invalid ELF header|wrong ELF class|incompatible architecture|not a valid Win32 application|GLIBC/;

/** The engines' own error texts, told apart here and nowhere else; they are facts of Kùzu 0.11.3 and DuckDB 1.5.5. */

export async function openError(message: string, file: string): Promise<MigrateError> {
  if (/Could not set lock on file|being used by another process/.test(message)) {
    // DuckDB names the holder, behind its program, where the system tells.
    const pid = /\(PID (\d+)\)/.exec(message)?.[1];
    const holder = pid === undefined ? await describeHolder(file) : `@holder.process:${pid}`;
    return new MigrateError('DATABASE_HELD', { path: file, holder });
  }
  if (fullDevice(message) !== undefined) return new MigrateError('NO_SPACE', { path: file });
  if (/Permission denied|Read-only file system/.test(message)) return new MigrateError('NO_PERMISSION', { path: file });
  if (NOT_LOADED.test(message)) {
    const platform = `${process.platform}-${process.arch}`;
    const engine = /^\[(\w+)\] /.exec(message)?.[1] ?? 'kuzu';
    const detail = message.replace(/^\[\w+\] /, '');
    return new MigrateError('ENGINE_NOT_LOADED', { engine, platform, detail });
  }
  if (/we can only read versions between|written with a storage version greater than/.test(message)) {
    return new MigrateError('DATABASE_NEWER', { path: file, engine: 'DuckDB', detail: message });
  }
  return new MigrateError('DATABASE_CORRUPT', { path: file, detail: message });
}

/** `index` counts the statements of the run from 0. */
export function statementError(message: string, statement: string, index: number, file = ''): MigrateError {
  const position = /\(line: (\d+), offset: (\d+)\)/.exec(message);
  const where = position ? { statement, line: Number(position[1]), column: Number(position[2]) + 1 } : { statement };
  const full = fullDevice(message);
  if (full !== undefined) return new MigrateError('NO_SPACE', { path: full || file, index }, { where });
  const name = /Ambiguous reference to catalog or schema "(.*?)" -/.exec(message)?.[1];
  if (name !== undefined) return new MigrateError('NAME_AMBIGUOUS', { name, statement, index }, { where });
  // What the DuckDB adapter puts behind the engine's own words.
  const said = message.replace(/\n\(line: \d+, offset: \d+\)$/, '');
  // Of a cast in a DEFAULT, a CHECK, a view or a macro, which DuckDB writes down, to labels inside of another type.
  const detail = said.includes('Cannot serialize non-constant type parameter') ? `@statement.enumInside:${said}` : said;
  return new MigrateError('STATEMENT_FAILED', { ...failureParams(detail, statement), index }, { where });
}

/** The file that could not be written. A write that ends short is reported with `Error: Success`. */
function fullDevice(message: string): string | undefined {
  const short = /Cannot write to file\. path: (.*?) fileDescriptor: /.exec(message);
  if (short && /Error: Success|No space left|Disk quota/.test(message)) return short[1];
  // In the words of the engines, of the C library, and of Node.
  return /no space left|ENOSPC/i.test(message) ? '' : undefined;
}
