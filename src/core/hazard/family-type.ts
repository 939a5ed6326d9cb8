const NAMES = new Map([
  ['TINYINT', 'INT8'],
  ['SMALLINT', 'INT16'],
  ['INTEGER', 'INT32'],
  ['BIGINT', 'INT64'],
  ['HUGEINT', 'INT128'],
  ['UTINYINT', 'UINT8'],
  ['USMALLINT', 'UINT16'],
  ['UINTEGER', 'UINT32'],
  ['UBIGINT', 'UINT64'],
  ['BOOLEAN', 'BOOL'],
  ['VARCHAR', 'STRING'],
]);

/** A type of DuckDB's as the Kùzu family spells it, so that one table knows which casts keep every value. */
export function familyType(type: string): string {
  const [, element = '', brackets = ''] = /^(.*?)((?:\[\d*\])*)$/s.exec(type) ?? [];
  const plain = element.replace(/ COLLATE [\w.]+$/, '');
  // The labels of an enum are texts.
  if (plain.startsWith('ENUM(')) return `${plain}${brackets}`;
  return (NAMES.get(plain) ?? plain) + brackets;
}
