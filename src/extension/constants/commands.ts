/** Every command of package.json, by the name the code uses for it. */
export const COMMANDS = {
  /** Writes kuzu-migrate.json for a folder and opens it. */
  newProject: 'kuzuMigrate.newProject',
  createMigration: 'kuzuMigrate.createMigration',
  applyAll: 'kuzuMigrate.applyAll',
  applyUpTo: 'kuzuMigrate.applyUpTo',
  /** Takes applied migrations back; `rollBack` goes to a version. */
  rollBackMigrations: 'kuzuMigrate.rollBackMigrations',
  redo: 'kuzuMigrate.redo',
  dryRun: 'kuzuMigrate.dryRun',
  repair: 'kuzuMigrate.repair',
  baseline: 'kuzuMigrate.baseline',
  checkMigrations: 'kuzuMigrate.checkMigrations',
  /** Also runs each on a throw-away database; what needs no run is marked while a script is edited. */
  lintMigrations: 'kuzuMigrate.lintMigrations',
  /** Makes the schema file of the files in `ddl/core`. */
  buildSchema: 'kuzuMigrate.buildSchema',
  /** Writes the migration that leads to the desired schema, after a preview. */
  generateMigration: 'kuzuMigrate.generateMigration',
  /** Compares a database with its own history. */
  checkDrift: 'kuzuMigrate.checkDrift',
  showDrift: 'kuzuMigrate.showDrift',
  adoptDrift: 'kuzuMigrate.adoptDrift',
  revertDrift: 'kuzuMigrate.revertDrift',
  showHistory: 'kuzuMigrate.showHistory',
  /** A migration's file, or what the history keeps of one whose file is gone. */
  openScript: 'kuzuMigrate.openScript',
  compareWithApplied: 'kuzuMigrate.compareWithApplied',
  exportVersion: 'kuzuMigrate.exportVersion',
  importVersion: 'kuzuMigrate.importVersion',
  rollBack: 'kuzuMigrate.rollBack',
  /** Any two sources of a schema. */
  compare: 'kuzuMigrate.compare',
  compareVersions: 'kuzuMigrate.compareVersions',
  compareWithDatabase: 'kuzuMigrate.compareWithDatabase',
  /** The canonical schema of a version or a database, as a read-only document. */
  openSchema: 'kuzuMigrate.openSchema',
  /** Whose schema the Schema view shows. */
  showSchema: 'kuzuMigrate.showSchema',
  /** From a row of the Schema view: the statement that makes the object. */
  goToDefinition: 'kuzuMigrate.goToDefinition',
  /** One table as canonical DDL. */
  openDdl: 'kuzuMigrate.openDdl',
  copyObjectName: 'kuzuMigrate.copyObjectName',
  /** The read-only page of a database file. */
  openDatabase: 'kuzuMigrate.openDatabase',
  openChangelog: 'kuzuMigrate.openChangelog',
  openConfiguration: 'kuzuMigrate.openConfiguration',
  revealVersion: 'kuzuMigrate.revealVersion',
  copyVersionName: 'kuzuMigrate.copyVersionName',
  refresh: 'kuzuMigrate.refresh',
  showLog: 'kuzuMigrate.showLog',
} as const;

export type CommandName = keyof typeof COMMANDS;
