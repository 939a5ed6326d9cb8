-- Adds an address to users, and their cities.
-- transaction: none
-- requires: 20240115120000, 3.1.0
-- lint-ignore: K102, K103
-- assume: MATCH (u:User) WHERE u.email IS NULL RETURN count(u) = 0
// assert: MATCH (u:User {name: 'Ann'}) RETURN count(*) = 1
-- UP
CREATE NODE TABLE City(name STRING PRIMARY KEY, population INT64 DEFAULT 0);
CREATE REL TABLE lives_in(FROM User TO City, MANY_ONE);
-- reopen
ALTER TABLE User ADD address STRING DEFAULT '';

// the cities, from the old column
MATCH (u:User)
WHERE u.city IS NOT NULL
MERGE (c:City {name: u.city})
CREATE (u)-[:lives_in]->(c);

ALTER TABLE User DROP city;

-- DOWN
ALTER TABLE User ADD city STRING;
MATCH (u:User)-[:lives_in]->(c:City)
SET u.city = c.name;
DROP TABLE lives_in;
DROP TABLE City;
ALTER TABLE User DROP address;
