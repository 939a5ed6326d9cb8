import type { Precondition, ScriptStatement, Section } from './script';

/** What a header says: that of the file counts for both directions, that of a section for its own. */
export class Header {
  transaction: 'auto' | 'none' = 'auto';
  readonly preconditions: Precondition[] = [];
  readonly ignores: string[] = [];
}

/** One direction of a script while it is read. */
export class SectionBuilder {
  readonly header = new Header();
  readonly statements: ScriptStatement[] = [];
  text = '';
  /** Whether a marker began it. */
  marked = false;

  /** The section, with what the file's header says for it. */
  build(file: Header): Section {
    const { header } = this;
    return {
      statements: this.statements.map((one) => {
        return header.ignores.length === 0 ? one : { ...one, ignores: [...header.ignores, ...one.ignores] };
      }),
      transaction: file.transaction === 'none' ? 'none' : header.transaction,
      preconditions: [...file.preconditions, ...header.preconditions],
      text: this.text,
    };
  }
}
