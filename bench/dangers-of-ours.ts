// Runs in a process of its own, started by bench/schema.mjs: how long it takes to look at a script before it runs.
// Arguments: DIALECT STATEMENTS. Prints one line of JSON with milliseconds.
import { findDangers } from '../src/core/danger/find';
import { parseScript } from '../src/core/script/parse';

const [dialect = '', count = ''] = process.argv.slice(2);
console.log(JSON.stringify({ ms: measure(dialect === 'sql' ? 'sql' : 'cypher', Number(count)) }));

/** Tables that come, get rows, lose a column and go: all that the rules keep in mind, and each table another one. */
function measure(of: 'cypher' | 'sql', statements: number): number {
  const four = (at: number) =>
    of === 'sql'
      ? `CREATE TABLE t${at}(id BIGINT, a BIGINT);\nINSERT INTO t${at} VALUES (1, 2);\nUPDATE u${at} SET a = 1;\nDROP TABLE v${at};\n`
      : `CREATE NODE TABLE T${at}(id INT64 PRIMARY KEY, a INT64);\nCREATE (:T${at} {id: 1});\nALTER TABLE U${at} DROP a;\nALTER TABLE R${at} DROP FROM A TO B;\n`;
  const text = Array.from({ length: statements / 4 }, (_, at) => four(at)).join('');
  const { up } = parseScript(text, of, 'up');
  if (up.statements.length !== statements) throw new Error(`${up.statements.length} statements`);
  const once = () => {
    const started = performance.now();
    for (const transactional of [true, false]) findDangers(up.statements, { dialect: of, transactional });
    return performance.now() - started;
  };
  // For the same time whatever the size, since a small script is compiled late.
  const times: number[] = [];
  for (const end = performance.now() + 2000; performance.now() < end || times.length < 5; ) times.push(once());
  return Math.min(...times);
}
