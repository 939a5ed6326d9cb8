import type { Schema } from '../schema/model';

/** `a` from b_c to c and `a_b` from c to c are both `a_b_c_c.parquet`: the later one overwrites the earlier. */
export const collidingFiles = {
  code: 'KM444',
  summary: 'Makes two tables whose files in Kùzu’s own export have one name.',
  severity: 'warning',
} as const;

export interface Collision {
  readonly table: string;
  readonly file: string;
}

/** Tables of the Kùzu family whose data would overwrite that of another one, or would on systems that ignore case. */
export function collisionsIn(schema: Schema): Collision[] {
  const seen = new Set<string>();
  const found: Collision[] = [];
  for (const { table, file } of schema.tables.flatMap(filesOf)) {
    const key = file.normalize('NFC').toLowerCase();
    if (seen.has(key)) found.push({ table, file });
    seen.add(key);
  }
  return found;
}

function filesOf(table: Schema['tables'][number]): Collision[] {
  if (table.kind === 'node') return [{ table: table.name, file: table.name }];
  if (table.kind !== 'rel') return [];
  return table.connections.map(({ from, to }) => ({ table: table.name, file: `${table.name}_${from}_${to}` }));
}
