export type CatalogErrorCode = 'NOT_KUZU' | 'STORAGE_VERSION' | 'MALFORMED';

/**
 * The bytes are not a catalog that this reader knows.
 * `NOT_KUZU`: no Kùzu header. `STORAGE_VERSION`: another storage version (`params.found`, `params.expected`).
 * `MALFORMED`: bytes that no engine writes (`params.offset`, `params.detail`).
 */
export class CatalogFormatError extends Error {
  readonly code: CatalogErrorCode;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(code: CatalogErrorCode, params: Readonly<Record<string, string | number>> = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = 'CatalogFormatError';
    this.code = code;
    this.params = params;
  }
}
