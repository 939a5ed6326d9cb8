import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from './project';

export interface Holder {
  readonly pid: number;
  /** Closes the database as a good program does. */
  close(): Promise<void>;
  /** Ends the process as a crash does: the WAL stays. */
  kill(): Promise<void>;
}

/** Another process that has a database open for writing, after it ran a statement there, and runs one again and again. */
export async function holdDatabase(file: string, statement = '', repeated = ''): Promise<Holder> {
  const child = spawn(process.execPath, [path.join(root, 'test/support/hold.mjs'), file, statement, repeated], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => {
      throw new Error(`the holder ended with ${code}`);
    }),
  ]);
  return {
    pid: child.pid ?? 0,
    close: async () => {
      child.stdin.end();
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
