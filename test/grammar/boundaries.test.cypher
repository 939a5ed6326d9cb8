// SYNTAX TEST "source.kuzu-cypher" "where a statement ends, with or without a semicolon"
CREATE NODE TABLE A(id INT64, PRIMARY KEY (id))
create node table B(id INT64, PRIMARY KEY (id))
// <------ keyword.other.ddl.kuzu-cypher
//                ^ entity.name.type.table.kuzu-cypher
ALTER TABLE A DROP x
//                 ^ variable.other.property.kuzu-cypher
COPY A From 'a.csv'
// <---- keyword.other.data.kuzu-cypher
//   ^ entity.name.type.table.kuzu-cypher
//     ^^^^ keyword.other.data.kuzu-cypher
COPY B FROM 'b.csv'
// <---- keyword.other.data.kuzu-cypher
//   ^ entity.name.type.table.kuzu-cypher
CREATE MACRO f(x) AS x + 1
//           ^ entity.name.function.macro.kuzu-cypher
//             ^ variable.parameter.kuzu-cypher
CREATE SEQUENCE s
//              ^ entity.name.type.sequence.kuzu-cypher
MATCH (a:A) RETURN a
// <----- keyword.control.clause.kuzu-cypher - meta.statement.create-sequence.kuzu-cypher
//       ^ entity.name.type.label.kuzu-cypher
COMMIT
// <------ keyword.control.transaction.kuzu-cypher
RETURN 1; COMMIT; RETURN (2; RETURN 3;
//        ^^^^^^ keyword.control.transaction.kuzu-cypher
//              ^ punctuation.terminator.statement.kuzu-cypher
CREATE NODE TABLE Open(id INT64, s STRUCT(a;
RETURN 1;
// <------ keyword.control.clause.kuzu-cypher - meta.statement.create-table.kuzu-cypher
COPY (MATCH (a) RETURN a.*) TO 'x.csv' (header=true); RETURN 1;
//                          ^^ keyword.other.data.kuzu-cypher
//                                      ^^^^^^ entity.other.attribute-name.kuzu-cypher
//                                                    ^^^^^^ keyword.control.clause.kuzu-cypher - meta.statement.copy.kuzu-cypher
