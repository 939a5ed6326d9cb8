import type { Chapter, Line, Mode } from './migrate-kill-project';

/** So many rows that DuckDB gives them a row group of their own. */
const MANY = 125_000;

/**
 * One chapter of the story of a family of tables in DuckDB. What it does is what has been seen to leave a WAL that can't
 * be replayed, and all that stands around it.
 */
export function duckdbStory(chapter: number, family: number, mode: Mode, large: boolean): Chapter {
  const f = family;
  const isLarge = large && f === 4;
  const rows = isLarge ? MANY : 300 + 100 * f;
  const inSteps = mode !== 'transactions';
  switch (chapter) {
    case 0:
      return {
        name: 'create',
        up: [
          `CREATE TABLE a_${f} (id BIGINT PRIMARY KEY, name VARCHAR, v DOUBLE)`,
          `CREATE TABLE c_${f} (id BIGINT PRIMARY KEY)`,
          `CREATE TABLE d_${f} (id BIGINT PRIMARY KEY, c BIGINT REFERENCES c_${f}(id))`,
          `COMMENT ON TABLE a_${f} IS 'of family ${f}'`,
        ],
        down: [`DROP TABLE d_${f}`, `DROP TABLE c_${f}`, `DROP TABLE a_${f}`],
      };
    case 1:
      return {
        name: 'number',
        up: [
          `CREATE SEQUENCE q_${f} START 5`,
          `CREATE TABLE s_${f} (id BIGINT DEFAULT nextval('q_${f}'), name VARCHAR)`,
          `INSERT INTO s_${f}(name) VALUES ('x'), ('y'), ('z')`,
        ],
        down: [`DROP TABLE s_${f}`, `DROP SEQUENCE q_${f}`],
      };
    case 2:
      return {
        name: 'fill',
        up: [
          `INSERT INTO a_${f} SELECT i, 'number ' || i, i / 7 FROM range(${rows}) AS r(i)`,
          `INSERT INTO c_${f} VALUES (1), (2), (3)`,
          `INSERT INTO d_${f} VALUES (10, 1), (11, 2)`,
          `INSERT INTO s_${f}(name) SELECT 'row ' || i FROM range(20) AS r(i)`,
        ],
        down: [`DELETE FROM s_${f} WHERE name LIKE 'row %'`, `DELETE FROM d_${f}`, `DELETE FROM a_${f}`],
      };
    case 3:
      return {
        name: 'alter',
        up: [
          `ALTER TABLE a_${f} ADD COLUMN note VARCHAR DEFAULT 'n'`,
          `ALTER TABLE s_${f} ADD COLUMN extra INTEGER`,
          `COMMENT ON COLUMN s_${f}.name IS 'what it is called'`,
          `INSERT INTO s_${f}(name, extra) VALUES ('late', ${f})`,
        ],
        down: [
          `ALTER TABLE a_${f} DROP COLUMN note`,
          `ALTER TABLE s_${f} DROP COLUMN extra`,
          `COMMENT ON COLUMN s_${f}.name IS NULL`,
        ],
      };
    case 4:
      return {
        name: 'index',
        up: [
          `CREATE INDEX ix_${f} ON a_${f}(name)`,
          f % 2 === 0
            ? `INSERT INTO a_${f} SELECT ${rows} + i, 'more ' || i, 0, 'n' FROM range(${isLarge ? MANY : 50}) AS r(i)`
            : `INSERT INTO a_${f} VALUES (${rows}, 'one more', 1, 'n'), (${rows + 1}, 'and one', 2, 'n')`,
          ...(inSteps ? ['CHECKPOINT'] : []),
          `INSERT INTO s_${f}(name) VALUES ('after the index')`,
        ],
        down: [`DELETE FROM a_${f} WHERE id >= ${rows}`, `DROP INDEX ix_${f}`],
        ...(inSteps ? { alone: true as const } : {}),
      };
    case 5:
      return {
        name: 'change',
        up: [
          `UPDATE a_${f} SET v = v + 1 WHERE id % 3 = 0`,
          `DELETE FROM a_${f} WHERE id % 7 = 0`,
          `INSERT OR REPLACE INTO a_${f} VALUES (1, 'replaced', 0, 'n'), (7, 'again', 0, 'n')`,
          `UPDATE s_${f} SET name = name || nextval('q_${f}')`,
        ],
        down: [
          `INSERT OR REPLACE INTO a_${f} SELECT i, 'number ' || i, i / 7, 'n' FROM range(0, ${Math.min(rows, 3000)}, 7) AS r(i)`,
          `UPDATE s_${f} SET name = lower(name)`,
        ],
      };
    case 6:
      return {
        name: 'code',
        code: f === 3 && inSteps ? 'none' : 'auto',
        up: [
          `CREATE TABLE IF NOT EXISTS k_${f} (id BIGINT PRIMARY KEY, name VARCHAR)`,
          `INSERT OR REPLACE INTO k_${f} SELECT i, 'k' || i FROM range(40) AS r(i)`,
          `CREATE INDEX IF NOT EXISTS kx_${f} ON k_${f}(name)`,
          `ALTER TABLE s_${f} ADD COLUMN IF NOT EXISTS by_code VARCHAR`,
          `UPDATE s_${f} SET extra = 5 WHERE extra IS NULL`,
          `DELETE FROM k_${f} WHERE id = 39`,
        ],
        down: [`ALTER TABLE s_${f} DROP COLUMN IF EXISTS by_code`, `DROP TABLE IF EXISTS k_${f}`],
      };
    case 7:
      return batch(f, inSteps, rows, isLarge);
    case 8:
      return rebuild(f, mode);
    default:
      return {
        name: 'rest',
        up: [
          `CREATE VIEW w_${f} AS SELECT id, note FROM a_${f} WHERE v > 3`,
          `CREATE MACRO m_${f}(x) AS x * ${f + 2}`,
          `CREATE TYPE mood_${f} AS ENUM ('calm', 'wild')`,
          `CREATE TABLE e_${f} (id INTEGER, mood mood_${f} DEFAULT 'calm')`,
          `INSERT INTO e_${f}(id) SELECT m_${f}(i) FROM range(10) AS r(i)`,
          `ALTER TABLE c_${f} ADD COLUMN IF NOT EXISTS name VARCHAR`,
        ].slice(0, f % 2 === 0 ? 6 : 5),
        down: [
          ...(f % 2 === 0 ? [] : [`DELETE FROM e_${f} WHERE id > 5`]),
          `DROP VIEW w_${f}`,
          `DROP TABLE e_${f}`,
          `DROP TYPE mood_${f}`,
          `DROP MACRO m_${f}`,
        ],
      };
  }
}

function batch(f: number, inSteps: boolean, rows: number, isLarge: boolean): Chapter {
  const size = isLarge ? 50_000 : 150;
  const slice = (to: string, from: string): Line => ({
    text: `UPDATE a_${f} SET note = '${to}' WHERE id IN (SELECT id FROM a_${f} WHERE note = '${from}' ORDER BY id LIMIT $batch)`,
    directive: `batch: ${size}`,
    slices: Math.ceil((2 * rows + 100) / size),
  });
  const whole = (to: string) => `UPDATE a_${f} SET note = '${to}'`;
  return {
    name: 'note',
    up: [inSteps ? slice('b', 'n') : whole('b'), `INSERT INTO s_${f}(name) VALUES ('noted')`],
    down: [inSteps ? slice('n', 'b') : whole('n')],
    ...(inSteps ? { alone: true as const } : {}),
  };
}

/** An index made anew in the transaction that drops it, or a table renamed in the one that changes its rows. */
function rebuild(f: number, mode: Mode): Chapter {
  const reopen = mode === 'mixed' && f > 2 ? { directive: 'reopen' } : {};
  if (f % 2 === 0) {
    return {
      name: 'reindex',
      up: [`DROP INDEX ix_${f}`, { text: `CREATE INDEX ix_${f} ON a_${f}(name, v)`, ...reopen }],
      down: [`DROP INDEX ix_${f}`, `CREATE INDEX ix_${f} ON a_${f}(name)`],
      ...('directive' in reopen ? { alone: true as const } : {}),
    };
  }
  return {
    name: 'rename',
    up: [`UPDATE s_${f} SET name = upper(name)`, { text: `ALTER TABLE s_${f} RENAME TO r_${f}`, ...reopen }],
    down: [`ALTER TABLE r_${f} RENAME TO s_${f}`, `DELETE FROM s_${f} WHERE id = 6`],
    ...('directive' in reopen ? { alone: true as const } : {}),
  };
}
