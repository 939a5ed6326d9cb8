#!/usr/bin/env node
// Makes the sample project, a requirements graph with two exported versions: node scripts/sample.mjs FOLDER
// Everything is made through our own command line, but for the Cypher that fills the database.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { endWithChildren, mustRun } from './lib/process.mjs';
import { sampleMigrations, sampleRows } from './lib/sample-data.mjs';

const queries = {
  'open_requirements.cypher': `// Requirements that wait for others which nobody has verified
MATCH (r:Requirement)-[d:depends_on]->(needed:Requirement)
WHERE r.status = 'approved' AND needed.status <> 'verified'
RETURN r.id, r.title, needed.id, needed.status, d.reason
ORDER BY r.priority, r.id;
`,
  'load_by_component.cypher': `// How many requirements each component satisfies
MATCH (r:Requirement)-[:satisfied_by]->(c:Component)
RETURN c.name, count(*) AS requirements
ORDER BY requirements DESC, c.name;
`,
};

const readme = `# A requirements graph

A sample project of Kuzu Migrate. The database \`data/requirements.kuzu\` holds requirements, the components that satisfy
them, and the test cases that verify them. Three of its four migrations are applied, the last one is pending. It was
exported twice, with a change of the schema in between.

Open the *Kuzu Migrate* view in the activity bar, then:

1. Right-click \`v1.0.0\` and compare it with \`v1.1.0\`.
2. Click \`data/requirements.kuzu\` in the Explorer to see its tables and rows.
3. Click the pending script to read it, run *Dry Run* from its menu to see what it would do, then *Apply All Pending*.
4. Export a version of your own, and roll back to \`v1.0.0\`: the database as it was is kept as a backup.

This folder may be deleted at any time; \`npm start\` makes it anew.
`;

/**
 * @param {string} folder must not exist; it appears when the project is whole
 * @param {(line: string) => void} [say] gets one line per thing done
 * @throws when a step fails, with the output of the program that failed
 */
export async function makeSample(folder, say = () => undefined) {
  if (existsSync(folder)) throw new Error(`${folder} exists already`);
  // A run that was killed may have left its half behind.
  const fresh = `${folder}.tmp`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    await fill(fresh, say);
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function fill(project, say) {
  const database = path.join(project, 'data/requirements.kuzu');
  for (const name of ['data', 'migrations', 'dql']) mkdirSync(path.join(project, name));
  writeFileSync(path.join(project, 'README.md'), readme);
  for (const [name, text] of Object.entries(queries)) writeFileSync(path.join(project, 'dql', name), text);
  for (const { file, up, down } of sampleMigrations) {
    const section = (title, statements) => `-- ${title}\n${statements.map((statement) => `${statement};\n`).join('')}`;
    writeFileSync(path.join(project, 'migrations', file), `${section('UP', up)}\n${section('DOWN', down)}`);
  }
  const [, components, tests] = sampleMigrations.map(({ file }) => file);
  const { first, later } = sampleRows();
  await command(project, ['--db', database, 'up', '--to', components], say);
  await command(project, ['init'], say);
  await load(project, database, first);
  await command(project, ['export', '--version', 'v1.0.0'], say);
  // It drops a column, so that a backup is made of what was there.
  await command(project, ['up', '--to', tests], say);
  await load(project, database, later);
  await command(project, ['export', '--version', 'v1.1.0'], say);
}

async function command(project, args, say) {
  // A person's own settings must not send these commands to another database.
  const env = { ...process.env, KUZU_DB_PATH: undefined, KUZU_DDL_DIR: undefined };
  await mustRun(process.execPath, [path.join(root, 'dist/cli.js'), '--project', project, '--yes', ...args], { env });
  say(`kuzu-migrate ${args.join(' ').replace(`${project}${path.sep}`, '')}`);
}

/** Loads the rows from CSV files beside the project's own. */
async function load(project, database, rows) {
  const folder = mkdtempSync(path.join(project, 'load-'));
  try {
    const copies = Object.entries(rows).map(([table, lines]) => {
      const file = path.join(folder, `${table}.csv`);
      writeFileSync(file, lines.map((cells) => `${cells.map((cell) => `"${cell}"`).join(',')}\n`).join(''));
      return `COPY ${table} FROM '${file.replaceAll('\\', '/')}'`;
    });
    const runner = path.join(root, 'scripts/lib/run-cypher.mjs');
    await mustRun(process.execPath, [runner, database], { input: JSON.stringify(copies) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  endWithChildren();
  await makeSample(path.resolve(process.argv[2] ?? 'sample'), (line) => console.log(line));
}
