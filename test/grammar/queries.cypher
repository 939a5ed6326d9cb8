MATCH (u:User)
WHERE u.age > 30 AND NOT (u.name STARTS WITH 'A' OR u.name ENDS WITH "z") XOR u.email IS NOT NULL
RETURN DISTINCT u.name AS name, u.*
ORDER BY name DESCENDING, u.age ASC
SKIP 5 LIMIT $limit;
OPTIONAL MATCH (u:User)-[:likes]->(r:Requirement)
WITH u, count(r) AS n, collect(DISTINCT r.id) AS ids
WHERE n >= 2 AND 'R-1' IN ids
RETURN u.name, n UNION ALL MATCH (u:User) RETURN u.name, 0 UNION RETURN 'x', 1;
UNWIND [1, 2, 3] AS i
CREATE (:Requirement {id: i, title: concat('R-', i)});
CREATE (a:User {name: 'Ann'})-[:likes {since: date('2024-01-01')}]->(b:User {name: 'Bob'}), (c:User);
MERGE (u:User {name: $name})
  ON CREATE SET u.created = current_timestamp(), u.count = 1
  ON MATCH SET u.count = u.count + 1
RETURN u;
MATCH (u:User {name: 'Ann'}) SET u.age = 31, u.tags = ['a', 'b'], u.email = NULL;
MATCH (u:User)-[l:likes]->() DELETE l;
MATCH (u:User) DETACH DELETE u RETURN u.*;
MATCH (u:User) WHERE EXISTS { MATCH (u)-[:likes]->(:Requirement {open: true}) WHERE u.age < 9 } RETURN COUNT { MATCH (u)<-[]-(v) } AS fans;
MATCH (a)-[]->(b)-[]->(c) HINT (a JOIN b) JOIN c RETURN *;
MATCH (a)-[e]->(b) HINT (a JOIN e) MULTI_JOIN b RETURN *;
RETURN CASE WHEN 1 < 2 THEN 'less' ELSE 'more' END, CASE u.age WHEN 1 THEN TRUE END AS flag;
