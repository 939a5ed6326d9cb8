import type { LossCase, LossDatabase } from '../../support/loss-case';

const nodeTable = (name: string) => `CREATE NODE TABLE \`${name}\`(id INT64 PRIMARY KEY)`;
const nodes = ['MATCH (t) RETURN label(t) AS l, t.id AS id ORDER BY l, id'];
const edges = ['MATCH (a)-[r]->(b) RETURN label(r) AS l, a.id AS f, b.id AS t ORDER BY l, f, t'];

const oneNode = (name: string): LossDatabase => ({
  statements: [nodeTable(name), `CREATE (:\`${name}\` {id: 1})`],
  checks: ['MATCH (t) RETURN count(*) AS n'],
});

export const nameCases: readonly LossCase[] = [
  {
    title: 'two rel tables whose names run together overwrite each other',
    loses: {
      statements: [
        nodeTable('b_c'),
        nodeTable('c'),
        'CREATE REL TABLE a(FROM `b_c` TO c)',
        'CREATE REL TABLE `a_b`(FROM c TO c)',
        'CREATE (:`b_c` {id: 1})-[:a]->(x:c {id: 2}), (x)-[:`a_b`]->(:c {id: 1})',
      ],
      checks: edges,
    },
    keeps: {
      statements: [
        nodeTable('bc'),
        nodeTable('c'),
        'CREATE REL TABLE a(FROM bc TO c)',
        'CREATE REL TABLE `a_b`(FROM c TO c)',
        'CREATE (:bc {id: 1})-[:a]->(x:c {id: 2}), (x)-[:`a_b`]->(:c {id: 1})',
      ],
      checks: edges,
    },
  },
  {
    title: 'a node table can have the name of a pair, too',
    loses: {
      statements: [
        nodeTable('P'),
        nodeTable('K_P_P'),
        'CREATE REL TABLE K(FROM P TO P)',
        'CREATE (p:P {id: 1})-[:K]->(p), (:`K_P_P` {id: 7})',
      ],
      checks: nodes,
    },
    keeps: {
      statements: [
        nodeTable('P'),
        nodeTable('K_P'),
        'CREATE REL TABLE K(FROM P TO P)',
        'CREATE (p:P {id: 1})-[:K]->(p), (:`K_P` {id: 7})',
      ],
      checks: nodes,
    },
  },
  {
    title: 'a key that needs quotes stops the export as soon as a rel table uses it',
    loses: {
      statements: [
        'CREATE NODE TABLE T(`my id` INT64 PRIMARY KEY)',
        'CREATE REL TABLE R(FROM T TO T)',
        'CREATE (t:T {`my id`: 7})-[:R]->(t)',
      ],
      checks: ['MATCH (a:T)-[:R]->(b:T) RETURN a.`my id` AS f, b.`my id` AS t'],
    },
    keeps: {
      statements: ['CREATE NODE TABLE T(`my id` INT64 PRIMARY KEY)', 'CREATE (:T {`my id`: 1})'],
      checks: ['MATCH (t:T) RETURN t.`my id`'],
    },
  },
  {
    title: 'a reserved word stops the export of the schema, too; letters of other languages do not',
    loses: {
      statements: ['CREATE NODE TABLE T(`order` INT64 PRIMARY KEY)', 'CREATE REL TABLE R(FROM T TO T)'],
      checks: [],
      schemaOnly: true,
    },
    keeps: {
      statements: ['CREATE NODE TABLE T(`ключ` INT64 PRIMARY KEY)', 'CREATE REL TABLE R(FROM T TO T)'],
      checks: ["CALL table_info('T') RETURN *"],
      schemaOnly: true,
    },
  },
  {
    title: 'a rel property called from or to is in the way of the keys of both ends',
    loses: {
      statements: [nodeTable('T'), 'CREATE REL TABLE R(FROM T TO T, `From` INT64)'],
      checks: edges,
    },
    keeps: {
      statements: [
        nodeTable('T'),
        'CREATE REL TABLE R(FROM T TO T, `from_` INT64)',
        'CREATE (t:T {id: 1})-[:R {`from_`: 5}]->(t)',
      ],
      checks: ['MATCH ()-[r:R]->() RETURN r.`from_`'],
    },
  },
  { title: 'a slash in a table name', loses: oneNode('a/b'), keeps: oneNode('a-b') },
  { title: 'a double quote in a table name', loses: oneNode('a"b'), keeps: oneNode("a'b") },
  { title: 'a backslash in a table name', loses: oneNode('a\\b'), keeps: oneNode('a|b') },
  { title: 'a set in brackets in a table name', loses: oneNode('a[b]'), keeps: oneNode('a[]b') },
  { title: 'a letter and a colon at the beginning', loses: oneNode('a:b'), keeps: oneNode('ab:c') },
  {
    title: 'a name too long for a file',
    loses: oneNode('日'.repeat(83)),
    keeps: oneNode('日'.repeat(82)),
  },
  {
    title: 'the three names of a pair, together too long for a file',
    loses: {
      statements: [
        nodeTable('n'.repeat(100)),
        `CREATE REL TABLE ${'r'.repeat(50)}(FROM ${'n'.repeat(100)} TO ${'n'.repeat(100)})`,
      ],
      checks: edges,
    },
    keeps: {
      statements: [
        nodeTable('n'.repeat(90)),
        `CREATE REL TABLE ${'r'.repeat(50)}(FROM ${'n'.repeat(90)} TO ${'n'.repeat(90)})`,
      ],
      checks: edges,
    },
  },
  {
    title: 'a star reads the file of another table, too',
    loses: {
      statements: [nodeTable('a*'), nodeTable('ab'), 'CREATE (:`a*` {id: 1}), (:ab {id: 2})'],
      checks: nodes,
    },
    keeps: {
      statements: [nodeTable('a*'), nodeTable('ba'), 'CREATE (:`a*` {id: 1}), (:ba {id: 2})'],
      checks: nodes,
    },
  },
  {
    title: 'so does a question mark',
    loses: {
      statements: [nodeTable('a?'), nodeTable('ab'), 'CREATE (:`a?` {id: 1}), (:ab {id: 2})'],
      checks: nodes,
    },
    keeps: {
      statements: [nodeTable('a?'), nodeTable('abc'), 'CREATE (:`a?` {id: 1}), (:abc {id: 2})'],
      checks: nodes,
    },
  },
  {
    title: 'a single quote in a node table breaks the rel tables at it',
    loses: {
      statements: [nodeTable("it's"), "CREATE REL TABLE R(FROM `it's` TO `it's`)"],
      checks: edges,
    },
    keeps: {
      statements: [nodeTable('T'), "CREATE REL TABLE `it's`(FROM T TO T)", "CREATE (t:T {id: 1})-[:`it's`]->(t)"],
      checks: edges,
    },
  },
  {
    title: 'a single quote in a sequence name',
    loses: { statements: ["CREATE SEQUENCE `it's`", "RETURN nextval('it\\'s')"], checks: [] },
    keeps: {
      statements: ['CREATE SEQUENCE `it"s`', "RETURN nextval('it\"s')"],
      checks: ["RETURN nextval('it\"s') AS v"],
    },
  },
  {
    title: 'a backslash in the name of a table with a SERIAL column',
    loses: { statements: ['CREATE NODE TABLE `a\\b`(id SERIAL PRIMARY KEY)'], checks: [], schemaOnly: true },
    keeps: { statements: ['CREATE NODE TABLE `a\\b`(id INT64 PRIMARY KEY)'], checks: [], schemaOnly: true },
  },
];
