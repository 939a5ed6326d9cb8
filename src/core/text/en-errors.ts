/** Each code has a message and the next step. `{name}` is a parameter of the error. docs/errors.md says more of each. */
export const enErrors = {
  USAGE: ['{detail}', 'Run `kuzu-migrate {help}`.'],
  INTERNAL: ['Something went wrong inside kuzu-migrate: {detail}', 'Please report it, with the log.'],
  CANCELLED: ['Cancelled.', 'What was committed before stays; nothing else was changed.'],
  CONFIRMATION_NEEDED: ['{action} needs a confirmation, and there is no terminal to ask.', 'Pass {flags}.'],
  NOT_CONFIRMED: ['{action} was not confirmed.', 'Nothing was changed.'],
  OPTION_INVALID: [
    'The option {option} can’t be used: {detail}.',
    'Correct the call; the types of the package kuzu-migrate tell what each option takes.',
  ],

  CONFIG_NOT_FOUND: [
    'No database is known in {dir}: none lies there, and no kuzu-migrate.json names one.',
    'Run `kuzu-migrate init`, or pass `--db PATH`.',
  ],
  CONFIG_INVALID: ['{file}: {detail}', 'Correct the file; the editor completes its keys.'],
  CONFIG_EXISTS: ['{file} exists already.', 'Edit it, or remove it first.'],
  CONFIG_ENV_MISSING: ['{file} uses ${env:{name}}, which is not set.', 'Set the variable {name}.'],
  PATH_OUTSIDE_PROJECT: [
    '{path} leads out of the folder that it belongs to, or is no regular file.',
    'Keep it inside; a folder elsewhere has to be named with its real path in kuzu-migrate.json.',
  ],
  DATABASE_UNKNOWN: ['The project has no database called {name}.', 'It has: {known}.'],
  DATABASE_MISSING: [
    'There is no database at {path}.',
    'Check the path in kuzu-migrate.json, or import a version to make it.',
  ],
  DATABASE_IS_DIRECTORY: [
    '{path} is a database directory of Kùzu {versions} (storage version {storage}); this engine reads {expected}.',
    'Export it with that Kùzu, then import the export here.',
  ],
  DATABASE_OTHER_ENGINE: [
    '{path} is a {found} file (storage version {storage}), not a {wanted} one.',
    'Open it with {tool}.',
  ],
  DATABASE_OTHER_VERSION: [
    '{path} has storage version {storage}; Kùzu {engine} reads version {expected}.',
    'Open it with Kùzu {versions}: export it there, then import the export here.',
  ],
  DATABASE_NOT_RECOGNISED: ['{path} is no database file that we know (it starts with {bytes}).', 'Check the path.'],
  DATABASE_CORRUPT: ['{path} can’t be opened: {detail}', 'Restore a backup, or roll back to a version.'],
  DATABASE_NEWER: [
    '{path} was written by a newer {engine}: {detail}',
    'Update kuzu-migrate, or open it with that {engine}. Nothing was changed.',
  ],
  DATABASE_HELD: ['{path} is held by {holder}.', 'Close that program, then try again.'],
  DATABASE_BUSY_WITH_US: [
    'Another kuzu-migrate works on {path}: process {pid} on {host}, since {since}.',
    'Wait until it is done. If that process is gone, remove {lock}.',
  ],
  DATABASE_CHANGING: [
    '{path} was changed by another program at the same time.',
    'Try again when that program writes less, or close it. Nothing was changed.',
  ],
  DATABASE_READ_ONLY: [
    'The database {name} is marked readOnly.',
    'Change it in kuzu-migrate.json, or import to another place with --into.',
  ],
  DATABASE_HAS_WAL: [
    '{file} is still beside {path}; it would be replayed into the new file.',
    'Open and close the database with its own program, then try again.',
  ],
  ENGINE_NOT_SUPPORTED: [
    'This version of kuzu-migrate does not open {engine} databases.',
    'Open it with {engine} itself, or choose a Kùzu database.',
  ],
  ENGINE_NOT_LOADED: [
    'The {engine} engine could not be loaded on {platform}: {detail}',
    'Reinstall kuzu-migrate for this platform.',
  ],
  ENGINE_CRASHED: ['The engine crashed ({signal}) while it ran: {statement}', 'State of the database: {state}.'],
  ENGINE_TIMEOUT: [
    'The statement took longer than {seconds} s and was ended: {statement}',
    'Try again when the machine has less to do. What was committed before stays.',
  ],
  STATEMENT_FAILED: ['{detail}', '{remedy}'],
  NAME_AMBIGUOUS: [
    'DuckDB calls the database by its file, {name}, and a schema is called {name}, too: {statement}',
    'Rename the database file, and its path in kuzu-migrate.json, so that no schema has its name. Else name the schema otherwise.',
  ],
  STATEMENT_DANGEROUS: ['{code}: {detail}', 'Change the statement: {statement}'],
  NO_SPACE: [
    'There is no space left on the device of {path}.',
    'Free some space, then try again. Nothing was changed.',
  ],
  NO_PERMISSION: ['No permission for {path}.', 'Check the rights of the file and its folder.'],
  FILE_FAILED: ['{path}: {detail}', 'Check the path and its rights.'],

  MIGRATION_NAME_INVALID: [
    '“{name}” is no name for a migration: {reason}.',
    'A script is called as 20250801_120000_add_email.cypher is; `kuzu-migrate create NAME` gives it its id.',
  ],
  MIGRATION_DUPLICATE_ID: [
    'Two migrations have the id {id}: {file} and {other}.',
    'Give one of them another id; one that was applied somewhere has to keep its own.',
  ],
  MIGRATION_DOWN_WITHOUT_UP: ['{file} is the way down of no migration.', 'Add {expected}, or remove the file.'],
  MIGRATION_OTHER_DIALECT: [
    '{file} is no script for {engine}, which takes those that end in {ending}.',
    'Name the database that it is for in kuzu-migrate.json, or rewrite it with the other ending.',
  ],
  SCRIPT_ENCODING: ['{file} is not UTF-8: {detail} (byte {offset}).', 'Save it as UTF-8.'],
  SCRIPT_TOO_LARGE: [
    '{file} is too large for a script: {size} of at most {limit}.',
    'Keep the data in a file of its own and load that with COPY.',
  ],
  SCRIPT_INVALID: [
    'The script can’t be read: {detail}',
    'Correct the script; docs/scripts.md tells how one is written.',
  ],
  MIGRATION_CHANGED: [
    'The migration {id} was changed after it was applied: {file}.',
    'Run `kuzu-migrate check` to see both texts. Put the change into a new migration, or accept it with `kuzu-migrate repair --accept {id}`.',
  ],
  MIGRATION_OUT_OF_ORDER: [
    'The migration {id} is older than one that is applied already: {file}.',
    'Give it a newer id, or run it all the same with --allow-out-of-order.',
  ],
  MIGRATION_HALF_DONE: [
    'The migration {id} stands half way on its way {way}: {done} of {total} statements are done.',
    'Run `kuzu-migrate {way}` to finish it, or put the backup back with `kuzu-migrate repair --restore {id}`.',
  ],
  MIGRATION_HALF_EDITED: [
    'The statements of {id} that are done already differ from those in {file}.',
    'Restore those statements in the file, or put the backup back with `kuzu-migrate repair --restore {id}`.',
  ],
  MIGRATION_UNCERTAIN: [
    'Whether this statement of {id} was done is not known: {statement}',
    'Look at the database. If it was done: `kuzu-migrate repair --done {id}`; if not: `kuzu-migrate repair --retry {id}`; or put the backup back: `kuzu-migrate repair --restore {id}`.',
  ],
  MIGRATION_IRREVERSIBLE: [
    'The migration {id} {name} has no way down.',
    'Write its way down and run `kuzu-migrate repair --accept {id}`, or roll back to a version: `kuzu-migrate rollback VERSION`.',
  ],
  MIGRATION_FILE_GONE: [
    'The file of the migration {id} is gone, so that it can’t be run.',
    'Write it back as it was applied: `kuzu-migrate repair --rewrite {id}`.',
  ],
  MIGRATION_UNKNOWN: ['There is no migration {id}.', 'Known are: {known}.'],
  MIGRATION_REQUIRES: [
    'The migration {id} requires {required}, which is not applied and does not run before it.',
    'Apply {required} first, or correct the directive.',
  ],
  MIGRATION_KIND_UNKNOWN: ['No plugin of the project reads {file}.', 'Name the plugin in kuzu-migrate.json.'],
  MIGRATION_EMBEDDED: [
    'The way back of {id} is a function of the application that applied it.',
    'Take it back from that application, in a version of it that still brings this migration.',
  ],
  HISTORY_TABLE_FOREIGN: [
    'The database has a table {table} that is not the history of kuzu-migrate.',
    'Choose other names for ours with the key historyTable in kuzu-migrate.json.',
  ],
  PRECONDITION_FAILED: [
    'The migration {id} asserts what is not so: {query}',
    'Bring the database into the state that it asks for, or correct the condition.',
  ],
  PRECONDITION_INVALID: [
    'The condition does not give one row with true or false: {query}',
    'Write a query that returns one value, such as `RETURN count(*) = 0`.',
  ],
  STATEMENT_NOT_TRANSACTIONAL: [
    'The migration {id} runs in a transaction, and this statement can’t: {statement}',
    "Export `transaction = 'none'` from the migration.",
  ],
  DROP_UNPROVEN: [
    'The copy of {path} from which something was dropped is not the same database otherwise: {detail}',
    'Nothing was changed. Report it with the output of `kuzu-migrate schema show`.',
  ],
  COMMIT_FAILED: [
    'The migration {id} could not be recorded and committed: {detail}',
    'Look for statements that clash in one transaction, and put them into migrations of their own. Nothing of this transaction is left.',
  ],
  DRY_RUN_OUTSIDE: [
    'A dry run can’t run this statement, which writes outside of the database: {statement}',
    'Try it with --to or --steps up to the migration before it, or run `kuzu-migrate up`.',
  ],
  CODE_HALF_DONE: [
    'The code migration {id} was interrupted, and only it knows what it has done.',
    'Run it again from its start with `kuzu-migrate repair --retry {id}`, or put the backup back with `kuzu-migrate repair --restore {id}`.',
  ],
  BATCH_NOT_COUNTED: [
    'How many rows a slice of this batch changes can’t be counted: {statement}',
    'Write a statement that changes rows and has no RETURN of its own.',
  ],
  BATCH_ENDLESS: [
    'The batch has changed {touched} rows and finds no end: {statement}',
    'Leave out in its condition what it has changed already. The slices that ran are committed.',
  ],
  CODE_MIGRATION_INVALID: [
    '{file} is no migration: {detail}.',
    'A module exports the functions up(db) and, for the way down, down(db): docs/scripts.md.',
  ],
  CODE_MIGRATION_FAILED: ['{file} failed: {detail}', 'Correct the code; the log has what it printed.'],
  PLUGIN_FAILED: ['The plugin failed at {file}: {detail}', 'Correct the plugin, or take it out of kuzu-migrate.json.'],
  STATEMENT_NOT_READING: ['A check of a plugin may only ask: {statement}', 'Write a query; a check changes nothing.'],
  REPAIR_IMPOSSIBLE: [
    '`repair {option}` can do nothing for {id}: {detail}.',
    'See what is wrong and what mends it: `kuzu-migrate check`.',
  ],
  BACKUP_NOT_FOUND: [
    'There is no backup from before {id} in {dir}.',
    'Roll back to a version: `kuzu-migrate list`, `kuzu-migrate rollback`.',
  ],
  BASELINE_NOT_EMPTY: [
    'The database has a history already, up to {version}.',
    'A baseline is for a database without one. See `kuzu-migrate status`.',
  ],
  BASELINE_DIFFERS: [
    'A migration can’t make this database again: {detail}',
    'Write that part by hand, run `kuzu-migrate create initial`, and then `kuzu-migrate baseline ID`.',
  ],
  BASELINE_IMPOSSIBLE: ['There is no baseline to make: {detail}.', 'See `kuzu-migrate baseline --help`.'],

  VERSION_NAME_INVALID: [
    '“{version}” is no version name: {reason}.',
    'Use letters, digits, `.`, `_` and `-`, at most 64, such as v1.2.0 or pre-migration.',
  ],
  VERSION_EXISTS: ['The version {version} exists already ({path}).', 'Choose another name, or remove that folder.'],
  VERSION_NOT_FOUND: ['There is no version {version} in {dir}.', 'It holds: {known}.'],
  VERSION_INCOMPLETE: [
    'The version {version} lacks {file}.',
    'Restore the file, or export the version again. Without its data, --only schema imports the tables.',
  ],
  VERSION_FILE_MISSING: [
    '{file} of version {version} is missing (expected sha256 {expected}).',
    'Restore the file from version control or a backup.',
  ],
  VERSION_FILE_CHANGED: [
    '{file} of version {version} was changed: expected sha256 {expected}, found {actual}.',
    'Restore the file from version control or a backup.',
  ],
  VERSION_FILE_UNEXPECTED: [
    '{file} is not in the manifest of version {version}.',
    'Remove it, or pass --accept-edits to leave it there.',
  ],
  STATEMENT_NOT_ALLOWED: [
    '{file} holds a statement that does not belong there: {statement}',
    'Remove it, and run it by itself if you need it. Versions and DDL files only make schemas and load their own data.',
  ],
  DDL_DUPLICATE: ['The {kind} {name} is defined twice: {place} and {other}.', 'Keep one of the two.'],
  DDL_UNDEFINED: [
    '{place} needs the {kind} {name}, which no file defines.',
    'Define it in a file of its own, or correct the name.',
  ],
  DDL_CYCLE: [
    'These need each other, so that none can be made first: {circle}.',
    'Take one of the needs away: a schema is made in one go, one object after the other.',
  ],
  DDL_INVALID: [
    'The DDL has {count} mistakes: {places}.',
    'Run `kuzu-migrate schema build --check` to see each of them.',
  ],
  DESIRED_SCHEMA_MISSING: [
    'There is no DDL in {path} ({ending}).',
    'Write tables into ddl/core/nodes and ddl/core/edges, one a file, or name another folder with `ddl` in kuzu-migrate.json.',
  ],
  VERSION_EDITED: [
    'The version {version} was edited since its export: {files}.',
    'Look at the difference, then pass --accept-edits to import it as it stands.',
  ],
  MANIFEST_INVALID: [
    'This version of kuzu-migrate can’t read the manifest {file}: {detail}',
    'Update kuzu-migrate, or restore the file.',
  ],
  EXPORT_FAILED: [
    'The export of {database} failed: {detail}',
    'Nothing was kept of it. Correct what is named, then export again.',
  ],
  EXPORT_BLOCKED: [
    'No version can keep all of {database}: {reasons}',
    'Change what is named, or export with --schema-only where that helps.',
  ],
  EXPORT_NOT_PROVEN: [
    'A copy of {database} made of the exported version is not equal to it, at {object}: {detail}',
    'No version was made. Export in the other format, or with --no-verify to look at it, and report this, please.',
  ],
  IMPORT_FAILED: [
    'The import of {version} failed at {object}: {detail}',
    'The database was not changed. Correct what the message names, then import again.',
  ],
  IMPORT_ROWS_DIFFER: [
    'After the import {table} has {actual} rows instead of {expected}.',
    'The database was not changed. Export the version again.',
  ],
  IMPORT_VALUES_DIFFER: [
    'After the import the values in {table} are not those that were exported.',
    'The database was not changed. Export the version again.',
  ],
  VALUES_UNREADABLE: [
    'Values of the version can’t be read from {file}: {detail}',
    'Export the version again, or take the file back to what was exported.',
  ],
  IMPORT_NAME_COLLISION: [
    'The database already has: {names}.',
    'Rename or drop them, or import the version into another file with --into.',
  ],
  IMPORT_TABLE_UNKNOWN: ['The version {version} has no table {table}.', 'It has: {known}.'],
  IMPORT_NEEDS_TABLES: [
    'The database has no table {table}, so there is nothing to load the data into.',
    'Import with --only schema first.',
  ],
  IMPORT_NOTHING: [
    'The version {version} holds no data.',
    'It was exported with --schema-only. Import it without --only data, or export again with the data.',
  ],
  INTERRUPTED_UNCLEAR: [
    'An earlier operation on {path} was interrupted, and its journal {journal} can’t be followed: {detail}',
    'Look at the files it names, then remove the journal.',
  ],
  GIT_REF_UNKNOWN: [
    'git knows no commit {ref}.',
    'Name a branch, a tag or a commit: git:main, git:v1.2.0, git:HEAD~1.',
  ],
  GIT_FAILED: [
    'git could not read {ref}: {detail}',
    'Check that git is installed, that the project lies in a repository, and that git trusts its folder.',
  ],
  RENAME_UNDECIDED: [
    'It is not clear whether these are new names of what was there: {renames}',
    'Pass those that are renames; or --yes, and each old one is dropped with its data and the new one added.',
  ],
  GENERATE_DIFFERS: [
    'The generated migration does not do what it should on a throw-away database: {detail}',
    'Nothing was written. Write this change by hand with `kuzu-migrate create`, and please report it with both schemas.',
  ],
  GENERATE_OUTDATED: [
    'The project has changed since the migration was made: {detail}.',
    'Nothing was written. Generate it again.',
  ],
  DRIFT_PENDING: [
    'Migrations are pending ({ids}); what was changed by hand can’t be adopted behind them.',
    'Apply them with `kuzu-migrate up`, or take what was done by hand back with `kuzu-migrate drift --revert`; then try again.',
  ],
  DRIFT_NOT_REVERTED: [
    'The database would still differ from its history: {detail}',
    'Nothing was changed. Write the rest by hand as a migration, or put a backup back.',
  ],
  SOURCE_UNKNOWN: [
    '“{source}” is not a version, a database or a path.',
    'Use a version, db[:NAME], version:V, file:PATH, dir:PATH, migrations[@ID] or git:REF[:PATH].',
  ],
  RENAME_INVALID: [
    '“{text}” is no rename here: {detail}',
    'Gone are: {gone}. New are: {came}. Write --rename old=new, such as User=Person or User.email=mail.',
  ],
  SOURCE_NO_SCHEMA: ['{path} has no schema.cypher and no *.cypher files.', 'Name a version’s folder or a DDL file.'],
} as const satisfies Record<string, readonly [message: string, hint: string]>;

export type ErrorCode = keyof typeof enErrors;

/** Codes that mean a wrong call or a wrong configuration (exit code 2); all others are failures (exit code 1). */
export const usageErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'USAGE',
  'CONFIRMATION_NEEDED',
  'OPTION_INVALID',
  'CONFIG_NOT_FOUND',
  'CONFIG_INVALID',
  'CONFIG_EXISTS',
  'CONFIG_ENV_MISSING',
  'PATH_OUTSIDE_PROJECT',
  'DATABASE_UNKNOWN',
  'MIGRATION_NAME_INVALID',
  'MIGRATION_UNKNOWN',
  'VERSION_NAME_INVALID',
  'VERSION_NOT_FOUND',
  'SOURCE_UNKNOWN',
  'RENAME_INVALID',
  'IMPORT_TABLE_UNKNOWN',
  'GIT_REF_UNKNOWN',
  'RENAME_UNDECIDED',
]);
