import { readFtsSettings } from '../catalog/index-text';
import type { Catalog, CatalogIndex } from '../catalog/model';

const DEFAULT_STOP_WORDS = 'default_english_stopwords';

export interface FtsIndex {
  readonly index: CatalogIndex;
  /** `words (Book)` */
  readonly object: string;
  readonly stopWords: string;
  readonly hasOwnStopWords: boolean;
}

/** The full-text indexes of the user. */
export function ftsIndexes({ indexes, nodeTables }: Catalog): FtsIndex[] {
  return indexes
    .filter(({ type, internal }) => type === 'FTS' && !internal)
    .map((index) => {
      const { stopWords, stopWordsTable } = readFtsSettings(index.settings);
      const table = nodeTables.find(({ id }) => id === index.tableId)?.name ?? '';
      const hasOwnStopWords = stopWordsTable !== DEFAULT_STOP_WORDS;
      return { index, object: `${index.indexName} (${table})`, stopWords, hasOwnStopWords };
    });
}
