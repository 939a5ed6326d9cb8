import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withSession } from '../../src/engine/with-session';
import { sessionDatabase, withCode } from '../support/code';
import { root, withDrivers } from '../support/project';

const exampleOf = (doc: string): string => {
  const text = readFileSync(path.join(root, 'docs', doc), 'utf8');
  return /```ts\n(import type \{ MigrationDatabase \}[\s\S]*?)```/.exec(text)?.[1] ?? assert.fail(`${doc} has none`);
};

describe('the migration in code of the documentation', () => {
  it('is the same in both languages', () => {
    assert.equal(exampleOf('scripts.ja.md'), exampleOf('scripts.md'));
  });

  it('goes up and down', () =>
    withCode(({ host, write }) =>
      withDrivers((drivers) =>
        withSession(drivers.get('kuzu'), { readOnly: false }, async (session) => {
          await session.run([
            { text: 'CREATE NODE TABLE Person(id INT64 PRIMARY KEY, name STRING)' },
            { text: "CREATE (:Person {id: 1, name: 'Ada Lovelace'}), (:Person {id: 2, name: 'Emmy Noether'})" },
          ]);
          const module = await host.load(await write('1.ts', exampleOf('scripts.md')));
          await module.call('up', sessionDatabase(session, 'cypher'));
          const all = { text: 'MATCH (p:Person) RETURN p.* ORDER BY p.id', rows: 2 };
          const [up] = await session.run([all]);
          assert.deepEqual(up?.rows, [
            [1, 'Ada Lovelace', 'AL'],
            [2, 'Emmy Noether', 'EN'],
          ]);
          await module.call('down', sessionDatabase(session, 'cypher'));
          const [down] = await session.run([all]);
          assert.deepEqual(down?.columns, ['p.id', 'p.name']);
        }),
      ),
    ));
});
