import type { Cell } from '../driver';

/** Runs inside the engine's process only: the values of a result as they cross the wire. */

interface DuckType {
  readonly typeId: number;
}
type Convert = (value: unknown, type: DuckType, inner: Convert) => Cell;

interface Chunk {
  readonly rowCount: number;
  getColumnVector(column: number): { readonly type: DuckType; getItem(row: number): unknown };
}

/** What the package `@duckdb/node-api` has for reading a result of its bindings. */
export interface CellPackage {
  readonly DuckDBMaterializedResult: new (
    result: object,
  ) => { readonly chunkCount: number; getChunk(at: number): Chunk };
  readonly DuckDBDateValue: { readonly PosInf: { readonly days: number }; readonly NegInf: { readonly days: number } };
  readonly JsonDuckDBValueConverter: Convert;
  readonly DuckDBTypeId: Readonly<Record<'DATE', number>>;
}

/** @returns reads the first rows of a materialised result, losslessly: see Cell. */
export function cellReader(api: CellPackage): (result: object, columns: number, limit: number) => Cell[][] {
  const { DuckDBMaterializedResult, DuckDBDateValue, DuckDBTypeId, JsonDuckDBValueConverter } = api;

  const convert: Convert = (value, type, inner) => {
    if (type.typeId === DuckDBTypeId.DATE && typeof value === 'object' && value !== null && 'days' in value) {
      // The package writes the two infinite dates as days of the year 5881580.
      if (value.days === DuckDBDateValue.PosInf.days) return 'infinity';
      if (value.days === DuckDBDateValue.NegInf.days) return '-infinity';
    }
    return JsonDuckDBValueConverter(value, type, inner);
  };

  return (result, columns, limit) => {
    const materialised = new DuckDBMaterializedResult(result);
    const rows: Cell[][] = [];
    for (let at = 0; at < materialised.chunkCount && rows.length < limit; at++) {
      const chunk = materialised.getChunk(at);
      const vectors = Array.from({ length: columns }, (_, column) => chunk.getColumnVector(column));
      for (let row = 0; row < chunk.rowCount && rows.length < limit; row++) {
        rows.push(vectors.map((vector) => convert(vector.getItem(row), vector.type, convert)));
      }
    }
    return rows;
  };
}
