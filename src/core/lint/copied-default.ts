import { foldName } from '../dialect/kuzu-names';
import { tableKey } from '../loss/lost';
import { Defaults } from '../schema/plan/cypher-defaults';
import { type Tokens, tokenize } from '../statement/tokens';
import { columnClauses } from './column-clauses';
import { createdTable } from './create-table';
import type { LintRule } from './rule';
import { hitAt, rawOf, written } from './spots';

/** A column with what its table's rows get where a COPY leaves it out. */
interface Defaulted {
  readonly name: string;
  readonly type: string;
  readonly default?: string;
}

/**
 * @source measured on Kùzu 0.11.3: the COPY takes the bytes of the default as it stands for the column's type, `7` of an INT32
 * in every second row and `1.5` of a DECIMAL as 10732175.36; of `gen_random_uuid()` all rows but the first get one value
 */
export const copiedDefault: LintRule = {
  code: 'KM437',
  summary: 'Copies rows without a column whose default Kùzu’s COPY doesn’t cast to its type.',
  severity: 'error',
  dialect: 'cypher',
  find: (look) => {
    const tables = new Map<string, readonly Defaulted[]>(
      look.before?.tables.map((table) => [tableKey(table), table.columns]) ?? [],
    );
    const defaults = new Defaults(look.before?.macros ?? []);
    return look.entries.flatMap((entry) => {
      const { tokens } = entry;
      const made = createdColumns(tokens);
      if (made) tables.set(made.name, made.columns);
      const copied = copiedColumns(tokens);
      const wrong = copied && tables.get(copied.table)?.find((column) => isWrong(column, copied.columns, defaults));
      return wrong ? [hitAt(entry, 1, 1, `${written(tokens, 1)}.${wrong.name}`)] : [];
    });
  },
};

function createdColumns(tokens: Tokens): { readonly name: string; readonly columns: readonly Defaulted[] } | undefined {
  const created = createdTable(tokens, 'cypher');
  if (!created) return undefined;
  const columns = created.columns.map(({ at, type, behind }) => {
    const { default: range } = columnClauses(tokens, behind);
    const text = range ? rawOf(tokens, range) : undefined;
    return { name: written(tokens, at), type, ...(text === undefined ? {} : { default: text }) };
  });
  return { name: created.name, columns };
}

/** Of `COPY T(a, b) FROM …`; one without a list gives all columns. */
function copiedColumns(tokens: Tokens): { readonly table: string; readonly columns: ReadonlySet<string> } | undefined {
  if (tokens.word(0) !== 'copy' || tokens.word(2) !== '(') return undefined;
  const columns = new Set<string>();
  for (let at = 3; at < tokens.length && tokens.word(at) !== ')'; at++) columns.add(tokens.name(at));
  return { table: tokens.name(1), columns };
}

function isWrong({ name, type, default: text }: Defaulted, given: ReadonlySet<string>, defaults: Defaults): boolean {
  if (text === undefined || given.has(foldName(name))) return false;
  const kind = defaults.kindOf({ name, type, default: text });
  return kind === 'constant' ? isOfOtherType(type, text) : kind !== 'numbers';
}

/** Only what is surely of another type: a literal, as the engine types it. */
function isOfOtherType(type: string, text: string): boolean {
  const tokens = tokenize(text, 'cypher');
  const at = tokens.word(0) === '-' ? 1 : 0;
  if (tokens.length !== at + 1) return false;
  const literal = tokens.raw(at);
  if (tokens.kind(at) === 'string') return type.toUpperCase() !== 'STRING';
  if (tokens.kind(at) !== 'number') return false;
  return type.toUpperCase() !== (/[.e]/i.test(literal) ? 'DOUBLE' : 'INT64');
}
