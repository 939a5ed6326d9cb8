// The words of DuckDB, as the engine of node_modules has them: reads a list of statements (JSON) from standard input, writes
// {"keywords": […], "types": […], "refused": […]}, the last being those that its parser does not take.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const statements = JSON.parse(readFileSync(0, 'utf8'));
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const column = async (query) => (await connection.runAndReadAll(query)).getRows().map(([value]) => value);
const keywords = await column('SELECT upper(keyword_name) FROM duckdb_keywords() ORDER BY 1');
const types = await column('SELECT DISTINCT upper(type_name) FROM duckdb_types() ORDER BY 1');
const refused = [];
for (const statement of statements) {
  try {
    await connection.extractStatements(statement);
  } catch (error) {
    // IMPORT DATABASE looks for the folder at once: that is no word about its syntax.
    if (error.message.includes('Parser Error')) refused.push(`${statement}: ${error.message}`);
  }
}
process.stdout.write(JSON.stringify({ keywords, types, refused }));
