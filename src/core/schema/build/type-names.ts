import type { Dialect } from '../../dialect/dialect';

/** @source each was taken by Kùzu 0.11.3 as the type of a column; JSON comes with its extension. */
const CYPHER = new Set(
  (
    'blob bool boolean bytea date decimal double duration float float4 float8 int int128 int16 int32 int64 int8 ' +
    'internal_id interval json map numeric real serial string struct timestamp timestamp_ms timestamp_ns timestamp_s ' +
    'timestamp_sec timestamp_tz uint16 uint32 uint64 uint8 union uuid'
  ).split(' '),
);

/** @source duckdb_types() of 1.5.5, the words that its parser makes them of, and the types of its own extensions. */
const SQL = new Set(
  (
    'any array bigint bignum binary bit bitstring blob bool boolean bpchar bytea char character date datetime dec ' +
    'decimal double enum float float4 float8 geometry guid hugeint inet int int1 int128 int16 int2 int32 int4 int64 ' +
    'int8 integer integral interval json list logical long map national nchar null numeric nvarchar oid real row short ' +
    'signed smallint string struct text time time_ns timestamp timestamp_ms timestamp_ns timestamp_s timestamp_us ' +
    'timestamptz timetz tinyint ubigint uhugeint uint128 uint16 uint32 uint64 uint8 uinteger union usmallint utinyint ' +
    'uuid varbinary varchar variant varint'
  ).split(' '),
);

/** Whether the engine has a type of that (folded) name itself. */
export function isBuiltInType(name: string, dialect: Dialect): boolean {
  return (dialect === 'sql' ? SQL : CYPHER).has(name);
}
