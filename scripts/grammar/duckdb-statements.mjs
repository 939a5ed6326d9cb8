import { BRACKET_END, SQL } from './duckdb-literals.mjs';
import { COMMA, groups, parts } from './parts.mjs';

const DDL = 'keyword.other.ddl';
const DATA = 'keyword.other.data';
const NAMED = 'entity.name.function';
const PART = '(?:[^\\W\\d]\\w*|"[^"\\n]*")';
const QUALIFIED = `${PART}(?:\\.${PART}){0,2}`;
const KIND =
  'TABLE|RECURSIVE\\s+VIEW|MATERIALIZED\\s+VIEW|VIEW|TYPE|SEQUENCE|SCHEMA|DATABASE|FUNCTION|(?:UNIQUE\\s+)?INDEX';
// The editor's SQL has the plain forms; with IF NOT EXISTS it takes `IF` for the name.
const NEWER =
  '(?:(?:OR\\s+REPLACE\\s+)?(?:PERSISTENT|TEMP|TEMPORARY|MACRO|SECRET)\\b|(?:OR\\s+REPLACE\\s+)?(?:\\w+\\s+){1,3}IF\\s+NOT\\b)';

const START = '(?i)(?:^|(?<=;|;\\s|EXPLAIN\\s|ANALYZE\\s))\\s*';
// A word at the start of a line may be a column of a list as well.
const NO_NAME = '(?!\\w|\\s*(?:[.=,)\\[:]|::)|\\s+(?:AS|IN|IS|LIKE|AND|OR|ASC|DESC)\\b)';

/** Statements that begin with one of these phrases, a blank standing for any run of blanks. */
function begins(...phrases) {
  return parts(`${START}(${phrases.join('|').replaceAll(' ', '\\s+')})${NO_NAME}`, DATA);
}

// COPY t TO 'f' (FORMAT parquet), ATTACH 'f' AS d (TYPE sqlite), EXPORT DATABASE 'd' (…): a file, then parentheses.
const optionsOfFile = {
  begin: `(?i)(?:(?<![\\w.])(FROM|TO)|(?<=ATTACH|DATABASE|EXISTS))\\s+('[^'\\n]*')(?:\\s+(AS)\\s+(${PART}))?\\s*(\\()`,
  beginCaptures: groups([
    DATA,
    'string.quoted.single',
    DATA,
    'entity.name.namespace',
    'punctuation.section.parens.begin',
  ]),
  end: `(\\))|${BRACKET_END}`,
  endCaptures: groups(['punctuation.section.parens.end']),
  patterns: [
    parts('(?:^|(?<=[(,]))\\s*([^\\W\\d]\\w*)', 'entity.other.attribute-name'),
    COMMA,
    { begin: '\\(', end: `\\)|${BRACKET_END}`, patterns: [COMMA, SQL] },
    SQL,
  ],
};

/** Statements that DuckDB has and the editor's SQL has not. */
export const statements = {
  statements: {
    patterns: [
      parts(
        `(?i)(?<![\\w.])(CREATE)(?=\\s+${NEWER})(?:\\s+(OR\\s+REPLACE))?(?:\\s+(PERSISTENT|TEMP|TEMPORARY))?\\s+(${KIND}|MACRO|SECRET)\\b(?:\\s+(IF\\s+NOT\\s+EXISTS)\\b)?(?:\\s+(?!IF\\b|FROM\\b)(${QUALIFIED}))?`,
        'keyword.other.create',
        DDL,
        DDL,
        DDL,
        DDL,
        NAMED,
      ),
      parts(
        `(?i)(?<![\\w.])(DROP)\\s+((?:PERSISTENT\\s+)?SECRET|MACRO(?:\\s+TABLE)?|(?:${KIND})(?=\\s+IF\\b))(?:\\s+(IF\\s+EXISTS)\\b)?(?:\\s+(${QUALIFIED}))?`,
        'keyword.other.create',
        DDL,
        DDL,
        NAMED,
      ),
      parts('(?i)(?<![\\w.])(COMMENT\\s+ON\\s+MACRO(?:\\s+TABLE)?)\\b', DDL),
      optionsOfFile,
      parts(
        `${START}((?:FORCE\\s+)?INSTALL|LOAD)\\s+(?!DATA\\b)([^\\W\\d]\\w*)(?:\\s+(FROM)\\b(?:\\s+([^\\W\\d]\\w*))?)?(?=\\s*(?:;|$|--|'))`,
        DATA,
        'entity.name.namespace',
        DATA,
        'entity.name.namespace',
      ),
      parts(
        `${START}(SET|RESET)\\s+(GLOBAL|SESSION|LOCAL|VARIABLE)\\s+(${PART})`,
        DATA,
        DATA,
        'support.variable.setting',
      ),
      parts(`${START}(PRAGMA)\\s+(${PART})`, DATA, 'support.variable.setting'),
      begins(
        'SUMMARIZE',
        'DESCRIBE|DESC(?= \\w)',
        'SHOW(?: ALL)?(?: TABLES| DATABASES| VARIABLES)?',
        'PIVOT(?:_WIDER|_LONGER)?|UNPIVOT',
        'ATTACH(?: OR REPLACE)?(?: DATABASE)?(?: IF NOT EXISTS)?',
        'DETACH(?: DATABASE)?(?: IF EXISTS)?',
        'INSTALL|LOAD|FORCE INSTALL',
        'UPDATE EXTENSIONS',
        'COPY(?: FROM DATABASE)?',
        '(?:EXPORT|IMPORT) DATABASE',
        '(?:FORCE )?CHECKPOINT',
        'VACUUM(?: ANALYZE)?',
        'ANALYZE|ANALYSE',
        'EXPLAIN(?: ANALYZE| ANALYSE)?',
        'CALL|PREPARE|EXECUTE|DEALLOCATE(?: PREPARE)?|TRUNCATE|ABORT|USE|RESET',
        '(?:BEGIN|START) TRANSACTION(?: READ (?:ONLY|WRITE))?',
        '(?:COMMIT|ROLLBACK) TRANSACTION',
      ),
    ],
  },
};
