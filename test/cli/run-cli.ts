import { spawn } from 'node:child_process';
import path from 'node:path';
import { dist } from '../support/project';

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a user's shell does, without a terminal, in English unless told otherwise. */
export async function runCli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const child = spawn(process.execPath, [path.join(dist, 'cli.js'), ...args], {
    cwd,
    env: {
      ...process.env,
      LC_ALL: '',
      LC_MESSAGES: '',
      LANG: 'C.UTF-8',
      KUZU_DB_PATH: undefined,
      KUZU_DDL_DIR: undefined,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  return { code, stdout, stderr };
}

/** The one JSON object that `--json` prints. */
export async function runJson(
  cwd: string,
  args: readonly string[],
): Promise<{ code: number | null; json: Record<string, never> & { ok: boolean }; stderr: string }> {
  const { code, stdout, stderr } = await runCli(cwd, [...args, '--json']);
  return { code, json: JSON.parse(stdout), stderr };
}
