import { foldName } from '../../dialect/kuzu-names';
import { diffSchemas } from '../diff';
import { normaliseSchema } from '../normalise';
import { applyRenames } from '../rename';
import { addTables, alterColumns, alterPairs, dropTables, renameTables } from './cypher-alter';
import { assertionsOf } from './cypher-assertions';
import { Defaults } from './cypher-defaults';
import { addObjects, createIndexes, dropIndexes, dropObjects, indexWork } from './cypher-objects';
import { makeRoom, rebuildTables } from './cypher-rebuild';
import { tablesToRebuild } from './cypher-rebuilds';
import { completeRenames, respellIndexed, withoutDetours } from './cypher-renames';
import { pairTables } from './cypher-tables';
import { Work } from './cypher-work';
import type { Way, WayRequest } from './types';

/**
 * The way of a schema of the Kùzu family to another one, with all data that both can hold: by ALTER where the engine has
 * one, else by a new table that is filled from the old one. Rows are copied and never changed in place: a SET and the
 * DROP of a column share no transaction (KM302). In one transaction, but where an index, a macro or a type is touched.
 * @returns statements in which findDangers finds nothing
 */
export function planCypher({ before: source, after: target, renames }: WayRequest): Way {
  const [before, after] = [normaliseSchema(source), normaliseSchema(target)];
  const names = new Set([...before.tables, ...after.tables].map(({ name }) => foldName(name)));
  for (const { to } of renames) names.add(foldName(to));
  for (const { name } of [...before.sequences, ...after.sequences]) names.add(foldName(name));
  const given = completeRenames(before, withoutDetours(renames), names);
  const spelled = respellIndexed(applyRenames(before, given), after);
  const complete = [...given, ...completeRenames(applyRenames(before, given), spelled, names)];
  const renamed = applyRenames(before, complete);
  const changes = diffSchemas(renamed, after);
  const tables = pairTables(before, renamed, after);
  const defaults = new Defaults(after.macros);
  const work = new Work(tables, tablesToRebuild(tables, defaults), names, defaults);
  const indexes = indexWork(work, changes, { before, renamed, after });

  dropIndexes(work, indexes);
  addObjects(work, changes, after);
  dropTables(work, 'rel');
  makeRoom(work);
  renameTables(work, complete);
  addTables(work, 'node');
  alterPairs(work);
  rebuildTables(work);
  dropTables(work, 'node');
  addTables(work, 'rel');
  alterColumns(work);
  dropObjects(work, changes, renamed);
  createIndexes(work, indexes);
  const isWhole = work.statements.every(({ text }) => !/^(CALL|DROP MACRO|DROP TYPE) /.test(text));
  const assertions = assertionsOf(work);
  const way = { statements: work.statements, transactional: isWhole, left: work.left };
  return assertions.length > 0 ? { ...way, assertions } : way;
}
