import { open } from 'node:fs/promises';
import path from 'node:path';
import { quoteName } from '../../../core/dialect/kuzu-names';
import type { BesideFile } from '../../../core/version/beside';
import { matchUnit, type Unit, unitColumns, unitKeys } from '../../../core/version/carry/unit';
import type { UnitPlan } from '../../../core/version/carry/unit-plan';
import type { ExportColumn } from '../../../core/version/export-tables';
import { columnValue } from '../../../core/version/probe';
import { type Shape, Shredder } from '../../../core/version/values/shape';
import { type Answers, treeOf } from '../../../core/version/values/tree';
import type { RunOptions, Session } from '../../driver';

/** Rows at a time: what is in memory here and crosses the wire at once. */
const PAGE = 5000;

export const BESIDE_ENDING = '.values.jsonl';

/**
 * Writes the rows of a unit that no data file holds, whole: nothing tells two rels with the same ends apart, and what is
 * set in rows of an earlier COPY the engine can't always read (`CONSTANT compression is not implemented for INTERVAL`).
 */
export async function writeBeside(
  session: Session,
  dir: string,
  plan: UnitPlan,
  options: RunOptions,
): Promise<BesideFile> {
  const { unit } = plan;
  const columns = unitColumns(unit);
  const file = `${unit.file}${BESIDE_ENDING}`;
  const handle = await open(path.join(dir, file), 'wx');
  try {
    const end = await lastRow(session, unit, options);
    for (let from = 0; from <= end; from += PAGE) {
      const lines = await page(session, unit, columns, from, options);
      if (lines.length > 0) await handle.write(`${lines.join('\n')}\n`);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  const ends = unit.pair === undefined ? {} : { from: unit.pair.from.name, to: unit.pair.to.name };
  return { table: unit.table.name, ...ends, path: file, columns: columns.map(({ column }) => column.name) };
}

async function lastRow(session: Session, unit: Unit, options: RunOptions): Promise<number> {
  const text = `${matchUnit(unit)} RETURN max(offset(id(t)))`;
  const [found] = await session.run([{ text, rows: 1 }], signalOf(options));
  const last = found?.rows[0]?.[0];
  return last === null || last === undefined ? -1 : Number(last);
}

async function page(
  session: Session,
  unit: Unit,
  columns: readonly ExportColumn[],
  from: number,
  options: RunOptions,
): Promise<string[]> {
  const keys = (unit.pair === undefined ? [] : unitKeys(unit)).map(({ variable, key }) => ({
    type: key.column.logicalType,
    value: `${variable}.${quoteName(key.column.name)}`,
  }));
  const lead = [
    `${matchUnit(unit)} WHERE offset(id(t)) >= ${from} AND offset(id(t)) < ${from + PAGE}`,
    `WITH offset(id(t)) AS o, t${keys.map(({ value }, at) => `, ${value} AS key${at}`).join('')}`,
  ].join(' ');
  const shredder = new Shredder(lead, ['o']);
  const shapes: Shape[] = [
    ...keys.map(({ type }, at) => shredder.leaf(type, `key${at}`)),
    ...columns.map((column) => shredder.shape(column.column.logicalType, columnValue(column))),
  ];
  const { queries } = shredder;
  // A query of nothing but positions tells nothing.
  const asked = queries.filter(({ cells }) => cells.length > 0);
  const results = await session.run(
    asked.map(({ clauses, positions, cells }) => ({
      text: `${clauses} RETURN ${[...positions, ...cells.map((cell, at) => `${cell} AS c${at}`)].join(', ')}`,
      rows: Number.MAX_SAFE_INTEGER,
    })),
    signalOf(options),
  );
  const answers: Answers = queries.map((query) => {
    const rows = results[asked.indexOf(query)]?.rows ?? [];
    const width = query.positions.length;
    return new Map(rows.map((row) => [row.slice(0, width).join(','), row.slice(width).map(cellOf)]));
  });
  const rows = [...(answers[0]?.keys() ?? [])].sort((a, b) => Number(a) - Number(b));
  return rows.map((at) => JSON.stringify(shapes.map((shape) => treeOf(shape, answers, at))));
}

function cellOf(cell: unknown): string | number | boolean | null {
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return cell;
  return null;
}

function signalOf({ signal }: RunOptions): RunOptions {
  return signal ? { signal } : {};
}
