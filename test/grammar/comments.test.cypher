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
