import { writeSqlTypeName } from '../../core/dialect/sql-names';
import { itemEnd } from '../../core/schema/sql-tokens';

/** One overload of a macro, as `duckdb_functions()` has it. */
export interface Overload {
  readonly names: readonly string[];
  readonly types: readonly (string | null)[];
}

/**
 * The parameters of each overload as DDL. Their defaults stand nowhere but in the engine's own complaint about a call
 * that no overload takes: a line `name(a, b INTEGER := 5)` for each, with names unquoted.
 */
export function parameterTexts(name: string, overloads: readonly Overload[], complaint: string): string[] {
  let at = complaint.indexOf('Candidate macros:');
  return overloads.map(({ names, types }) => {
    const head = `\n\t${name}(`;
    const start = complaint.indexOf(head, Math.max(at, 0));
    at = start < 0 ? complaint.length : start + head.length;
    const texts = names.map((parameter, i) => {
      const type = types[i];
      const written = [writeSqlTypeName(parameter), ...(type ? [type] : [])].join(' ');
      at += parameter.length + (type ? type.length + 1 : 0);
      const isLast = i === names.length - 1;
      if (!complaint.startsWith(' := ', at)) {
        at += isLast ? 0 : 2;
        return written;
      }
      const end = itemEnd(complaint, at + 4);
      const text = `${written} := ${complaint.slice(at + 4, end)}`;
      at = isLast ? end : end + 2;
      return text;
    });
    return texts.join(', ');
  });
}
