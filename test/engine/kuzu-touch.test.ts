import assert from 'node:assert/strict';
import { withDrivers } from '../support/project';

const SETUP = [
  'CREATE NODE TABLE P(id INT64 PRIMARY KEY, name STRING, `return` INT64)',
  'CREATE REL TABLE K(FROM P TO P)',
];

/** Statements in the order they run, with the rows that they touch; undefined where the text is left as it was. */
const STATEMENTS: readonly (readonly [string, number | undefined])[] = [
  ['UNWIND range(1, 5) AS i CREATE (:P {id: i})', 5],
  ["CREATE (:P {id: 6, name: 'return; // x'}), (:P {id: 7})", 1],
  ['MATCH (p:P) WHERE p.id > 4 SET p.name = "a \\" return" // return', 3],
  ["MATCH (p:P) /* return * */ WHERE p.id = 1 SET p.`return` = 1, p.name = 'it\\'s return'", 1],
  ['MATCH (a:P), (b:P) WHERE a.id = 1 AND b.id < 4 CREATE (a)-[:K]->(b)', 3],
  ['MATCH (a:P) WHERE EXISTS { MATCH (a)-[:K]->(:P) } SET a.name = NULL', 1],
  ["MERGE (p:P {id: 9}) ON CREATE SET p.name = 'new'", 1],
  ["OPTIONAL MATCH (p:P {id: 77}) SET p.name = 'x'", 1],
  ['MATCH (p:P) WITH p ORDER BY p.id LIMIT 2 SET p.name = p.name', 2],
  ["MATCH (p:P {id: 77}) SET p.name = 'x'", 0],
  ['MATCH (p:P {id: 1})-[k:K]->() DELETE k', 3],
  ['MATCH (p:P {id: 9}) DETACH DELETE p', 1],
  ['MATCH (p:P {id: 7}) DELETE p RETURN 1', undefined],
  ['MATCH (p:P) RETURN p.id', undefined],
  ['ALTER TABLE P ADD age INT64 DEFAULT 3', undefined],
  ['CREATE NODE TABLE Q(id INT64 PRIMARY KEY)', undefined],
  ["COMMENT ON TABLE P IS 'set'", undefined],
];

describe('the rows that a Kùzu statement touches', () => {
  it('are told by the statement itself, which does the same as before', async () => {
    await withDrivers(async (drivers) => {
      const driver = drivers.get('kuzu');
      const session = await driver.open({ readOnly: false });
      const plain = await driver.open({ readOnly: false });
      for (const one of [session, plain]) await one.run(SETUP.map((text) => ({ text })));
      const all = [{ text: 'MATCH (p:P) RETURN p.id, p.name, p.`return` ORDER BY p.id', rows: 100 }];
      for (const [text, wanted] of STATEMENTS) {
        const statement = driver.counted(text);
        const [result] = await session.run([statement]);
        await plain.run([{ text }]);
        assert.ok(result);
        assert.equal(driver.touched(statement, result), wanted, text);
        assert.equal(statement.text === text, wanted === undefined, text);
        assert.deepEqual((await session.run(all))[0]?.rows, (await plain.run(all))[0]?.rows, text);
      }
      await session.close();
      await plain.close();
    });
  });
});
