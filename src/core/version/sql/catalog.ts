/** What a new file of ours is called by the engine where its own name would not do; no schema has it. */
export const OTHER_CATALOG = 'kuzu_migrate_new';

/** What the engine calls a database: its file's name up to the first dot behind a letter (measured). */
export function catalogOf(fileName: string): string {
  return fileName.split('.').find((part) => part !== '') ?? '';
}
