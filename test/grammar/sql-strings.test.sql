-- SYNTAX TEST "source.sql" "strings, parameters and literals"
SELECT $$it's; -- no comment$$, $tag$ $$ ' $tag$;
--     ^^ string.quoted.other.dollar.duckdb punctuation.definition.string.begin.duckdb
--       ^^^^^^^^^^^^^^^^^^^ string.quoted.other.dollar.duckdb - comment.line.double-dash.sql
--                          ^^ string.quoted.other.dollar.duckdb punctuation.definition.string.end.duckdb
--                                   ^^^^^ string.quoted.other.dollar.duckdb - punctuation.definition.string.end.duckdb
--                                         ^^^^^ punctuation.definition.string.end.duckdb
SELECT f($a$ one
  two ' $a$, 3);
--^^^^^^ string.quoted.other.dollar.duckdb
--           ^ constant.numeric.sql
$x$ on a line of its own $x$
-- <--- string.quoted.other.dollar.duckdb punctuation.definition.string.begin.duckdb
SELECT E'it\'s', e'\x41', 'C:\';
--     ^ string.quoted.single.escape.duckdb storage.type.string.duckdb
--         ^^ constant.character.escape.duckdb
--            ^ string.quoted.single.escape.duckdb punctuation.definition.string.end.duckdb
--                 ^^^^ constant.character.escape.duckdb
SELECT $batch, $name, $1, $batches FROM t$x;
--     ^ punctuation.definition.variable.duckdb
--      ^^^^^ variable.language.batch.duckdb
--              ^^^^ variable.parameter.duckdb
--                     ^ variable.parameter.duckdb
--                         ^^^^^^^ variable.parameter.duckdb
--                                         ^ - variable.parameter.duckdb
SELECT 1_000_000, 1e-3, 0xFF, 1.5e3, a1_0;
--     ^^^^^^^^^ constant.numeric.integer.duckdb
--                ^^^^ constant.numeric.float.duckdb
--                      ^^^^ constant.numeric.hex.duckdb
--                            ^^^^^ constant.numeric.float.duckdb
--                                   ^^^^ - constant.numeric.integer.duckdb
SELECT [1, 'a]'], {'k': 1, b: [x FOR x IN l IF x > 1]}, l[1:2];
--     ^ punctuation.section.brackets.begin.duckdb
--         ^^^^ string.quoted.single.sql
--             ^ punctuation.section.brackets.end.duckdb
--                ^ punctuation.section.braces.begin.duckdb
--                 ^^^ string.quoted.duckdb variable.other.property.duckdb
--                         ^ variable.other.property.duckdb
--                               ^^^ keyword.control.comprehension.duckdb
--                                          ^^ keyword.control.comprehension.duckdb
--                                                         ^ punctuation.separator.slice.duckdb
SELECT list_transform(l, x -> x + 1), list_reduce(l, (a, b) -> a), f(l, lambda x, y: x), j -> '$.a', f(n := 1);
--                       ^ variable.parameter.duckdb
--                         ^^ keyword.operator.arrow.duckdb
--                                                    ^ variable.parameter.duckdb
--                                                       ^ variable.parameter.duckdb
--                                                                      ^^^^^^ storage.type.function.lambda.duckdb
--                                                                             ^ variable.parameter.duckdb
--                                                                                       ^ - variable.parameter.duckdb
--                                                                                                     ^ variable.parameter.duckdb
