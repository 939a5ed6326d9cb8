import { quoteSqlName, quoteSqlString } from '../../dialect/sql-names';
import type { Schema, Sequence } from '../../schema/model';
import { printSchema } from '../../schema/print';
import { tableName } from './table-name';

/** What the counter of each sequence stands at, by `tableName`: its next value, or one beyond its bounds. */
export type Counters = ReadonlyMap<string, string>;

/** The next value of each sequence, `over` where there is none. */
export function sequencePositions(sequences: readonly Sequence[], counters: Counters): Map<string, string> {
  return new Map(
    sequences.map((sequence) => {
      const next = counters.get(tableName(sequence)) ?? sequence.start;
      return [tableName(sequence), isOver(sequence, next) ? 'over' : next];
    }),
  );
}

function isOver({ min, max }: Sequence, next: string): boolean {
  return BigInt(next) < BigInt(min) || BigInt(next) > BigInt(max);
}

/**
 * The whole schema as DDL that makes each sequence stand where it stands. The engine itself keeps no start but the next
 * value when a database is closed (measured).
 */
export function sqlSchemaScript(schema: Schema, counters: Counters): string {
  const positions = sequencePositions(schema.sequences, counters);
  const used: string[] = [];
  const sequences = schema.sequences.map((sequence) => {
    const next = positions.get(tableName(sequence)) ?? sequence.start;
    if (next !== 'over') return { ...sequence, start: next };
    // Its last value is taken and thrown away.
    used.push(`SELECT nextval(${quoteSqlString(callName(sequence))});\n`);
    return { ...sequence, start: sequence.increment.startsWith('-') ? sequence.min : sequence.max };
  });
  return [printSchema({ ...schema, sequences }), used.join('')].filter((part) => part !== '').join('\n');
}

function callName({ schema = 'main', name }: Sequence): string {
  return schema === 'main' ? quoteSqlName(name) : `${quoteSqlName(schema)}.${quoteSqlName(name)}`;
}
