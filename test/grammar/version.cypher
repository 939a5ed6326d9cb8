CREATE NODE TABLE `Requirement` (`id` STRING,`title` STRING,`priority` INT8,`tags` STRING[],`vec` FLOAT[3],`estimate` DECIMAL(10, 2),`meta` STRUCT(owner STRING, due DATE), PRIMARY KEY(`id`));
CREATE NODE TABLE `Test case` (`id` SERIAL,`body` STRING,`state` UNION(passed BOOL, note STRING),`seen` MAP(STRING, TIMESTAMP), PRIMARY KEY(`id`));
CREATE REL TABLE `depends_on` (FROM `Requirement` TO `Requirement`, `since` DATE,`weight` DOUBLE,MANY_MANY);
CREATE REL TABLE `verifies` (FROM `Test case` TO `Requirement`, MANY_ONE);
DROP SEQUENCE IF EXISTS `Test case_id_serial`;
CREATE SEQUENCE IF NOT EXISTS `Test case_id_serial` START 0 INCREMENT 1 MINVALUE 0 MAXVALUE 9223372036854775807 NO CYCLE;
RETURN nextval('Test case_id_serial');
DROP SEQUENCE IF EXISTS `ticket`;
CREATE SEQUENCE IF NOT EXISTS `ticket` START 10 INCREMENT 5 MINVALUE 1 MAXVALUE 1000  CYCLE;
RETURN nextval('ticket');
CREATE MACRO `BUMP` (x,y:=3) AS x + y * 2;
CREATE MACRO `0_REQ_TEXT_TOKENIZE` (query) AS string_split(lower(regexp_replace(
                            CAST(query as STRING),
                            '[0-9!@#$%^&*()_+={}\\[\\]:;<>,.?~\\/\\|\'"`-]+',
                            ' ',
                            'g')), ' ');
COPY `Requirement` (`id`,`title`,`priority`,`tags`,`vec`,`estimate`,`meta`) FROM "Requirement.csv" (header=true, parallel=true);
COPY `Test case` (`id`,`body`,`state`,`seen`) FROM "Test case.csv" (header=true, parallel=true);
COPY `depends_on` (`since`,`weight`) FROM "depends_on_Requirement_Requirement.csv" (to='Requirement', from='Requirement', header=true, parallel=true);
COPY `verifies` FROM "verifies_Test case_Requirement.csv" (to='Requirement', from='Test case', header=true, parallel=true);
CALL CREATE_FTS_INDEX('Requirement', 'req_text', ['title'], stemmer := 'english', stopWords := 'default');
CALL CREATE_VECTOR_INDEX('Requirement', 'req_vec', 'vec', mu := 30, ml := 60, pu := 0.050000, metric := 'cosine', alpha := 1.100000, efc := 200);
