MATCH (a:User:Admin)-[e:knows|likes|:follows]->(b), (c)<-[:knows]-(d), (x)-[]-(y), (m)--(n), (m)-->(n), (m)<--(n) RETURN *;
MATCH p = (a:User)-[:knows*1..3]->(b:User {name: 'Bob', age: 3}) RETURN nodes(p), length(p), p;
MATCH (a)-[e*]->(b), (a)-[* ..3]->(b), (a)-[:T*2..]-(b), (a)-[:T*4]-(b) RETURN e;
MATCH (a)-[e:knows* SHORTEST 1..4]->(b) RETURN e;
MATCH (a)-[e:knows* ALL SHORTEST 1..4]->(b) RETURN e;
MATCH (a)-[e:knows* WSHORTEST(weight)]->(b) RETURN cost(e);
MATCH (a)-[e:knows* ALL WSHORTEST (weight) 1..3]->(b) RETURN e;
MATCH (a)-[e* TRAIL 1..3]->(b), (a)-[f* ACYCLIC 1..3]->(b) RETURN e;
MATCH (a)-[e:knows*1..3 (r, n | WHERE r.since < 2000 AND n.age > 1 | {r.since, r.kind}, {n.name})]->(b) RETURN rels(e);
MATCH (a:`Test case`)-[:`depends on`]->(:`odd:name`) RETURN a.`two words`;
MATCH (a)
  -[:knows]->
  (b)
-->(c)
RETURN a;
