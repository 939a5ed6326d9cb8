import type { Chapter, Line, Mode } from './migrate-kill-project';

/**
 * One chapter of the story of a family of tables in Kùzu. No column of a full-text index is ever SET: the engine does not
 * replay that from its WAL (see engine-notes).
 */
export function kuzuStory(chapter: number, family: number, mode: Mode): Chapter {
  const f = family;
  const rows = 200 + 300 * f;
  const inSteps = mode !== 'transactions';
  const settled = (text: string): Line => ({ text, settle: true });
  switch (chapter) {
    case 0:
      return {
        name: 'create',
        up: [
          `CREATE NODE TABLE A_${f}(id INT64, name STRING, v DOUBLE, PRIMARY KEY(id))`,
          `CREATE NODE TABLE B_${f}(id SERIAL, name STRING, PRIMARY KEY(id))`,
          `COMMENT ON TABLE A_${f} IS 'of family ${f}'`,
        ],
        down: [`DROP TABLE B_${f}`, `DROP TABLE A_${f}`],
      };
    case 1:
      return {
        name: 'connect',
        up: [
          `CREATE REL TABLE R_${f}(FROM A_${f} TO B_${f}, w INT64)`,
          `CREATE SEQUENCE q_${f} START 10`,
          `CREATE (:B_${f} {name: 'first'})`,
        ],
        down: [`DROP SEQUENCE q_${f}`, `DROP TABLE R_${f}`],
      };
    case 2:
      return {
        name: 'fill',
        up: [
          `UNWIND range(1, ${rows}) AS i CREATE (:A_${f} {id: i, name: 'number ' + CAST(i AS STRING), v: i / 7.0})`,
          `UNWIND range(1, 20) AS i CREATE (:B_${f} {name: 'b' + CAST(nextval('q_${f}') AS STRING)})`,
          `MATCH (a:A_${f}), (b:B_${f}) WHERE a.id = b.id + 1 CREATE (a)-[:R_${f} {w: a.id}]->(b)`,
        ],
        down: [`MATCH (b:B_${f}) WHERE b.id > 0 DETACH DELETE b`, `MATCH (a:A_${f}) DETACH DELETE a`],
      };
    case 3:
      return {
        name: 'alter',
        up: [
          settled(`ALTER TABLE A_${f} ADD note STRING DEFAULT 'n'`),
          `ALTER TABLE R_${f} ADD since INT64`,
          `ALTER TABLE A_${f} ADD extra INT64 DEFAULT ${f}`,
        ],
        down: [
          settled(`ALTER TABLE A_${f} DROP extra`),
          `ALTER TABLE R_${f} DROP since`,
          settled(`ALTER TABLE A_${f} DROP note`),
        ],
      };
    case 4:
      // The index can't be made in a transaction, and takes as long as all the rest.
      return inSteps && f < 2
        ? {
            name: 'index',
            up: [
              `CREATE (:B_${f} {name: 'before the index'})`,
              { text: `CALL CREATE_FTS_INDEX('A_${f}', 'fx_${f}', ['name'])`, alone: true },
              `CREATE (:B_${f} {name: 'after the index'})`,
            ],
            down: [
              { text: `CALL DROP_FTS_INDEX('A_${f}', 'fx_${f}')`, alone: true },
              `MATCH (b:B_${f}) SET b.name = 'd'`,
            ],
            alone: true,
          }
        : {
            name: 'number',
            up: [
              `UNWIND range(1, 5) AS i CREATE (:A_${f} {id: 100000 + nextval('q_${f}'), name: 'more'})`,
              ...(inSteps ? ['CHECKPOINT'] : []),
              `MATCH (b:B_${f}) WHERE b.id > 15 DETACH DELETE b`,
            ],
            down: [`MATCH (a:A_${f}) WHERE a.id > 100000 DETACH DELETE a`],
            ...(inSteps ? { alone: true as const } : {}),
          };
    case 5:
      return {
        name: 'change',
        up: [
          `MATCH (a:A_${f}) WHERE a.id % 3 = 0 SET a.v = a.v + 1, a.extra = 5`,
          `MATCH (a:A_${f}) WHERE a.id % 7 = 0 DETACH DELETE a`,
          `MERGE (a:A_${f} {id: 7, name: 'number again'})`,
          `MATCH (:A_${f})-[r:R_${f}]->(:B_${f}) SET r.since = 2024`,
        ],
        down: [
          `MERGE (a:A_${f} {id: 14, name: 'number back', note: 'b'})`,
          `MATCH (:A_${f})-[r:R_${f}]->(:B_${f}) WHERE r.w < 9 DELETE r`,
        ],
      };
    case 6:
      return {
        name: 'code',
        code: f === 3 && inSteps ? 'none' : 'auto',
        up: [
          `CREATE NODE TABLE IF NOT EXISTS K_${f}(id INT64, name STRING, PRIMARY KEY(id))`,
          `UNWIND range(1, 40) AS i MERGE (k:K_${f} {id: i}) SET k.name = 'k'`,
          `CREATE REL TABLE IF NOT EXISTS L_${f}(FROM K_${f} TO A_${f})`,
          `MATCH (k:K_${f}), (a:A_${f}) WHERE a.id = k.id MERGE (k)-[:L_${f}]->(a)`,
          `MATCH (k:K_${f} {id: 39}) DETACH DELETE k`,
        ],
        down: [`DROP TABLE IF EXISTS L_${f}`, `DROP TABLE IF EXISTS K_${f}`],
      };
    case 7:
      return {
        name: 'note',
        up: [
          inSteps ? slice(f, 'b', 'n', rows) : `MATCH (a:A_${f}) SET a.note = 'b'`,
          `CREATE (:B_${f} {name: 'noted'})`,
        ],
        down: [inSteps ? slice(f, 'n', 'b', rows) : `MATCH (a:A_${f}) SET a.note = 'n'`],
        ...(inSteps ? { alone: true as const } : {}),
      };
    case 8:
      return {
        name: 'rename',
        up: [
          settled(`ALTER TABLE A_${f} RENAME v TO val`),
          {
            text: `ALTER TABLE R_${f} RENAME TO S_${f}`,
            ...(mode === 'mixed' && f > 2 ? { directive: 'reopen' } : {}),
          },
          `CREATE REL TABLE T_${f}(FROM A_${f} TO A_${f}, MANY_ONE)`,
        ],
        down: [
          `DROP TABLE T_${f}`,
          settled(`ALTER TABLE S_${f} RENAME TO R_${f}`),
          `ALTER TABLE A_${f} RENAME val TO v`,
        ],
        ...(mode === 'mixed' && f > 2 ? { alone: true as const } : {}),
      };
    default:
      return {
        name: 'rest',
        up: [
          settled(`ALTER TABLE S_${f} DROP since`),
          settled(`ALTER TABLE T_${f} ADD FROM B_${f} TO A_${f}`),
          `CREATE NODE TABLE C_${f}(id INT64, name STRING, PRIMARY KEY(id))`,
          `COPY C_${f} FROM (MATCH (a:A_${f}) WHERE a.id < 100 RETURN a.id, a.name)`,
        ],
        down: [
          `DROP TABLE C_${f}`,
          settled(`ALTER TABLE T_${f} DROP FROM B_${f} TO A_${f}`),
          `ALTER TABLE S_${f} ADD since INT64`,
        ],
      };
  }
}

function slice(f: number, to: string, from: string, rows: number): Line {
  const size = 300;
  return {
    text: `MATCH (a:A_${f}) WHERE a.note = '${from}' WITH a ORDER BY a.id LIMIT $batch SET a.note = '${to}'`,
    directive: `batch: ${size}`,
    slices: Math.ceil((rows + 10) / size) + 1,
  };
}
