// SYNTAX TEST "source.kuzu-cypher" "section markers and header directives"
-- UP
// <-- comment.line.kuzu-cypher meta.section-marker.kuzu-cypher punctuation.definition.comment.kuzu-cypher
// ^^ comment.line.kuzu-cypher meta.section-marker.kuzu-cypher keyword.control.section.kuzu-cypher entity.name.section.kuzu-cypher
-- DOWN
// ^^^^ keyword.control.section.kuzu-cypher entity.name.section.kuzu-cypher
// UP
// ^^ keyword.control.section.kuzu-cypher entity.name.section.kuzu-cypher
  //  down:
//    ^^^^ keyword.control.section.kuzu-cypher entity.name.section.kuzu-cypher
--DOWN
//^^^^ keyword.control.section.kuzu-cypher entity.name.section.kuzu-cypher
-- up and away
// ^^^^^^^^^^^ comment.line.double-dash.kuzu-cypher - keyword.control.section.kuzu-cypher
// DOWNLOAD
// ^^^^^^^^ comment.line.double-slash.kuzu-cypher - keyword.control.section.kuzu-cypher
-- transaction: none
// ^^^^^^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//            ^ comment.line.kuzu-cypher meta.directive.kuzu-cypher punctuation.separator.key-value.kuzu-cypher
//              ^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
// transaction: none
// ^^^^^^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//              ^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
-- requires: 20240115120000, 3.1.0
// ^^^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//           ^^^^^^^^^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
//                         ^ punctuation.separator.comma.kuzu-cypher
//                           ^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
-- reopen
// ^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
-- reopen the shop
// ^^^^^^ comment.line.double-dash.kuzu-cypher - keyword.control.directive.kuzu-cypher
-- lint-ignore K102
// ^^^^^^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//             ^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
-- lint-ignore: K102
// ^^^^^^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//              ^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
-- batch: 10000
// ^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//        ^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
// batch: 10000
// ^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
-- rename: User=Person, Person.email=mail
// ^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//         ^^^^^^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher constant.other.directive-value.kuzu-cypher
//                    ^ punctuation.separator.comma.kuzu-cypher
//                      ^^^^^^^^^^^^^^^^^ constant.other.directive-value.kuzu-cypher
-- rename the table
// ^^^^^^ comment.line.double-dash.kuzu-cypher - keyword.control.directive.kuzu-cypher
-- batch of rows
// ^^^^^ comment.line.double-dash.kuzu-cypher - keyword.control.directive.kuzu-cypher
-- lint-ignored
// ^^^^^^^^^^^^ comment.line.double-dash.kuzu-cypher - keyword.control.directive.kuzu-cypher
MATCH (u:User) WITH u LIMIT $batch SET u.a = $name;
//                          ^ variable.parameter.kuzu-cypher punctuation.definition.variable.kuzu-cypher
//                           ^^^^^ variable.language.batch.kuzu-cypher
//                                            ^^^^ variable.parameter.kuzu-cypher - variable.language.batch.kuzu-cypher
-- requires care
// ^^^^^^^^ comment.line.double-dash.kuzu-cypher - keyword.control.directive.kuzu-cypher
-- assert: MATCH (u:User) RETURN count(u) = 0
// ^^^^^^ comment.line.kuzu-cypher meta.directive.kuzu-cypher keyword.control.directive.kuzu-cypher
//         ^^^^^ meta.embedded.inline.kuzu-cypher keyword.control.clause.kuzu-cypher
//                  ^^^^ entity.name.type.label.kuzu-cypher
-- assume: MATCH (u:User {name: 'open) RETURN (count(*
RETURN 1;
// <------ keyword.control.clause.kuzu-cypher - string.quoted.single.kuzu-cypher meta.embedded.inline.kuzu-cypher
CREATE REL TABLE unfinished(FROM A TO B)
//               ^^^^^^^^^^ entity.name.type.table.kuzu-cypher
-- UP
// ^^ keyword.control.section.kuzu-cypher entity.name.section.kuzu-cypher
RETURN n;
// <------ keyword.control.clause.kuzu-cypher - meta.statement.create-table.kuzu-cypher
//     ^ variable.other.readwrite.kuzu-cypher
