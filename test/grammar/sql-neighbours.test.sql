-- SYNTAX TEST "source.sql" "what other databases write stays as the editor has it"
CREATE FUNCTION f() RETURNS int AS $body$ BEGIN SELECT 'x'; END $body$ LANGUAGE plpgsql;
--                                 ^^^^^^ - string.quoted.other.dollar.duckdb variable.parameter.duckdb
--                                        ^^^^^ keyword.other.sql
--                                              ^^^^^^ keyword.other.DML.sql
CREATE FUNCTION g() RETURNS int AS
$$
-- <-- - string.quoted.other.dollar.duckdb
BEGIN SELECT 'x'; END
-- <----- keyword.other.sql
$$ LANGUAGE plpgsql;
-- <-- - string.quoted.other.dollar.duckdb
-- ^^^^^^^^ keyword.other.sql
DELIMITER $$
SELECT 1 $$
-- <------ keyword.other.DML.sql
DELIMITER ;
SELECT [union], [Order Details by date] FROM [dbo].[2019];
--     ^^^^^^^ text.bracketed
--              ^^^^^^^^^^^^^^^^^^^^^^^ text.bracketed
--                                           ^^^^^ text.bracketed
--                                                 ^^^^^^ text.bracketed
SELECT {{ ref('x') }}, ${name} FROM {% if a %} t
--     ^^ - punctuation.section.braces.begin.duckdb
--                      ^ - punctuation.section.braces.begin.duckdb
SELECT geometry::Parse('x'), string, list(a), map, date.x, t.union
--               ^^^^^ - storage.type.duckdb storage.type.user-defined.duckdb
--                           ^^^^^^ - storage.type.duckdb
--                                   ^^^^ - storage.type.duckdb
--                                            ^^^ - storage.type.duckdb
--                                                           ^^^^^ - storage.type.duckdb
  , show
--  ^^^^ - keyword.other.data.duckdb
  , first, columns, exclude, type, source, offset
--  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - keyword.other.clause.duckdb support.function.duckdb storage.type.duckdb
FROM t WHERE @x := 1 AND a = @qualify;
--            ^ - variable.parameter.duckdb
--                            ^^^^^^^ - keyword.other.clause.duckdb
CREATE TABLE t (a int);
-- <------ meta.create.sql keyword.other.create.sql
--           ^ meta.create.sql entity.name.function.sql
