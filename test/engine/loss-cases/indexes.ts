import type { LossCase } from '../../support/loss-case';

const T = [
  'CREATE NODE TABLE T(id INT64 PRIMARY KEY, s STRING, u STRING, v FLOAT[3])',
  "CREATE (:T {id: 1, s: 'abcde fgh', u: 'hello', v: [1.0, 2.0, 3.0]})",
];
const found = (index: string, word: string) => `CALL QUERY_FTS_INDEX('T', '${index}', '${word}') RETURN count(*) AS n`;

export const indexCases: readonly LossCase[] = [
  {
    title: 'stop words of one’s own are looked for where the export was made',
    loses: {
      statements: [
        ...T,
        'CREATE NODE TABLE stop(w STRING PRIMARY KEY)',
        "CREATE (:stop {w: 'hello'})",
        "CALL CREATE_FTS_INDEX('T', 'words', ['u'], stopWords := 'stop')",
      ],
      checks: [found('words', 'hello')],
      moved: true,
    },
    keeps: {
      statements: [
        ...T,
        "CALL CREATE_FTS_INDEX('T', 'words', ['u'])",
        "CALL CREATE_VECTOR_INDEX('T', 'near', 'v', metric := 'l2')",
      ],
      checks: [found('words', 'hello')],
      moved: true,
    },
  },
  {
    title: 'a pattern of one’s own is lost when the table gets another number',
    loses: {
      statements: [
        'CREATE NODE TABLE gone(id INT64 PRIMARY KEY)',
        ...T,
        "CALL CREATE_FTS_INDEX('T', 'words', ['s'], ignore_pattern := 'c', stemmer := 'none')",
        'DROP TABLE gone',
      ],
      checks: [found('words', 'ab')],
    },
    keeps: {
      statements: [
        'CREATE NODE TABLE gone(id INT64 PRIMARY KEY)',
        ...T,
        "CALL CREATE_FTS_INDEX('T', 'words', ['s'], stemmer := 'none')",
        'DROP TABLE gone',
      ],
      checks: [found('words', 'abcde')],
    },
  },
  {
    title: 'a second full-text index with the default stop words stops the import',
    loses: {
      statements: [...T, "CALL CREATE_FTS_INDEX('T', 'one', ['s'])", "CALL CREATE_FTS_INDEX('T', 'two', ['u'])"],
      checks: [found('one', 'fgh')],
    },
    keeps: {
      statements: [
        ...T,
        "CALL CREATE_FTS_INDEX('T', 'one', ['s'])",
        "CALL CREATE_FTS_INDEX('T', 'two', ['u'])",
        "CALL DROP_FTS_INDEX('T', 'two')",
      ],
      checks: [found('one', 'fgh')],
    },
  },
];
