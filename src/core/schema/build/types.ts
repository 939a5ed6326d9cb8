import type { Dialect } from '../../dialect/dialect';
import type { ScannedStatement } from '../../script/scan';

/** A file of a project's DDL. `file` is what users call it: relative to the project, with forward slashes. */
export interface DdlFile {
  readonly file: string;
  readonly text: string;
  readonly dialect: Dialect;
}

export interface DdlStatement extends ScannedStatement {
  readonly file: string;
}

/** What has names of its own. In both engines each kind does, but tables and views share theirs (measured). */
export type NameSpace = 'schema' | 'type' | 'sequence' | 'macro' | 'table-macro' | 'table' | 'index';

/** What a statement is in the order of a schema, and what its object is called in messages. */
export type DdlKind =
  | 'extension'
  | 'schema'
  | 'type'
  | 'sequence'
  | 'macro'
  | 'node'
  | 'table'
  | 'rel'
  | 'view'
  | 'index'
  | 'change';

export interface Definition {
  readonly space: NameSpace;
  /** As the engine finds it: folded, with its schema in front where that is not `main`. */
  readonly name: string;
  /** As it is written. */
  readonly shown: string;
  /** What the engine makes by itself beside the object, such as the sequence of a SERIAL; nobody can define it twice. */
  readonly implied?: true;
}

/** A name that a statement needs something by. */
export interface Need {
  /** Where it may be found, the first that there is. */
  readonly spaces: readonly NameSpace[];
  /** Folded; the first that there is. */
  readonly names: readonly string[];
  readonly shown: string;
  /** Offset in the statement. */
  readonly at: number;
  /**
   * `must`: nothing else can be meant. `known`: if there is such an object, it is meant; otherwise something built in,
   * or a name that only the engine understands. `maybe`: a word that may mean it, or a column of that name; such a need
   * gives way where it closes a circle.
   */
  readonly how: 'must' | 'known' | 'maybe';
}

/** What the tokens of one statement say. */
export interface Reading {
  readonly kind: DdlKind;
  readonly defines: readonly Definition[];
  readonly needs: readonly Need[];
  /** The one of its needs that a `change` is about: it stands beside that. */
  readonly about?: Need;
  /** It undoes what another statement made, so that it means something only in its place. */
  readonly takesBack?: true;
}

/** A statement with the comments above it. */
export interface Piece extends Reading {
  readonly statement: DdlStatement;
  /** Whole lines, without the last line break. */
  readonly comments: string;
}
