CALL show_tables() RETURN *;
CALL show_tables() WHERE type = 'NODE' RETURN name, comment ORDER BY name;
CALL table_info('User') YIELD name AS property, type RETURN property, type;
CALL CREATE_FTS_INDEX('Requirement', 'text', ['title', 'body'], stemmer := 'english');
CALL QUERY_VECTOR_INDEX('Doc', 'vec', [0.1, 0.2, -3e-1], 3, efs := 500) YIELD node AS n, distance RETURN n.id;
CALL threads = 4;
CALL home_directory='/tmp';
MATCH (u:User) CALL table_info('User') RETURN u, type;
BEGIN TRANSACTION;
begin transaction read only;
COMMIT;
ROLLBACK;
CHECKPOINT;
/* the last */ COMMIT // done
;
EXPLAIN MATCH (u:User) RETURN u;
EXPLAIN LOGICAL MATCH (u:User) RETURN u;
PROFILE MATCH (u:User) RETURN count(*);
explain commit;
