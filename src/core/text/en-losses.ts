/** What a version can't keep, a sentence a code; docs/export-losses.md says what to do. */
export const enLosses = {
  'loss.KX006':
    'The start value of the sequence {object} becomes {current} instead of {start}; its next value is right.',
  'loss.KX010': 'The rel table {object} stores the backward direction alone, and the engine can’t read such a table.',
  'loss.KX020':
    'Times in {object} are finer than a microsecond, and no statement of the engine can make such ones again.',
  'loss.KX036':
    'The rel table {object} connects nothing any more, and no statement of the engine can make such a table.',
  'loss.KX043':
    'The stop words of the index {object} ({stopWords}) are in no table of the database, so that it can’t be built again.',
  'loss.KX060': 'The column {object} holds values that can be written to no data file.',
  'loss.KX061': 'The view {object} can’t be made again (the engine says: {detail}).',
  'loss.other': '{object}: {code}, a loss of a version that an older release exported.',
} as const satisfies Record<string, string>;
