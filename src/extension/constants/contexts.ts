/** Keys for `when` clauses; everything else that package.json asks for is VS Code's own. */
export const CONTEXTS = {
  /** What the view has to say when it has nothing to show: one of {@link VIEW_STATES}. */
  state: 'kuzuMigrate.state',
  /** At least one folder of the window is a project. */
  hasProject: 'kuzuMigrate.hasProject',
  /** At least one project has a database. */
  hasDatabase: 'kuzuMigrate.hasDatabase',
  /** At least one project has a version. */
  hasVersions: 'kuzuMigrate.hasVersions',
  /** At least one project has a database that versions can be made of. */
  canExport: 'kuzuMigrate.canExport',
  /** At least one project has a migration script. */
  hasScripts: 'kuzuMigrate.hasScripts',
  /** At least one project has files of a desired schema. */
  hasDdl: 'kuzuMigrate.hasDdl',
  /** Paths of the folders that hold such files, for the menus of editors and of the Explorer. */
  ddlFolders: 'kuzuMigrate.ddlFolders',
  /** What the Schema view has: `shown`, or `none`, where a welcome text says what to do. */
  schemaState: 'kuzuMigrate.schemaState',
  /** Paths of the folders that are versions, for the Explorer's menu. */
  versionFolders: 'kuzuMigrate.versionFolders',
  /** Paths of the database files of projects, for the Explorer's menu. */
  databaseFiles: 'kuzuMigrate.databaseFiles',
  /** Those of them that versions can be made of. */
  exportableFiles: 'kuzuMigrate.exportableFiles',
  /** Paths of the folders that hold migration scripts, for the Explorer's menu. */
  scriptFolders: 'kuzuMigrate.scriptFolders',
} as const;

/** Each has a welcome text in package.json, but for the first and the last. */
export const VIEW_STATES = ['loading', 'noProject', 'noDatabase', 'noVersions', 'noMigrations', 'ready'] as const;

export type ViewState = (typeof VIEW_STATES)[number];
