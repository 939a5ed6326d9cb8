// SYNTAX TEST "source.kuzu-cypher" "comments as the engine and the migration tool read them"
-- for people; it's stripped
// <---------------------------- comment.line.double-dash.kuzu-cypher
  -- indented
//^^ comment.line.double-dash.kuzu-cypher punctuation.definition.comment.kuzu-cypher
RETURN 1 -- 2;
//       ^ keyword.operator.arithmetic.kuzu-cypher - comment.line.double-dash.kuzu-cypher
//          ^ constant.numeric.integer.kuzu-cypher
MATCH (a)--(b)
//       ^^ keyword.operator.arrow.kuzu-cypher
--(c) RETURN a;
// <----- - comment.line.double-dash.kuzu-cypher
//    ^^^^^^ keyword.control.clause.kuzu-cypher
MATCH (a)
// <----- keyword.control.clause.kuzu-cypher
-->(b) RETURN a;
// <--- keyword.operator.arrow.kuzu-cypher
//     ^^^^^^ keyword.control.clause.kuzu-cypher
RETURN 1; // RETURN 2
//        ^^ comment.line.double-slash.kuzu-cypher punctuation.definition.comment.kuzu-cypher
//           ^^^^^^^^ comment.line.double-slash.kuzu-cypher
RETURN 1 // RETURN 2
//       ^^ comment.line.double-slash.kuzu-cypher punctuation.definition.comment.kuzu-cypher
//          ^^^^^^^^ comment.line.double-slash.kuzu-cypher
RETURN 1; -- RETURN 2
//        ^^ comment.line.double-dash.kuzu-cypher punctuation.definition.comment.kuzu-cypher
//           ^^^^^^^^ comment.line.double-dash.kuzu-cypher
RETURN 1; RETURN 2 -- 3;
//                 ^ keyword.operator.arithmetic.kuzu-cypher
RETURN /* ; */ 3;
//     ^^^^^^^ comment.block.kuzu-cypher
//             ^ constant.numeric.integer.kuzu-cypher
/** closed by three stars ***/ RETURN 4;
//                             ^^^^^^ keyword.control.clause.kuzu-cypher
/** two stars do not close it **/ RETURN 5;
//                                ^^^^^^^^^ comment.block.kuzu-cypher
still inside */ RETURN 6;
// <------------ comment.block.kuzu-cypher
//              ^^^^^^ keyword.control.clause.kuzu-cypher - comment.block.kuzu-cypher
RETURN 6; // and a word
--> no arrow, since no statement is open
// <~~----------------------------------- comment.line.double-dash.kuzu-cypher
--(nor here)
// <~~---------- comment.line.double-dash.kuzu-cypher
-- UP
// ^^ keyword.control.section.kuzu-cypher
RETURN 7;  RETURN 8
//         ^^^^^^ keyword.control.clause.kuzu-cypher
-->(b);
// <--- keyword.operator.arrow.kuzu-cypher
