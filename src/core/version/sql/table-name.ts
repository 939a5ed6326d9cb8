import type { Table } from '../../schema/model';

/**
 * What a version calls a table: `User`, `app.User` outside of `main`. Parts that could be taken for two are in quotes, so
 * that no other table has the name.
 */
export function tableName(table: Pick<Table, 'name'> & { readonly schema?: string }): string {
  const { schema, name } = table;
  if (schema === undefined) return name;
  return (schema === 'main' ? [name] : [schema, name]).map(part).join('.');
}

function part(text: string): string {
  return /[."]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
