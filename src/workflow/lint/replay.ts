import { MigrateError } from '../../core/errors';
import { tableKey } from '../../core/loss/lost';
import type { MigrationFile } from '../../core/migration/types';
import { changeRows } from '../../core/report/changes';
import { diffSchemas } from '../../core/schema/diff';
import type { Schema } from '../../core/schema/model';
import { printSchema } from '../../core/schema/print';
import { scan } from '../../core/script/scan';
import type { Database } from '../../project/project';
import { type Context, checkCancelled, type Running } from '../context';
import { isDialect } from '../migrate/checksum';
import type { FileReader } from '../migrate/read-file';
import { ShadowRun } from '../migrate/shadow-run';
import { type BrokenView, brokenViews } from './broken-views';
import { type Mended, mend } from './mend';
import { probeShapes } from './probe-shapes';

/** What came of one migration in its place. */
export interface Replayed {
  readonly file: MigrationFile;
  /** The schemas that the way up found and left. */
  readonly before?: Schema;
  readonly after?: Schema;
  /** See `Look`. */
  readonly instead?: ReadonlyMap<number, string>;
  /** What a way failed with. */
  readonly failures: readonly { readonly way: 'up' | 'down'; readonly error: MigrateError }[];
  /** What is different once the way down was run: one line a change. */
  readonly notBack?: readonly string[];
  /** Views that worked before it. */
  readonly broken?: readonly BrokenView[];
  /** It ran as the fixes of its errors would make it. */
  readonly mended?: true;
  /** What kept its way down from being tried, in the engine's words. */
  readonly downNotTried?: string;
}

export interface Replay {
  /** Those asked for, and any other one that failed. */
  readonly replayed: readonly Replayed[];
  /** What could not be run, since one before it failed. */
  readonly notReplayed: readonly MigrationFile[];
}

/**
 * Runs the migrations one after the other on a throw-away database, and then their ways down, the last one first. Each
 * meets the schema that it is made for: after a way down that leads elsewhere a new database is made with it. What the
 * text alone shows to be refused runs as its fixes would make it; past one that fails nothing can run in its place.
 * @param isWanted those that are looked at; the others only lead there
 * @throws MigrateError CANCELLED
 */
export async function replayEach(
  context: Context,
  database: Database,
  reader: FileReader,
  files: readonly MigrationFile[],
  isWanted: (file: MigrationFile) => boolean,
  running: Running,
): Promise<Replay> {
  const last = files.findLastIndex(isWanted);
  const player = new Player(context, database, reader, running);
  try {
    return await player.play(files.slice(0, last + 1), isWanted);
  } finally {
    await player.close();
  }
}

interface Step {
  readonly file: MigrationFile;
  readonly mended?: Mended;
  readonly before: Schema;
  readonly after: Schema;
  readonly instead: ReadonlyMap<number, string>;
  readonly broken: readonly BrokenView[];
}

class Player {
  #shadow: ShadowRun | undefined;

  constructor(
    private readonly context: Context,
    private readonly database: Database,
    private readonly reader: FileReader,
    private readonly running: Running,
  ) {}

  async play(files: readonly MigrationFile[], isWanted: (file: MigrationFile) => boolean): Promise<Replay> {
    const steps: Step[] = [];
    const failed: Replayed[] = [];
    let schema: Schema | undefined;
    // Of one that was broken before nobody is told again.
    const brokenBefore = new Set<string>();
    let at = 0;
    while (at < files.length && failed.length === 0) {
      const file = files[at];
      if (!file) break;
      this.running.onProgress?.({ step: 'migrate', object: file.file, done: at, total: files.length });
      if (!isWanted(file)) {
        // What nobody asked about runs together up to the next one that is.
        const next = files.findIndex((one, index) => index > at && isWanted(one));
        const batch = files.slice(at, next < 0 ? files.length : next);
        const error = await this.#run(batch, 'up');
        const culprit = batch.find((one) => one.file === error?.where.file) ?? file;
        if (error) failed.push({ file: culprit, failures: [{ way: 'up', error }] });
        at += batch.length;
        schema = undefined;
        continue;
      }
      const before: Schema = schema ?? (await this.#schema());
      const mended = mend(file, before);
      const instead = await probeShapes(await this.#open(), file, before);
      const error = await this.#run([mended?.file ?? file], 'up');
      at++;
      if (error) {
        failed.push({ file, before, instead, failures: [{ way: 'up', error: mended?.asWritten(error) ?? error }] });
        break;
      }
      schema = await this.#schema();
      const now = await brokenViews(await this.#open(), schema);
      const broken = now.filter(({ view }) => !brokenBefore.has(tableKey(view)));
      brokenBefore.clear();
      for (const { view } of now) brokenBefore.add(tableKey(view));
      steps.push({ file, before, after: schema, instead, broken, ...(mended ? { mended } : {}) });
    }
    const notReplayed = failed.length > 0 ? files.slice(at).filter(isWanted) : [];
    const isWhole = failed.length === 0;
    return { replayed: [...(await this.#back(steps, isWhole)), ...failed], notReplayed };
  }

  /** @param isAtEnd whether the database is in the state that the last step left */
  async #back(steps: readonly Step[], isAtEnd: boolean): Promise<Replayed[]> {
    const found: Replayed[] = [];
    let now: Schema | undefined = isAtEnd ? steps.at(-1)?.after : undefined;
    for (const { file, before, after, instead, broken, mended } of [...steps].reverse()) {
      const replayed = { file, before, after, instead, broken, ...(mended ? { mended: true as const } : {}) };
      if (!mayGoBack(file)) {
        found.unshift({ ...replayed, failures: [] });
        continue;
      }
      // One that was left out, or led elsewhere, has this one meet a state that it isn't made for.
      const refused = now === after ? undefined : await this.#start(after);
      if (refused !== undefined) {
        found.unshift({ ...replayed, failures: [], downNotTried: refused });
        continue;
      }
      const error = await this.#run([mended?.file ?? file], 'down');
      const left = error ? undefined : await this.#schema();
      const differences = left ? changeRows(diffSchemas(before, left)) : [];
      const notBack = differences.map(({ kind, object, text }) => `${kind} ${object}: ${text}`);
      now = left && notBack.length === 0 ? before : undefined;
      found.unshift({
        ...replayed,
        failures: error ? [{ way: 'down', error: mended?.asWritten(error) ?? error }] : [],
        ...(notBack.length > 0 ? { notBack } : {}),
      });
    }
    return found;
  }

  async close(): Promise<void> {
    const shadow = this.#shadow;
    this.#shadow = undefined;
    await shadow?.close();
  }

  async #open(): Promise<ShadowRun> {
    const { engine, path: like, memoryMB } = this.database;
    const { signal } = this.running;
    this.#shadow ??= await ShadowRun.make(this.context, engine, this.reader, {
      like,
      ...(memoryMB === undefined ? {} : { memoryMB }),
      ...(signal ? { signal } : {}),
    });
    return this.#shadow;
  }

  async #schema(): Promise<Schema> {
    return (await this.#open()).schema();
  }

  /** A new database with a schema and nothing in it. @returns what is refused where that takes what is not at hand, such as an extension */
  async #start(schema: Schema): Promise<string | undefined> {
    await this.close();
    const { dialect } = this.reader;
    const statements = scan(printSchema(schema), dialect);
    const shadow = await this.#open();
    try {
      await shadow.statements(statements.map((one) => ({ ...one, file: `schema.${dialect}` })));
      return undefined;
    } catch (error) {
      if (!MigrateError.is(error, 'STATEMENT_FAILED') && !MigrateError.is(error, 'NAME_AMBIGUOUS')) throw error;
      return String(error.params.detail ?? error.code);
    }
  }

  async #run(files: readonly MigrationFile[], way: 'up' | 'down'): Promise<MigrateError | undefined> {
    checkCancelled(this.running);
    const shadow = await this.#open();
    try {
      // After the drop of a column a new pair of the same table crashes Kùzu until the database is opened again (KM304).
      if (this.reader.dialect === 'cypher' && files.some(mayAddPair)) await shadow.reopen();
      const error = await shadow.migrations(files, way);
      if (error && !isOfScript(error)) throw error;
      return error;
    } catch (error) {
      if (!MigrateError.is(error) || !isOfScript(error)) throw error;
      return error;
    }
  }
}

/** What goes wrong beside the scripts is told as it is. */
function isOfScript({ code }: MigrateError): boolean {
  return !['CANCELLED', 'ENGINE_NOT_LOADED', 'ENGINE_NOT_SUPPORTED', 'NO_SPACE', 'NO_PERMISSION', 'INTERNAL'].includes(
    code,
  );
}

/** Code may have a way down, which only loading it tells. */
function mayGoBack({ language, down, upText }: MigrationFile): boolean {
  return down !== undefined || !isDialect(language) || /^[^\S\n\r]*(?:--|\/\/)\s*DOWN\b/im.test(upText);
}

function mayAddPair({ language, upText, down }: MigrationFile): boolean {
  return !isDialect(language) || [upText, down?.text ?? ''].some((text) => /\bADD\b[^;]*\bFROM\b/i.test(text));
}
