export const VIEWS = {
  /** The container in the activity bar. */
  container: 'kuzuMigrate',
  migrations: 'kuzuMigrate.migrations',
} as const;

/** `viewItem` of each kind of row, for the menus of package.json. */
export const ITEMS = {
  folder: 'folder',
  /** A project whose configuration can't be read. */
  problem: 'problem',
  database: 'database',
  /** Holds the versions of a project that has no database. */
  versions: 'versions',
  version: 'version',
  currentVersion: 'version.current',
  /** Its manifest can't be read: it can be looked at, and nothing else. */
  brokenVersion: 'version.broken',
  scripts: 'scripts',
  script: 'script',
} as const;

/** View types of the database page: for endings of our own engines, and for endings that others use too. */
export const EDITORS = {
  database: 'kuzuMigrate.database',
  anyDatabase: 'kuzuMigrate.anyDatabase',
} as const;
