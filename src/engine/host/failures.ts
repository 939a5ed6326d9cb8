import { MigrateError } from '../../core/errors';
import { describeHolder } from '../holder';

/** What Node and the system's loader say of a package that is missing or made for another platform. */
const NOT_LOADED =
  /Cannot find module|no engine called|cannot open shared object|ERR_DLOPEN|invalid ELF header|wrong ELF class|incompatible architecture|not a valid Win32 application|GLIBC/;

/** The engine's own error texts, told apart here and nowhere else; they are facts of Kùzu 0.11.3. */

export async function openError(message: string, file: string): Promise<MigrateError> {
  if (message.includes('Could not set lock on file')) {
    return new MigrateError('DATABASE_HELD', { path: file, holder: await describeHolder(file) });
  }
  if (fullDevice(message) !== undefined) return new MigrateError('NO_SPACE', { path: file });
  if (/Permission denied|Read-only file system/.test(message)) return new MigrateError('NO_PERMISSION', { path: file });
  if (NOT_LOADED.test(message)) {
    const platform = `${process.platform}-${process.arch}`;
    return new MigrateError('ENGINE_NOT_LOADED', { engine: 'kuzu', platform, detail: message });
  }
  return new MigrateError('DATABASE_CORRUPT', { path: file, detail: message });
}

/** `index` counts the statements of the run from 0. */
export function statementError(message: string, statement: string, index: number, file = ''): MigrateError {
  const position = /\(line: (\d+), offset: (\d+)\)/.exec(message);
  const where = position ? { statement, line: Number(position[1]), column: Number(position[2]) + 1 } : { statement };
  const full = fullDevice(message);
  if (full !== undefined) return new MigrateError('NO_SPACE', { path: full || file, index }, { where });
  return new MigrateError('STATEMENT_FAILED', { detail: message, statement, index }, { where });
}

/** The file that could not be written. A write that ends short is reported with `Error: Success`. */
function fullDevice(message: string): string | undefined {
  const short = /Cannot write to file\. path: (.*?) fileDescriptor: /.exec(message);
  if (short && /Error: Success|No space left|Disk quota/.test(message)) return short[1];
  return message.includes('No space left') ? '' : undefined;
}
