/** A file of a version that holds the rows of a table that no data file can: one a line, as JSON. */
export interface BesideFile {
  readonly table: string;
  /** The ends of a rel table's pair. */
  readonly from?: string;
  readonly to?: string;
  /** Relative to the version. */
  readonly path: string;
  /** Of each row, in this order; of a rel table behind the keys of both ends. */
  readonly columns: readonly string[];
}

export function isBesideFile(value: Readonly<Record<string, unknown>>): boolean {
  const { table, from, to, path, columns } = value;
  const ends = [from, to].every((end) => end === undefined) || [from, to].every((end) => typeof end === 'string');
  const isText = (one: unknown) => typeof one === 'string';
  return ends && isText(table) && isText(path) && Array.isArray(columns) && columns.every(isText);
}
