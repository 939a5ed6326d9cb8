import fc from 'fast-check';

type Text = fc.Arbitrary<string>;

const oneOf = (...texts: string[]): Text => fc.constantFrom(...texts);
const some = (unit: Text, maxLength = 6): Text =>
  fc.array(unit, { maxLength, size: 'max' }).map((units) => units.join(''));
const joined = (...parts: Text[]): Text => fc.tuple(...parts).map((texts) => texts.join(''));

// What could mislead a scanner, and what it must not split in the middle of.
const NASTY = [
  'a',
  ' ',
  ';',
  '--',
  '//',
  '/*',
  '*/',
  '$$',
  '$a$',
  '#',
  '-',
  '日本',
  '😀',
  'é',
  '\n',
  '\r\n',
  '\n-- x',
  'E',
];

/** Statements with blanks and comments anywhere between their tokens, empty statements, and comments around. */
function script(tokens: fc.Arbitrary<readonly string[]>, gap: Text, empties: Text, ends: Text, starts: Text): Text {
  const statement = tokens.chain((list) =>
    fc.tuple(...list.map(() => gap)).map((gaps) => list.map((token, index) => token + (gaps[index] ?? '')).join('')),
  );
  const between = joined(oneOf(';'), empties, gap);
  return fc
    .tuple(starts, gap, fc.array(fc.tuple(statement, between), { minLength: 0, maxLength: 3 }), statement, ends)
    .map(([start, first, list, last, end]) => [start, first, ...list.flat(), last, end].join(''));
}

/** `SELECT` or `RETURN` with values under names; a name may come without one, and the engine makes it of the value. */
function projection(word: string, value: Text, name: Text): fc.Arbitrary<readonly string[]> {
  const item = fc.tuple(value, name).map(([one, as]) => [one, ' AS ', as]);
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .uniqueArray(item, { minLength: 1, maxLength: 3, selector: (parts) => parts[2] })
        .map((items) => [`${word} `, ...items.flatMap((parts, index) => (index === 0 ? parts : [',', ...parts]))]),
    },
    { weight: 1, arbitrary: value.map((one) => [`${word} `, one]) },
  );
}

function duckDb(wild: boolean): Text {
  // The engine turns unicode spaces into blanks before it parses, and gets lost at that behind a quote in a comment, an
  // escaped quote and a dollar quote: what it refuses then, or reads as something else, is not ours to follow.
  const inComment = some(
    wild
      ? oneOf('a', ' ', ';', '--', '// ', '$$', '$a$', '日本', '😀', '\n', "'", '"', '*x', '** ', '/ ')
      : oneOf('a', ';', ' ', '利'),
  );
  const nested = fc.letrec<{ comment: string }>((tie) => ({
    comment: fc.oneof(
      { maxDepth: 3 },
      inComment.map((text) => `/*${text}*/`),
      fc.tuple(inComment, tie('comment'), inComment).map(([before, inner, after]) => `/*${before}${inner}${after}*/`),
    ),
  })).comment;
  const block = fc.oneof({ weight: 4, arbitrary: nested }, oneOf('/***/', '/* **/', '/*/ */', '/*//*;*/*/', '/**;**/'));
  const lineText = some(oneOf(...NASTY.filter((one) => !/[\r\n]/.test(one)), "'", '"', '*/', '\u2028'));
  const line = joined(oneOf('--'), lineText, oneOf('\n', '\r\n', '\r'));
  const blank = oneOf(
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\f',
    ' ',
    ...(wild ? [] : ['\u00a0', '\u3000', '\ufeff', '\u2002', '\u200b', '\u202f']),
  );
  const gap = fc.oneof({ weight: 4, arbitrary: oneOf('', ' ') }, { weight: 2, arbitrary: blank }, block, line);
  const inString = some(oneOf(...NASTY, "''", '"', '\\', ...(wild ? [] : ['\u00a0'])));
  const plain = inString.map((text) => `'${text}'`);
  const inEscaped = some(oneOf(...NASTY, "\\'", "''", '\\\\', '\\n', '\\;', '\\x41', '\\\n', '"'));
  const quotedEscapes = inEscaped.map((text) => `'${text}'`);
  const escaped = joined(oneOf('E', 'e'), quotedEscapes);
  const lineBreak = joined(oneOf('', ' ', ' -- x;\n'), oneOf('\n', '\r\n ', '\n--\n', "\n -- it''s;\n"));
  const dollar = fc
    .tuple(oneOf('', 'a', '_1', 'é', '日本'), some(oneOf(...NASTY, "'", '"', '$', '$b$', '\\')))
    .filter(([tag, text]) => `${text}$${tag}$`.indexOf(`$${tag}$`) === text.length)
    .map(([tag, text]) => `$${tag}$${text}$${tag}$`);
  const value = fc.oneof(
    plain,
    ...(wild ? [dollar, escaped, joined(escaped, lineBreak, quotedEscapes)] : []),
    joined(plain, lineBreak, plain),
    oneOf(
      "x'4;1'",
      "b'0;1'",
      "N'a\\'",
      '1',
      '1.5',
      '1_000',
      '1e-3',
      '.5',
      '[1, 2][1]',
      "{'a;': 1}",
      '1::INTEGER',
      '(1)',
      'NULL',
    ),
    oneOf(
      '1-/*;*/-1',
      '2--;\n-1',
      '3/*;*//2',
      '7//2',
      '2*/**/3',
      '1=-1',
      '5!=4',
      '@1',
      "'[1]'::JSON->>0",
      '5 !',
      '1<=-2',
    ),
  );
  const inName = some(oneOf(...NASTY, '""', "'", '\\', '`'));
  const name = fc.oneof(
    inName.map((text) => `"n${text}"`),
    oneOf('a', 'é', '日本', '😀', '_1', 'E', 'x\u2028y'),
    ...(wild ? [oneOf('a$$b', 'a$b$c', 'E$$', '日本$1')] : []),
  );
  const ends = fc.oneof(
    oneOf('', ';', ';;', '\n', ' ; ; '),
    joined(oneOf(';'), gap),
    joined(oneOf(' --'), lineText),
    joined(oneOf(';--'), lineText),
  );
  const empties = fc.oneof({ weight: 5, arbitrary: oneOf('') }, joined(gap, oneOf(';', ';;')));
  const starts = oneOf('', '', '', ';', ' ; ', ...(wild ? [] : ['\ufeff']));
  const all = script(projection('SELECT', value, name), gap, empties, ends, starts);
  // The engine takes a no-break space for one in all places but the last.
  return wild ? all : all.map((text) => `${text}\n`);
}

/** Scripts that DuckDB accepts. */
export const duckDbScripts: Text = fc.oneof(
  { weight: 3, arbitrary: duckDb(true) },
  { weight: 1, arbitrary: duckDb(false) },
);

/** What the scripts for Kùzu ask for. */
export const kuzuSetup = [
  'CREATE NODE TABLE P(id INT64 PRIMARY KEY)',
  'CREATE REL TABLE R(FROM P TO P)',
  'CREATE (:P {id: 1})-[:R]->(:P {id: 2})-[:R]->(:P {id: 3})',
];

/** Scripts that Kùzu accepts: it takes one empty statement between two others, and none elsewhere. */
export const kuzuScripts: Text = (() => {
  const quotes = ["'", '"', '`'];
  const inBlock = some(
    oneOf(...NASTY.filter((one) => !one.includes('*')), ...quotes, '*x', '**', '*\n', '/', '\\', '\r'),
  );
  const block = inBlock.map((text) => `/*${text}*/`);
  const line = joined(
    oneOf('//'),
    some(oneOf(...NASTY.filter((one) => !/[\r\n]/.test(one)), ...quotes, '*')),
    oneOf('\n', '\r\n'),
  );
  const blank = oneOf(
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\f',
    '\v',
    '\r',
    '\u001c',
    '\u00a0',
    '\u3000',
    '\u2003',
    '\u2028',
    '\u180e',
    '\u1680',
  );
  const gap = fc.oneof({ weight: 4, arbitrary: oneOf('', ' ') }, { weight: 2, arbitrary: blank }, block, line);
  const escapes = ['\\\\', "\\'", '\\"', '\\n', '\\u00e9', '\\U0001F600', '\\t'];
  const single = some(oneOf(...NASTY, ...escapes, '"', '`', '\0', '*')).map((text) => `'${text}'`);
  const double = some(oneOf(...NASTY, ...escapes, "'", '`', '\0', '*')).map((text) => `"${text}"`);
  const string = fc.oneof(single, double);
  const value = fc.oneof(
    { weight: 2, arbitrary: string },
    oneOf(
      '1',
      '1.5',
      '.5',
      '1e-3',
      '1--1',
      '1 - - 1',
      '5!',
      '1<=2',
      '1<>2',
      '4/2',
      '2*3',
      '1<<2',
      'NULL',
      '-1',
      '7%4',
      '2^3',
    ),
    oneOf('[1,2]', '{a: 1}', '{`a;`: 1}', "CAST('1', 'INT64')", "'a' =~ '.'", '6//;\n/2', '6/**//2'),
  );
  const inName = some(oneOf(...NASTY, '``', "'", '"', '\\', '*'));
  const name = fc.oneof(
    inName.map((text) => `\`n${text}\``),
    oneOf('a', 'é', '日本', '_1', 'a$$b', '\u{20000}', 'E'),
  );
  const pattern = fc
    .tuple(oneOf('--', '-->', '<--', '-[]-', '-[:R]->', '<-[]-', '\n--', '\n-->'), oneOf('a.id', 'count(*)'))
    .map(([edge, result]) => ['MATCH ', '(a:P)', edge, '(b:P)', ' RETURN ', result, ' AS ', 'x', ' ORDER BY x']);
  const unwind = fc.tuple(string, string).map(([a, b]) => ['UNWIND ', '[', a, ',', b, ']', ' AS x', ' RETURN ', 'x']);
  const statement = fc.oneof(
    { weight: 5, arbitrary: projection('RETURN', value, name) },
    { weight: 1, arbitrary: pattern },
    { weight: 1, arbitrary: unwind },
    { weight: 1, arbitrary: fc.constant(['RETURN ', 'COUNT { MATCH (:P)--(:P) }', ' AS ', 'x']) },
  );
  const empties = fc.oneof({ weight: 5, arbitrary: oneOf('') }, joined(gap, oneOf(';')));
  const ends = fc.oneof(oneOf('', ';', '\n', ' ; '), joined(oneOf(';'), gap), oneOf(' // ;', ';// a;', ' /* ; */;'));
  return script(statement, gap, empties, ends, oneOf('', '', '', '\ufeff'));
})();
