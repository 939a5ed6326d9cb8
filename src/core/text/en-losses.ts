/** What the engine's own export does to the user's data, a sentence a code; docs/export-losses.md says what to do. */
export const enLosses = {
  'loss.KX001':
    'The default of {object} ({default}) is not in the export: after an import new rows get NULL there, or are refused if it is the key.',
  'loss.KX002': 'The comment on table {object} is not in the export.',
  'loss.KX003':
    'The type {object} is not in the export: columns of it keep {definition}, and statements that name it will fail.',
  'loss.KX004': 'The macro {object} changes its meaning: {body} is exported as {exported}.',
  'loss.KX005':
    'The sequence {object} was never used and loses its first value: after an import it begins with {next} instead of {start}.',
  'loss.KX006':
    'The start value of the sequence {object} becomes {current} instead of {start}; its next value is right.',
  'loss.KX007': 'The SERIAL column {object} was never used and begins with 1 instead of 0 after an import.',
  'loss.KX008':
    'The numbering of {object} starts again at 0 after an import, since it belongs to {sequence} from before a rename: new rows may meet numbers that are taken.',
  'loss.KX009': 'The rel table {object} stores the forward direction alone; after an import it stores both.',
  'loss.KX010': 'The rel table {object} stores the backward direction alone, and the engine can’t export such a table.',
  'loss.KX011': '{object} and {other} are both written to {file}: the rows of one of them are lost.',
  'loss.KX012':
    '{object} and {other} have files whose names differ in case or accents alone ({file}): on Windows or macOS one overwrites the other.',
  'loss.KX013': 'Large INT128 values in {object} are rounded, because parquet files of the engine hold them as DOUBLE.',
  'loss.KX014':
    'Intervals in {object} lose their microseconds, and those with more than 1193 hours become wrong, in parquet.',
  'loss.KX015': 'A NULL in {object} makes the values of rows after it wrong in parquet: they read as 0 or empty.',
  'loss.KX016': '{object} holds a negative interval, and the engine can’t write that to parquet.',
  'loss.KX017': 'Empty texts in {object} become NULL in CSV, and an empty key can’t be imported.',
  'loss.KX018': 'Values of {object} that are empty, blank or the word NULL become NULL in CSV.',
  'loss.KX019':
    'Values of {object} change in CSV or can’t be read back: lists, structs and maps are written without quotes.',
  'loss.KX020': 'Times in {object} lose what is below a microsecond.',
  'loss.KX021': 'Numbers in {object} keep only six digits after the point in CSV.',
  'loss.KX022': '{object} holds a negative interval, which can’t be imported from CSV.',
  'loss.KX023': '{object} holds a number between -0.1 and 0, which can’t be imported from CSV.',
  'loss.KX024': '{object} is of type {type}, and the engine can’t write DECIMAL to parquet.',
  'loss.KX025': 'With the CSV option {object} the engine writes an export that can’t be imported.',
  'loss.KX026': 'Texts in {object} have line breaks in places where CSV can’t be imported with them.',
  'loss.KX027': '{object} holds a time before the year 1, which can’t be imported from CSV.',
  'loss.KX028': 'The key {object} needs quotes, and the engine can’t export rel tables at such a key.',
  'loss.KX029': 'The property {object} has a name that rel tables can’t be imported with.',
  'loss.KX030': '{object} would be written to {file}, and the engine can’t handle {part} in the name of a file.',
  'loss.KX031': 'The rows of {other} are imported into {object}, too, because {file} is read as a pattern.',
  'loss.KX032': 'The rel tables at {object} can’t be imported because of the quote in that name.',
  'loss.KX033': 'The sequence {object} can’t be imported because of the quote or backslash in that name.',
  'loss.KX034': '{object} can’t be imported because of the colon in the field {field}.',
  'loss.KX035': 'The macro {object} can’t be imported because its parameter {parameter} needs quotes.',
  'loss.KX036':
    'The rel table {object} connects nothing any more, and the engine crashes when it exports such a table.',
  'loss.KX037':
    'With the macro {object} the imported database can’t be opened a second time: the engine can’t read back {body}.',
  'loss.KX038': 'NULL in the JSON column {object} can’t be imported from parquet.',
  'loss.KX039': '{object} is of type {type}, which can’t be imported from parquet.',
  'loss.KX040': '{object} is of type {type}, whose maps can’t be imported from parquet.',
  'loss.KX041': 'Values of {object} ({type}) become texts, or can’t be imported, from parquet.',
  'loss.KX042': 'Values of {object} may move to another member of the union in CSV, or can’t be read back.',
  'loss.KX043':
    'The index {object} can’t be imported once the export was moved: its stop words ({stopWords}) are looked for at the old place.',
  'loss.KX044': 'The index {object} loses its own pattern of what to leave out ({pattern}).',
  'loss.KX045':
    'The index {object} can’t be imported: the engine imports one full-text index with the default stop words and no second one.',
} as const satisfies Record<string, string>;
