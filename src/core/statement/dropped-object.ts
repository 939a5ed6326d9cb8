import { tokenize } from './tokens';

/** What has a place in Kùzu's catalog and no statement that takes it out. */
export interface DroppedObject {
  readonly kind: 'macro' | 'type';
  /** As written, without its quotes. */
  readonly name: string;
}

export interface DropObject extends DroppedObject {
  /** Nothing is wrong where it is not there. */
  readonly ifExists: boolean;
}

/**
 * Reads `DROP MACRO [IF EXISTS] name` and `DROP TYPE [IF EXISTS] name`, which Kùzu 0.11.3 does not know: its parser takes
 * DROP of tables and sequences only. The migrator carries them out itself.
 * @returns undefined for everything else, a wrong spelling of these too: the engine says what is wrong with it
 */
export function dropObject(text: string): DropObject | undefined {
  const tokens = tokenize(text, 'cypher');
  const kind = tokens.word(1);
  if (tokens.word(0) !== 'drop' || (kind !== 'macro' && kind !== 'type')) return undefined;
  const ifExists = tokens.matches(2, 'if', 'exists') && tokens.length > 4;
  const at = ifExists ? 4 : 2;
  const raw = tokens.raw(at);
  const name = tokens.kind(at) === 'name' ? raw.slice(1, -1) : tokens.kind(at) === 'word' ? raw : '';
  const isWhole = tokens.length === at + 1 || (tokens.length === at + 2 && tokens.word(at + 1) === ';');
  return name !== '' && isWhole ? { kind, name, ifExists } : undefined;
}
