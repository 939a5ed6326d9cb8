import picocolors from 'picocolors';
import type { MigrateError, Params } from '../core/errors';
import type { EngineName } from '../core/schema/model';
import type { Translate } from '../core/text/english';
import { type Language, translate } from '../core/text/translate';
import { createCodeHost } from '../engine/code/host';
import { detectFile } from '../engine/detect';
import { createDrivers, type Drivers } from '../engine/drivers';
import { loadProject } from '../project/discovery';
import type { Project } from '../project/project';
import type { Context, Progress, Running } from '../workflow/context';
import { exitCodeOf, logCauses, writeError } from './errors';
import { ProgressLine } from './progress';

/** Options that stand before or after any command. */
export interface GlobalOptions {
  readonly project?: string;
  readonly db?: string;
  readonly engine?: EngineName;
  readonly ddl?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly confirm?: string;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** What a command has to say: one JSON object for scripts, lines for people. */
export interface Outcome {
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly exitCode?: number;
  /** What failed after a part was done; the JSON carries it already. */
  readonly error?: MigrateError;
}

/** The edge of the command line: output, progress, cancellation and the engines of one run. */
export class Shell {
  readonly json: boolean;
  readonly language: Language;
  exitCode = 0;
  readonly #dist: string;
  readonly #abort = new AbortController();
  readonly #colours = picocolors.createColors(picocolors.isColorSupported && process.stderr.isTTY === true);
  readonly #said = new Set<string>();
  #plain = false;
  #verbose = false;
  #drivers: Drivers | undefined;
  #progress: ProgressLine | undefined;

  constructor(options: { readonly language: Language; readonly json: boolean; readonly dist: string }) {
    this.json = options.json;
    this.language = options.language;
    this.#dist = options.dist;
  }

  readonly text: Translate = (key: string, params: Params = {}) => translate(this.language, key, params);

  get isTerminal(): boolean {
    return process.stdout.isTTY === true && !this.json;
  }

  /** Runs one command: project, engines, progress, Ctrl+C; then prints what it has to say. */
  async run(
    options: GlobalOptions,
    action: (context: Context, running: Running) => Promise<Outcome>,
    needs?: 'engine',
  ): Promise<void> {
    this.#plain = !options.color;
    this.#verbose = options.verbose === true;
    const { env } = process;
    const drivers = createDrivers(this.#dist, { idleMs: 60_000, log: (line) => this.log(line) });
    this.#drivers = drivers;
    const project = await loadProject({
      dir: options.project ?? process.cwd(),
      env,
      cwd: process.cwd(),
      detect: detectFile,
      ...(options.db === undefined ? {} : { database: options.db }),
      ...(options.engine === undefined ? {} : { engine: options.engine }),
      ...(options.ddl === undefined ? {} : { ddl: options.ddl }),
    });
    // Its start takes as long as everything before its first use.
    if (needs === 'engine') warmFor(drivers, project);
    const onSignal = () => this.#abort.abort();
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    this.#progress = new ProgressLine(this);
    try {
      const outcome = await action(
        {
          project,
          driver: (engine) => drivers.get(engine),
          codeHost: () => createCodeHost(this.#dist, { log: (line) => this.log(line) }),
          log: (line) => this.log(line),
        },
        { signal: this.#abort.signal, onProgress: (progress: Progress) => this.#progress?.show(progress) },
      );
      this.#progress.end();
      this.exitCode = outcome.exitCode ?? 0;
      if (this.json) this.write(`${JSON.stringify({ ok: true, ...outcome.json })}\n`);
      else for (const line of outcome.lines) this.write(line.endsWith('\n') ? line : `${line}\n`);
      if (outcome.error) this.#fail(outcome.error);
    } finally {
      this.#progress.end();
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
  }

  #fail(error: MigrateError): void {
    this.exitCode = exitCodeOf(error);
    logCauses(error, this);
    if (!this.json) writeError(error, this);
  }

  /** What the user should know while a command runs. */
  note(text: string): void {
    this.pauseProgress();
    this.#said.add(text);
    this.writeError(`${this.dim(this.text('cli.note'))}: ${text}\n`);
  }

  /** Whether a note was said while the command ran, so that its result need not say it again. */
  hasSaid(text: string): boolean {
    return this.#said.has(text);
  }

  /** Clears the progress line, so that a question stands alone. */
  pauseProgress(): void {
    this.#progress?.end();
  }

  write(text: string): void {
    process.stdout.write(text);
  }

  writeError(text: string): void {
    process.stderr.write(text);
  }

  log(line: string): void {
    if (this.#verbose) process.stderr.write(`${line}\n`);
  }

  /** Bold headings, where the terminal and the user take them. */
  get headingStyle(): readonly string[] {
    return this.isTerminal && !this.#plain && picocolors.isColorSupported ? ['bold'] : [];
  }

  bad(text: string): string {
    return this.#plain ? text : this.#colours.red(text);
  }

  warn(text: string): string {
    return this.#plain ? text : this.#colours.yellow(text);
  }

  dim(text: string): string {
    return this.#plain ? text : this.#colours.dim(text);
  }

  async dispose(): Promise<void> {
    await this.#drivers?.dispose();
  }
}

/** Starts the engine of the database that a command is about; what is wrong with it is told by its first use. */
function warmFor(drivers: Drivers, { chosenDatabase, defaultDatabase }: Project): void {
  const engine = (chosenDatabase ?? defaultDatabase)?.engine ?? 'kuzu';
  if (engine !== 'ladybug') drivers.get(engine).warm();
}
