import { invertRenameTexts } from '../schema/rename-text';
import type { Precondition, ScriptStatement, Section } from './script';

/**
 * What a header says: that of the file counts for both directions, that of a section for its own. Conditions and
 * renames above the first marker are those of the way up.
 */
export class Header {
  transaction: 'auto' | 'none' = 'auto';
  readonly preconditions: Precondition[] = [];
  readonly renames: string[] = [];
  readonly ignores: string[] = [];
}

/** One direction of a script while it is read. */
export class SectionBuilder {
  readonly header = new Header();
  readonly statements: ScriptStatement[] = [];
  text = '';
  /** Whether a marker began it. */
  marked = false;

  /**
   * The section, with what the file's header says for it.
   * @param isFirst its conditions are about the state that the file's first way finds; the way back finds another, and
   * takes its renames back
   */
  build(file: Header, isFirst: boolean): Section {
    const { header } = this;
    return {
      statements: this.statements.map((one) => {
        return header.ignores.length === 0 ? one : { ...one, ignores: [...header.ignores, ...one.ignores] };
      }),
      transaction: file.transaction === 'none' ? 'none' : header.transaction,
      preconditions: [...(isFirst ? file.preconditions : []), ...header.preconditions],
      renames: [...(isFirst ? file.renames : invertRenameTexts(file.renames)), ...header.renames],
      text: this.text,
    };
  }
}
