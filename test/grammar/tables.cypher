CREATE NODE TABLE User(name STRING, age INT64 DEFAULT 18, PRIMARY KEY (name));
CREATE NODE TABLE IF NOT EXISTS Requirement (
  id SERIAL PRIMARY KEY, // numbered by the engine
  title STRING DEFAULT 'untitled',
  /* in days */ estimate DECIMAL(10, 2) DEFAULT (1 + 2) * 3,
  created TIMESTAMP DEFAULT current_timestamp(),
-- a remark in the middle
  `two words` STRING[]
);
create node table Adult as match (u:User) where u.age > 17 return u.name, u.age;
CREATE REL TABLE depends_on(FROM Requirement TO Requirement, since DATE, MANY_ONE);
CREATE REL TABLE IF NOT EXISTS verifies (
  FROM User TO Requirement,
  FROM `Test case` TO Requirement,
  note STRING,
  many_many
) WITH (storage_direction = 'fwd');
CREATE REL TABLE GROUP likes(FROM User TO User, FROM User TO Requirement, ONE_ONE);
CREATE REL TABLE knows(FROM User TO User) AS MATCH (a:User)-[:likes]->(b:User) RETURN a.name, b.name;
CREATE
  NODE TABLE Late(id INT64 PRIMARY KEY);
