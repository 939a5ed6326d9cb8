-- Orders get a status, and the old rows one by one.
-- requires: 20240115120000, 3.1.0
-- assume: SELECT count(*) = 0 FROM duckdb_tables() WHERE table_name = 'order_status'
-- UP
CREATE TYPE mood AS ENUM ('new', 'paid');
CREATE OR REPLACE TEMP TABLE t (a INTEGER);
CREATE TABLE IF NOT EXISTS shop.orders (
  id UBIGINT PRIMARY KEY,
  tags STRING[],
  "delivery note" VARCHAR DEFAULT $$it's late$$,
  price DECIMAL(10, 2) NOT NULL,
  place STRUCT(lat DOUBLE, lon DOUBLE),
  props MAP(VARCHAR, LIST),
  either UNION(num INTEGER, str TEXT),
  at_time TIMESTAMP WITH TIME ZONE,
  total HUGEINT GENERATED ALWAYS AS (price::HUGEINT) VIRTUAL
);
CREATE MACRO taxed(a, rate := 0.2) AS a * (1 + rate);
CREATE MACRO recent(n) AS TABLE FROM orders ORDER BY ALL LIMIT n;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS status mood;
ALTER TABLE orders ALTER COLUMN tags SET DATA TYPE VARCHAR[] USING tags::VARCHAR[];
COMMENT ON MACRO taxed IS 'with tax';

-- lint-ignore D104
-- batch: 5000
UPDATE orders SET status = 'new' WHERE id IN (SELECT id FROM orders WHERE status IS NULL LIMIT $batch);

INSERT OR REPLACE INTO orders BY NAME FROM staging;
INSERT INTO orders VALUES (1) ON CONFLICT (id) DO NOTHING RETURNING id;
SUMMARIZE orders;
PIVOT orders ON status USING sum(price) GROUP BY place;
FROM orders SELECT * EXCLUDE (place) REPLACE (price / 2 AS price), COLUMNS('a.*')
QUALIFY row_number() OVER (PARTITION BY status ORDER BY at_time DESC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) = 1;
SELECT * FROM a ASOF LEFT JOIN b ON a.t >= b.t POSITIONAL JOIN c;
WITH RECURSIVE r AS MATERIALIZED (SELECT 1) SELECT * FROM r USING SAMPLE 10%;
SELECT 7 // 2, 2 ** 3, INTERVAL 3 MONTHS, a ILIKE 'x', b IS NOT DISTINCT FROM c, TRUE;
INSTALL spatial FROM community;
LOAD spatial;
ATTACH IF NOT EXISTS 'old.db' AS old (TYPE sqlite, READ_ONLY);
COPY (SELECT 1) TO 'out.parquet' (FORMAT parquet, PARTITION_BY (a, b), ROW_GROUP_SIZE 100_000);
SET VARIABLE limit_of = 3;
PRAGMA enable_progress_bar;
CHECKPOINT;
-- DOWN
DROP MACRO IF EXISTS taxed;
DROP TABLE IF EXISTS shop.orders CASCADE;
