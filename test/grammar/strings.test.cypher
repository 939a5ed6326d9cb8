// SYNTAX TEST "source.kuzu-cypher" "strings, escapes and quoted names"
RETURN 'a\'b', "c\"d";
//      ^ string.quoted.single.kuzu-cypher
//       ^^ string.quoted.single.kuzu-cypher constant.character.escape.kuzu-cypher
//         ^ string.quoted.single.kuzu-cypher
//             ^ string.quoted.double.kuzu-cypher punctuation.definition.string.begin.kuzu-cypher
//               ^^ string.quoted.double.kuzu-cypher constant.character.escape.kuzu-cypher
RETURN '\\', '\n\T\b\F\r', '\u00e9\U0001F600';
//      ^^ constant.character.escape.kuzu-cypher
//            ^^^^^^^^^^ constant.character.escape.kuzu-cypher
//                          ^^^^^^ constant.character.escape.kuzu-cypher
//                                ^^^^^^^^^^ constant.character.escape.kuzu-cypher
RETURN '\q', '\u12', "\x41";
//      ^^ invalid.illegal.unknown-escape.kuzu-cypher
//            ^^ invalid.illegal.unknown-escape.kuzu-cypher
//              ^^ string.quoted.single.kuzu-cypher - invalid.illegal.unknown-escape.kuzu-cypher
//                    ^^ invalid.illegal.unknown-escape.kuzu-cypher
RETURN 'it' 's';
//      ^^ string.quoted.single.kuzu-cypher
//           ^ string.quoted.single.kuzu-cypher
RETURN 'over
-- UP
// <----- string.quoted.single.kuzu-cypher - keyword.control.section.kuzu-cypher
lines' ;
// <----- string.quoted.single.kuzu-cypher
//     ^ punctuation.terminator.statement.kuzu-cypher
MATCH (a:`it's (odd)`) RETURN a.`two words`, a.`x``y`;
//       ^^^^^^^^^^^^ entity.name.type.label.kuzu-cypher - string.quoted.single.kuzu-cypher
//                              ^^^^^^^^^^^ variable.other.property.kuzu-cypher
//                                             ^^^^^^ variable.other.property.kuzu-cypher
RETURN $p, $1, $`odd one`, a$b;
//     ^ variable.parameter.kuzu-cypher punctuation.definition.variable.kuzu-cypher
//      ^ variable.parameter.kuzu-cypher
//          ^ variable.parameter.kuzu-cypher
//              ^^^^^^^^^ variable.parameter.kuzu-cypher
//                         ^^^ variable.other.readwrite.kuzu-cypher
