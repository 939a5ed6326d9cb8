-- SYNTAX TEST "source.sql" "section markers and directives"
-- UP
-- <-- comment.line.duckdb meta.section-marker.duckdb punctuation.definition.comment.duckdb
-- ^^ comment.line.duckdb meta.section-marker.duckdb keyword.control.section.duckdb entity.name.section.duckdb
  --  down:
--    ^^^^ keyword.control.section.duckdb entity.name.section.duckdb
// UP
-- ^^ - keyword.control.section.duckdb
-- up and away
-- ^^^^^^^^^^^ comment.line.double-dash.sql - keyword.control.section.duckdb
SELECT 1; -- UP
--        ^^^^^ comment.line.double-dash.sql - keyword.control.section.duckdb
/*
-- UP
-- <~~- comment.block - keyword.control.section.duckdb
-- transaction: none
-- ^^^^^^^^^^^ comment.block - keyword.control.directive.duckdb
/* nested */ still inside
-- ^^^^^^^^^^^^^^^^^^^^^^ comment.block
*/
SELECT '
-- UP
-- ^^ string.quoted.single.sql - keyword.control.section.duckdb
';
-- transaction: none
-- ^^^^^^^^^^^ comment.line.duckdb meta.directive.duckdb keyword.control.directive.duckdb
--            ^ comment.line.duckdb meta.directive.duckdb punctuation.separator.key-value.duckdb
--              ^^^^ comment.line.duckdb meta.directive.duckdb constant.other.directive-value.duckdb
// transaction: none
-- ^^^^^^^^^^^ - keyword.control.directive.duckdb
-- requires: 20240115120000, 3.1.0
-- ^^^^^^^^ comment.line.duckdb meta.directive.duckdb keyword.control.directive.duckdb
--           ^^^^^^^^^^^^^^ constant.other.directive-value.duckdb
--                           ^^^^^ constant.other.directive-value.duckdb
-- batch: 10000
-- ^^^^^ comment.line.duckdb meta.directive.duckdb keyword.control.directive.duckdb
--        ^^^^^ comment.line.duckdb meta.directive.duckdb constant.other.directive-value.duckdb
-- rename: app.users=app.people
-- ^^^^^^ comment.line.duckdb meta.directive.duckdb keyword.control.directive.duckdb
--         ^^^^^^^^^^^^^^^^^^^^ constant.other.directive-value.duckdb
-- batch of rows
-- ^^^^^ comment.line.double-dash.sql - keyword.control.directive.duckdb
-- reopen
-- ^^^^^^ keyword.control.directive.duckdb
-- reopen the shop
-- ^^^^^^ comment.line.double-dash.sql - keyword.control.directive.duckdb
-- lint-ignore D101, D102
-- ^^^^^^^^^^^ keyword.control.directive.duckdb
--             ^^^^ constant.other.directive-value.duckdb
--                   ^^^^ constant.other.directive-value.duckdb
-- requires care
-- ^^^^^^^^ comment.line.double-dash.sql - keyword.control.directive.duckdb
-- assert: SELECT count(*) = 0 FROM t QUALIFY a::HUGEINT > $1
-- ^^^^^^ comment.line.duckdb meta.directive.duckdb keyword.control.directive.duckdb
--         ^^^^^^ meta.embedded.inline.duckdb keyword.other.DML.sql
--                                    ^^^^^^^ meta.embedded.inline.duckdb keyword.other.clause.duckdb
--                                               ^^^^^^^ storage.type.duckdb
-- assume: SELECT 'open FROM (((
SELECT 1;
-- <------ keyword.other.DML.sql - meta.embedded.inline.duckdb string.quoted.single.sql
SELECT [1, 2
-- UP
-- ^^ keyword.control.section.duckdb entity.name.section.duckdb
SELECT by_date FROM [by date];
--                  ^^^^^^^^^ text.bracketed
