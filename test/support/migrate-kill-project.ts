import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { duckdbStory } from './migrate-kill-duckdb';
import { kuzuStory } from './migrate-kill-kuzu';
import type { TestEngine } from './migrations';

/** How the migrations of a project are committed: each as one, each statement by itself, or as each wants it. */
export type Mode = 'transactions' | 'step by step' | 'mixed';
export const MODES: readonly Mode[] = ['transactions', 'step by step', 'mixed'];

/** A statement of a script, and what the engine alone has to run for the same effect. */
export interface Line {
  readonly text: string;
  /** In the script above it. */
  readonly directive?: string;
  /** In slices: each of them is committed. The same statement as often as it has to be run until it changes nothing. */
  readonly slices?: number;
  /** The engine alone wants its database closed and opened before. */
  readonly settle?: true;
  /** It can't share a transaction with its note in the history. */
  readonly alone?: true;
}

/** One direction of a migration. */
export interface Way {
  readonly lines: readonly Line[];
}

export interface Chapter {
  readonly name: string;
  readonly up: readonly (string | Line)[];
  readonly down: readonly (string | Line)[];
  /** Without one transaction around it. */
  readonly alone?: true;
  /** Written in TypeScript: its statements are the calls. `none`: each call is committed, and may come once more. */
  readonly code?: 'auto' | 'none';
}

/** A migration of the project, as the tests know it. */
export interface Written {
  readonly id: string;
  readonly up: Way;
  readonly down: Way;
  /** One transaction, statement by statement, or code whose calls are committed one by one. */
  readonly kind: 'whole' | 'steps' | 'calls';
}

export const MIGRATIONS = 50;
export const FAMILIES = 5;

/** Writes a project with fifty migrations: five families of tables with a story of ten chapters each, in turn. */
export async function writeKillProject(
  dir: string,
  { engine, mode, large }: { readonly engine: TestEngine; readonly mode: Mode; readonly large: boolean },
): Promise<readonly Written[]> {
  const folder = path.join(dir, 'migrations');
  await mkdir(folder, { recursive: true });
  await mkdir(path.join(dir, 'data'));
  const databases = { dev: { path: `data/app.${engine}`, engine } };
  await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify({ databases }));
  const story = engine === 'kuzu' ? kuzuStory : duckdbStory;
  const written: Written[] = [];
  for (let at = 0; at < MIGRATIONS; at++) {
    const family = at % FAMILIES;
    const chapter = story(Math.floor(at / FAMILIES), family, mode, large);
    const id = `20240101${String(120000 + at)}`;
    const steps = chapter.alone ?? (mode === 'step by step' || (mode === 'mixed' && at % 3 === 1));
    const stem = path.join(folder, `${id}_${chapter.name}_${family}`);
    if (chapter.code) await writeFile(`${stem}.ts`, codeText(chapter));
    else await writeFile(`${stem}.${engine === 'kuzu' ? 'cypher' : 'sql'}`, scriptText(chapter, steps));
    const kind = chapter.code ? (chapter.code === 'none' ? 'calls' : 'whole') : steps ? 'steps' : 'whole';
    written.push({ id, kind, up: { lines: chapter.up.map(lineOf) }, down: { lines: chapter.down.map(lineOf) } });
  }
  return written;
}

function lineOf(line: string | Line): Line {
  return typeof line === 'string' ? { text: line } : line;
}

function scriptText({ up, down }: Chapter, steps: boolean): string {
  const list = (lines: readonly (string | Line)[]) =>
    lines
      .map(lineOf)
      .map(({ text, directive }) => `${directive === undefined ? '' : `-- ${directive}\n`}${text};\n`)
      .join('');
  return `${steps ? '-- transaction: none\n' : ''}-- UP\n${list(up)}-- DOWN\n${list(down)}`;
}

/** Calls one after another, and one that is read before. */
function codeText({ up, down, code }: Chapter): string {
  const list = (lines: readonly (string | Line)[]) =>
    lines.map((line) => `  await db.run(${JSON.stringify(lineOf(line).text)});\n`).join('');
  const head = code === 'none' ? "export const transaction = 'none';\n" : '';
  return `${head}export async function up(db) {\n${list(up)}}\n\nexport async function down(db) {\n${list(down)}}\n`;
}
