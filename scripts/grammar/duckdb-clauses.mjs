import { word } from './parts.mjs';

const CLAUSE = 'keyword.other.clause';
const OPERATOR = 'keyword.operator.word';

/** Phrases of the same kind, a blank in them standing for any run of blanks. */
function phrases(scope, ...list) {
  return word(scope, `(?i)(?<![\\w.$@#"])(?:${list.join('|').replaceAll(' ', '\\s+')})(?!\\w|\\s*\\.)`);
}

/**
 * Clauses and operators that the editor's SQL has no word for. A word that may be a name stands here with what makes it a
 * clause: `first` alone is a name, `NULLS FIRST` is not.
 */
export const clauses = {
  clauses: {
    patterns: [
      phrases(
        CLAUSE,
        'ASOF(?: LEFT| RIGHT| FULL| INNER)?(?: OUTER)? JOIN',
        '(?:POSITIONAL|SEMI|ANTI) JOIN',
        'NATURAL(?: LEFT| RIGHT| FULL| INNER)?(?: OUTER)? JOIN',
        '(?:GROUP|ORDER) BY ALL',
        'UNION(?: ALL)? BY NAME',
        '(?:INTERSECT|EXCEPT) ALL',
        'INSERT OR (?:REPLACE|IGNORE) INTO',
        'BY (?:NAME|POSITION)(?=\\s*(?:$|;|--|SELECT\\b|FROM\\b|VALUES\\b|WITH\\b|\\())',
        'ON CONFLICT',
        'DO (?:NOTHING|UPDATE)',
        'NULLS (?:FIRST|LAST)',
        '(?:IGNORE|RESPECT) NULLS',
        'USING (?:SAMPLE|KEY)',
        'WITH (?:NO )?(?:RECURSIVE|ORDINALITY|DATA|TIES)',
        'WITHIN GROUP',
        'GROUPING SETS',
        'PARTITION BY',
        '(?:ROWS|RANGE|GROUPS)(?= (?:BETWEEN|UNBOUNDED|CURRENT|\\d))',
        'UNBOUNDED (?:PRECEDING|FOLLOWING)',
        'CURRENT ROW',
        '(?:PRECEDING|FOLLOWING)(?=\\s*(?:\\)|$|AND\\b|EXCLUDE\\b|--))',
        'EXCLUDE (?:CURRENT ROW|GROUP|TIES|NO OTHERS)',
        'NOT MATCHED(?: BY (?:SOURCE|TARGET))?',
        'LIMIT [\\d.]+ PERCENT',
      ),
      phrases(
        'keyword.other.ddl',
        '(?:ADD|DROP|ALTER|RENAME) COLUMN(?: IF(?: NOT)? EXISTS)?',
        'RENAME(?: CONSTRAINT)?(?= (?:TO|\\w+ TO|"[^"\\n]*" TO) )',
        'SET(?: DATA)? TYPE',
        'SET (?:SORTED|PARTITIONED) BY',
        'GENERATED ALWAYS(?: AS)?',
        'VIRTUAL(?=\\s*(?:[,);]|$|--))',
        '(?:CASCADE|RESTRICT)(?=\\s*(?:[,;)]|$|--))',
        'START(?: WITH)?(?= -?\\d)',
        'INCREMENT(?: BY)?(?= -?\\d)',
        'NO (?:MINVALUE|MAXVALUE|CYCLE)',
        '(?:MINVALUE|MAXVALUE)(?= -?\\d)',
        'CYCLE(?=\\s*(?:;|$))',
        'OWNED BY',
      ),
      phrases(
        OPERATOR,
        'IS (?:NOT )?DISTINCT FROM',
        '(?:NOT )?SIMILAR TO',
        '(?:NOT )?ILIKE(?!\\s*[,=)])',
        "(?:NOT )?GLOB(?=\\s*['$])",
        "ESCAPE(?=\\s*')",
        'AT TIME ZONE',
        '(?:ISNULL|NOTNULL)(?=\\s*(?:$|[;)]|AND\\b|OR\\b|--))',
        '(?:ANY|ALL|SOME)(?=\\s*\\()',
      ),
      // Words alone: none of them is a name that people give, but never where they stand as one.
      word(
        CLAUSE,
        '(?i)(?<![\\w.$@#"])(?:QUALIFY|TABLESAMPLE|RETURNING|LATERAL|PIVOT_WIDER|PIVOT_LONGER|UNPIVOT|NATURAL|MATERIALIZED)(?!\\w|\\s*[.,=)])',
      ),
      word(CLAUSE, '(?i)(?<=\\*)\\s*(?:EXCLUDE|REPLACE|RENAME)(?=\\s*[(\\w"])'),
      word(CLAUSE, '(?i)(?<![\\w.$@#"])(?:EXCLUDE|OFFSET)(?=\\s*\\(|\\s+[\\d$?])'),
      word(CLAUSE, '(?i)(?<![\\w.$@#"])AT(?=\\s*\\(\\s*(?:VERSION|TIMESTAMP)\\b)'),
      word('support.function', '(?i)(?<![\\w.$@#"])(?:COLUMNS|UNPACK|TRY|TRY_CAST|GROUPING_ID|GROUPING)(?=\\s*\\()'),
      word('support.function', '(?i)(?<![\\w.$@#"])(?:COALESCE|EXTRACT|NULLIF|POSITION|SUBSTRING|TRIM)(?=\\s*\\()'),
    ],
  },
};
