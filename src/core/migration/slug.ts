import { MigrateError } from '../errors';

/** Of the name as it is given; no sentence that says what a script does is longer. */
const MOST_CHARACTERS = 100;
/** Of the slug in UTF-8: with an id and an ending it has to fit into the 255 bytes of a file name. */
const MOST_BYTES = 200;
/** Windows keeps these for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * What a user calls a migration, as the part of its file's name behind the id: lower case, `_` between words, letters and
 * digits of any script. `Add user e-mail` and `addUserE-mail` give `add_user_e_mail`.
 * @throws MigrateError MIGRATION_NAME_INVALID
 */
export function migrationSlug(name: string): string {
  const slug = name
    .normalize('NFKC')
    .replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1_')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '_')
    .replace(/^_|_$/g, '');
  const reason = problemOf(name, slug);
  if (reason !== undefined) throw new MigrateError('MIGRATION_NAME_INVALID', { name, reason });
  return slug;
}

function problemOf(name: string, slug: string): string | undefined {
  if (/[/\\]/.test(name)) return '@migrationName.path';
  // What ends a line would end the comment that tells the name, too.
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) return '@migrationName.control';
  if (!/[\p{L}\p{N}]/u.test(slug)) return '@migrationName.symbols';
  if ([...name].length > MOST_CHARACTERS || utf8Length(slug) > MOST_BYTES) return '@migrationName.tooLong';
  if (RESERVED.test(slug)) return '@reason.reserved';
  if (/(^|_)rollback$/.test(slug)) return '@migrationName.rollback';
  return undefined;
}

function utf8Length(text: string): number {
  return [...text].reduce((sum, one) => {
    const code = one.codePointAt(0) ?? 0;
    return sum + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }, 0);
}
