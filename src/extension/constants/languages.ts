/** Language id of our grammar. */
export const LANGUAGE = 'kuzu-cypher';

/** Language id of the editor's own SQL, which DuckDB's migrations keep. */
export const SQL = 'sql';

/** URI scheme of documents that are made, not stored: schemas, and files of a version as exported. */
export const SCHEME = 'kuzu-migrate';

/** First segment of their paths; package.json gives it our language. */
export const SCHEMA_FOLDER = 'kuzu-schema';
