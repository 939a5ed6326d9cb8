export const VIEWS = {
  /** The container in the activity bar. */
  container: 'kuzuMigrate',
  migrations: 'kuzuMigrate.migrations',
  schema: 'kuzuMigrate.schema',
} as const;

/** `viewItem` of each kind of row, for the menus of package.json. */
export const ITEMS = {
  folder: 'folder',
  /** A project whose configuration can't be read. */
  problem: 'problem',
  database: 'database',
  /** Of an engine that we make no versions for. */
  databaseWithoutVersions: 'database.noVersions',
  /** Behind either of the two, where the database differs from its history. */
  drifted: '.drifted',
  versions: 'versions',
  version: 'version',
  currentVersion: 'version.current',
  /** Its manifest can't be read: it can be looked at, and nothing else. */
  brokenVersion: 'version.broken',
  /** The scripts of a database; of a project without one there is nothing to run them on. */
  scripts: 'scripts',
  scriptsAlone: 'scripts.alone',
  /** A script whose state is not known. */
  script: 'script',
  scriptProblem: 'scriptProblem',
  pending: 'migration.pending',
  applied: 'migration.applied',
  failed: 'migration.failed',
  missing: 'migration.missing',
  changed: 'migration.changed',
  outOfOrder: 'migration.outOfOrder',
  half: 'migration.half',
  /** Rows of the Schema view. */
  schemaTable: 'schema.table',
  schemaObject: 'schema.object',
  schemaGroup: 'schema.group',
} as const;

/** View types of the database page: for endings of our own engines, and for endings that others use too. */
export const EDITORS = {
  database: 'kuzuMigrate.database',
  anyDatabase: 'kuzuMigrate.anyDatabase',
} as const;
