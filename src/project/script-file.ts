import { constants, isUtf8 } from 'node:buffer';
import { closeSync, constants as flags, fstatSync, openSync, readSync } from 'node:fs';
import { MigrateError } from '../core/errors';
import { firstInvalidUtf8 } from '../core/migration/utf8';
import { formatBytes } from '../core/text/format';

/** What a JavaScript text can hold; UTF-8 never has more units than bytes. */
const LIMIT = constants.MAX_STRING_LENGTH;

/**
 * The bytes of a regular file. Synchronous: see `readMigrations`.
 * @throws MigrateError FILE_FAILED for what is no regular file, SCRIPT_TOO_LARGE; the system's error otherwise
 */
export function readScriptBytes(absolute: string, file: string): Buffer {
  // Without O_NONBLOCK a named pipe would wait for a writer for ever.
  const handle = openSync(absolute, flags.O_RDONLY | (flags.O_NONBLOCK ?? 0));
  try {
    const info = fstatSync(handle);
    if (!info.isFile()) {
      const detail = info.isDirectory() ? '@scriptFile.folder' : '@scriptFile.special';
      throw new MigrateError('FILE_FAILED', { path: file, detail }, { where: { file } });
    }
    if (info.size > LIMIT) {
      const params = { file, size: formatBytes(info.size), limit: formatBytes(LIMIT) };
      throw new MigrateError('SCRIPT_TOO_LARGE', params, { where: { file } });
    }
    const bytes = Buffer.allocUnsafe(info.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(handle, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return length === bytes.length ? bytes : bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

/**
 * The text of a script, without the byte order mark that some editors write: no editor shows it as a column either.
 * @throws MigrateError SCRIPT_ENCODING with the offset of the first byte that is no UTF-8
 */
export function decodeScript(bytes: Buffer, file: string): string {
  const nul = bytes.indexOf(0);
  if (nul < 0 && isUtf8(bytes)) return bytes.toString('utf8', hasMark(bytes) ? 3 : 0);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw encoding(bytes, file, 0, '@scriptFile.utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) throw encoding(bytes, file, 0, '@scriptFile.utf16be');
  const invalid = firstInvalidUtf8(bytes);
  if (invalid === undefined || (nul >= 0 && nul < invalid)) throw encoding(bytes, file, nul, '@scriptFile.nul');
  const shown = bytes
    .subarray(invalid, invalid + 4)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
  throw encoding(bytes, file, invalid, `@scriptFile.invalid:${shown}`);
}

function hasMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function encoding(bytes: Buffer, file: string, offset: number, detail: string): MigrateError {
  const before = bytes
    .subarray(hasMark(bytes) ? 3 : 0, offset)
    .toString('utf8')
    .split(/\r\n|\r|\n/);
  const where = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return new MigrateError('SCRIPT_ENCODING', { file, offset, detail }, { where });
}
