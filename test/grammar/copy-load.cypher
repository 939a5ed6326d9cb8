COPY User FROM 'user.csv';
COPY User FROM "user.csv" (HEADER = true, delim=';', QUOTE '"', skip 2, NULL_STRINGS=['', 'NA'], parallel=FALSE);
COPY User (name, age) FROM ['a.csv', "b.csv"] (ignore_errors);
COPY `Test case` FROM glob('cases/*.parquet');
COPY depends_on FROM 'd.csv' (from='Requirement', to='Requirement');
COPY User FROM (LOAD FROM 'u.json' WHERE age > 3 RETURN name, CAST(age AS INT32));
COPY Adult FROM (
  MATCH (u:User)
  WHERE u.age >= 18
  RETURN u.*
);
COPY User FROM $rows;
COPY User FROM frame;
COPY User FROM other.people (file_format='csv');
COPY User FROM read_rows('x', 3);
COPY Matrix FROM ('x.npy', 'y.npy') BY COLUMN;
COPY (MATCH (u:User) RETURN u.name AS name, count(*) AS n) TO 'out.csv' (header=true);
copy (
  unwind [1, 2] as i
  return i
) to "out.parquet";
LOAD FROM 'user.csv' RETURN *;
LOAD FROM 'user.csv' (header = true, delim = '|') WHERE column0 <> 'x' RETURN column0 LIMIT 3;
LOAD WITH HEADERS (name STRING, age INT64) FROM "user.csv" (header=false) RETURN name, age + 1 AS next;
LOAD FROM glob('*.csv') RETURN count(*);
LOAD FROM $frame WITH a AS b RETURN b;
LOAD FROM 'ids.csv' MATCH (u:User {id: CAST(column0, 'INT64')}) SET u.seen = true;
