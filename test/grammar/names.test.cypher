// SYNTAX TEST "source.kuzu-cypher" "words that are keywords in one place and names in another"
CREATE NODE TABLE Comment(type STRING, count INT64, from DATE, key STRING PRIMARY KEY);
//                ^^^^^^^ entity.name.type.table.kuzu-cypher
//                        ^^^^ variable.other.property.kuzu-cypher
//                                     ^^^^^ variable.other.property.kuzu-cypher
//                                                  ^^^^ variable.other.property.kuzu-cypher
//                                                       ^^^^ storage.type.kuzu-cypher
//                                                             ^^^ variable.other.property.kuzu-cypher
//                                                                                ^^^ keyword.other.ddl.kuzu-cypher
CREATE NODE TABLE as (id INT64 PRIMARY KEY);
//                ^^ entity.name.type.table.kuzu-cypher
//                    ^^ variable.other.property.kuzu-cypher
MATCH (node:Comment)-[rel:TO]->(set:Node) RETURN node.limit, set.skip, rel.`return`;
//     ^^^^ variable.other.readwrite.kuzu-cypher
//          ^^^^^^^ entity.name.type.label.kuzu-cypher
//                    ^^^ variable.other.readwrite.kuzu-cypher
//                        ^^ entity.name.type.label.kuzu-cypher
//                              ^^^ variable.other.readwrite.kuzu-cypher
//                                  ^^^^ entity.name.type.label.kuzu-cypher
//                                                    ^^^^^ variable.other.property.kuzu-cypher
//                                                           ^^^ variable.other.readwrite.kuzu-cypher
//                                                               ^^^^ variable.other.property.kuzu-cypher
//                                                                         ^^^^^^^^ variable.other.property.kuzu-cypher
WITH 1 AS count, 2 AS type RETURN count, type, {match: 3, delete: 4}.match;
//        ^^^^^ variable.other.alias.kuzu-cypher
//                    ^^^^ variable.other.alias.kuzu-cypher
//                                ^^^^^ variable.other.readwrite.kuzu-cypher
//                                       ^^^^ variable.other.readwrite.kuzu-cypher
//                                              ^^^^^ variable.other.property.kuzu-cypher
//                                                        ^^^^^^ variable.other.property.kuzu-cypher
//                                                                   ^^^^^ variable.other.property.kuzu-cypher
RETURN contains('ab', 'b'), 'ab' CONTAINS 'b', count(*), COUNT { MATCH (a) };
//     ^^^^^^^^ entity.name.function.kuzu-cypher
//                               ^^^^^^^^ keyword.operator.word.kuzu-cypher
//                                             ^^^^^ entity.name.function.kuzu-cypher
//                                                   ^ keyword.operator.wildcard.kuzu-cypher
//                                                       ^^^^^ keyword.operator.subquery.kuzu-cypher
COPY t FROM 'x.csv' (from='A', to='B', skip=1);
//     ^^^^ keyword.other.data.kuzu-cypher
//                   ^^^^ entity.other.attribute-name.kuzu-cypher
//                             ^^ entity.other.attribute-name.kuzu-cypher
//                                     ^^^^ entity.other.attribute-name.kuzu-cypher
MATCH (a) SET a.set = 1 DELETE a;
//        ^^^ keyword.control.clause.kuzu-cypher
//              ^^^ variable.other.property.kuzu-cypher
//                      ^^^^^^ keyword.control.clause.kuzu-cypher
CALL current_setting('threads') RETURN *;
// <---- keyword.control.clause.kuzu-cypher
//   ^^^^^^^^^^^^^^^ entity.name.function.kuzu-cypher
//                                     ^ keyword.operator.wildcard.kuzu-cypher
CALL threads = 3;
//   ^^^^^^^ support.variable.setting.kuzu-cypher
use graph;
// <--- keyword.other.data.kuzu-cypher
//  ^^^^^ entity.name.namespace.kuzu-cypher
RETURN use, update, commit, begin;
//     ^^^ variable.other.readwrite.kuzu-cypher
//          ^^^^^^ variable.other.readwrite.kuzu-cypher
//                  ^^^^^^ variable.other.readwrite.kuzu-cypher
//                          ^^^^^ variable.other.readwrite.kuzu-cypher
ALTER TABLE t ADD from DATE;
//                ^^^^ variable.other.property.kuzu-cypher
//                     ^^^^ storage.type.kuzu-cypher
ALTER TABLE t ADD FROM A TO B;
//                ^^^^ keyword.other.ddl.kuzu-cypher
//                     ^ entity.name.type.table.kuzu-cypher
//                       ^^ keyword.other.ddl.kuzu-cypher
ALTER TABLE t RENAME key TO type;
//                   ^^^ variable.other.property.kuzu-cypher
//                       ^^ keyword.other.ddl.kuzu-cypher
//                          ^^^^ variable.other.property.kuzu-cypher
