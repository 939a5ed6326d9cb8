export const SETTINGS = {
  /** Rows on one page of a table in the database page. */
  rowsPerPage: 'kuzuMigrate.rowsPerPage',
  /** Whether saving a file of the modular DDL builds the schema file anew. */
  buildSchemaOnSave: 'kuzuMigrate.buildSchemaOnSave',
} as const;
