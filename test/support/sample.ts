import { type ExportRequest, exportVersion } from '../../src/workflow/export/export';
import { type ImportRequest, importVersion } from '../../src/workflow/import/import';
import { queryKuzu } from './kuzu-script';
import type { Bench } from './project';

/** A small graph with most of what a version has to carry. */
export const sampleGraph: readonly string[] = [
  'CREATE NODE TABLE User(id INT64 PRIMARY KEY, name STRING, born DATE, tags STRING[], score DOUBLE)',
  'CREATE NODE TABLE City(name STRING PRIMARY KEY, position STRUCT(lat DOUBLE, lon DOUBLE))',
  'CREATE REL TABLE Follows(FROM User TO User, since INT64)',
  'CREATE REL TABLE LivesIn(FROM User TO City, MANY_ONE)',
  "UNWIND range(1, 100) AS i CREATE (:User {id: i, name: 'user ' + CAST(i AS STRING), born: date('2000-01-01'), tags: ['a', 'b c'], score: i / 4.0})",
  "CREATE (:City {name: 'Berlin, \"DE\"', position: {lat: 52.5, lon: 13.4}}), (:City {name: '東京', position: {lat: 35.7, lon: 139.7}})",
  'MATCH (a:User), (b:User) WHERE b.id = a.id + 1 CREATE (a)-[:Follows {since: a.id + 2000}]->(b)',
  "MATCH (a:User), (c:City {name: '東京'}) WHERE a.id < 11 CREATE (a)-[:LivesIn]->(c)",
];

const VALUES = [
  'MATCH (u:User) RETURN u.id AS id, u.name AS name, u.born AS born, u.tags AS tags, u.score AS score ORDER BY id',
  'MATCH (c:City) RETURN c.name AS name, c.position AS position ORDER BY name',
  'MATCH (a:User)-[f:Follows]->(b:User) RETURN a.id AS x, b.id AS y, f.since AS since ORDER BY x, y',
  'MATCH (a:User)-[:LivesIn]->(c:City) RETURN a.id AS x, c.name AS y ORDER BY x, y',
];

/** One text for all values of the sample, whatever order the rows come in. */
export async function sampleValues(bench: Pick<Bench, 'file'>, file = bench.file): Promise<string> {
  const [answers] = await queryKuzu([{ path: file, readOnly: true, statements: VALUES }]);
  return JSON.stringify(answers);
}

export function exportAs(bench: Bench, version: string, more: Partial<ExportRequest> = {}) {
  return exportVersion(bench.context, {
    database: bench.database,
    version,
    format: 'parquet',
    schemaOnly: false,
    ...more,
  });
}

/** Imports over the project's database, agreeing to every question unless told otherwise. */
export function importAs(bench: Bench, version: string, more: Partial<ImportRequest> = {}) {
  const confirm = async () => undefined;
  return importVersion(bench.context, { action: 'import', version, database: bench.database, confirm, ...more });
}
