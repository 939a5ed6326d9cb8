export const SETTINGS = {
  /** Rows on one page of a table in the database page. */
  rowsPerPage: 'kuzuMigrate.rowsPerPage',
} as const;
