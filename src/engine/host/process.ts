import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { EngineName } from '../../core/schema/model';
import { PROGRESS_FD } from './protocol';

export interface HostLocation {
  readonly engine: EngineName;
  /** The bundled child, `dist/host.js`. */
  readonly script: string;
  /** The engine package's entry file. */
  readonly module: string;
}

/** How the process ended, as far as the system told. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const LAST_MOMENT_MS = 2000;

/** A child process and its wire. */
export class WiredProcess {
  readonly wire: MessageConnection;
  /** Resolves when the process is gone, whatever the reason. */
  readonly ended: Promise<ProcessEnd>;
  #child: ChildProcess;
  #end: ProcessEnd | undefined;

  /**
   * @param name what it is called in the log
   * @param more further pipes, from file descriptor 4 on
   */
  constructor(script: string, args: readonly string[], name: string, log: (line: string) => void, more: 'pipe'[] = []) {
    this.#child = fork(script, args, {
      // On a desktop VS Code process.execPath is Electron, which acts as Node only when told so.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [],
      serialization: 'json',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', ...more],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => log(`[${name}] ${text.trimEnd()}`));
    }
    this.ended = new Promise((resolve) => {
      const end = (value: ProcessEnd) => {
        this.#end ??= value;
        resolve(this.#end);
      };
      this.#child.once('exit', (code, signal) => end({ code, signal }));
      this.#child.once('error', (error) => {
        log(`[${name}] ${error.message}`);
        end({ code: null, signal: null });
      });
    });
    this.wire = createMessageConnection(new IPCMessageReader(this.#child), new IPCMessageWriter(this.#child));
    // A write that meets a dead process is reported by `ended`; the wire's own error adds nothing.
    this.wire.onError(([error]) => log(`[${name}] wire: ${error.message}`));
    this.wire.listen();
    this.setIdle(true);
  }

  get alive(): boolean {
    return this.#end === undefined;
  }

  /** What the process writes to a further pipe; undefined where it could not be started. */
  protected pipe(fd: number): Readable | undefined {
    return (this.#child.stdio[fd] ?? undefined) as Readable | undefined;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** An idle engine must not keep a command line program from ending. */
  setIdle(idle: boolean): void {
    const handles = [this.#child, this.#child.channel, ...this.#child.stdio] as readonly (
      | { ref?(): void; unref?(): void }
      | null
      | undefined
    )[];
    for (const handle of handles) {
      if (idle) handle?.unref?.();
      else handle?.ref?.();
    }
  }

  /** Gives a process whose wire broke a moment to end by itself, so that its own signal is told, and then ends it. */
  async endSoon(): Promise<ProcessEnd> {
    await new Promise((resolve) => setTimeout(resolve, LAST_MOMENT_MS).unref());
    return this.kill();
  }

  async kill(): Promise<ProcessEnd> {
    // Whoever waits for the end must not be ended first, for want of anything else to wait for.
    this.setIdle(false);
    // The engine has no interrupt, and its files survive a kill at any point.
    if (this.alive) this.#child.kill('SIGKILL');
    const end = await this.ended;
    this.wire.dispose();
    return end;
  }
}

/** Told of each statement: the number of its run, and its index. */
export type ProgressListener = (run: number, index: number) => void;

/** One engine process. */
export class EngineProcess extends WiredProcess {
  /** Who wants to know of the statements of the present run. */
  onProgress: ProgressListener | undefined;
  /** Resolves when everything that the process said before its end has been read. */
  readonly allRead: Promise<void>;
  #runs = 0;

  constructor(location: HostLocation, log: (line: string) => void) {
    super(location.script, [location.engine, location.module], location.engine, log, ['pipe']);
    const pipe = this.pipe(PROGRESS_FD);
    this.allRead = pipe
      ? new Promise((resolve) => {
          pipe.once('close', resolve);
        })
      : Promise.resolve();
    let rest = '';
    pipe?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [run, index] = line.split(' ');
        this.onProgress?.(Number(run), Number(index));
      }
    });
  }

  /** A number for a run that none before it had. */
  nextRun(): number {
    return ++this.#runs;
  }
}
