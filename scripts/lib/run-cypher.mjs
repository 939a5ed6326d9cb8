#!/usr/bin/env node
// Runs Cypher statements on a Kùzu database: node run-cypher.mjs DATABASE, statements as a JSON array on stdin.
// A process of its own, because valid Cypher can end the process that runs it.
import { text } from 'node:stream/consumers';
import kuzu from 'kuzu';

const statements = JSON.parse(await text(process.stdin));
const database = new kuzu.Database(process.argv[2]);
const connection = new kuzu.Connection(database);
let code = 0;
try {
  for (const statement of statements) {
    try {
      const result = await connection.query(statement);
      // A result that is open when the database closes makes the process crash at its end.
      for (const one of Array.isArray(result) ? result : [result]) one.close();
    } catch (error) {
      throw new Error(`${error.message}\nin: ${statement.slice(0, 200)}`);
    }
  }
} catch (error) {
  console.error(error.message);
  code = 1;
} finally {
  await connection.close();
  await database.close();
}
process.exit(code);
