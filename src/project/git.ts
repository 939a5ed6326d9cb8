import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../core/errors';
import { isInside } from './inside';

/** A file as git keeps it. */
interface Blob {
  /** Relative to the folder that was asked about, with forward slashes. */
  readonly file: string;
  readonly hash: string;
  readonly bytes: number;
}

/** More than any project has of scripts. */
const MOST_BYTES = 256 << 20;

/**
 * Writes the scripts below some paths of a folder, as a git ref has them, into another folder, in the same places. Runs no
 * hook and no filter of the repository. @param wanted tells a file by its path
 * @returns how many files there are
 * @throws MigrateError GIT_REF_UNKNOWN, GIT_FAILED
 */
export async function writeTree(
  dir: string,
  ref: string,
  paths: readonly string[],
  wanted: (file: string) => boolean,
  into: string,
): Promise<number> {
  const commit = await commitOf(dir, ref);
  const blobs = (await listTree(dir, ref, commit, paths)).filter(({ file }) => wanted(file));
  const bytes = blobs.reduce((sum, blob) => sum + blob.bytes, 0);
  if (bytes > MOST_BYTES) throw failed(ref, `${bytes} bytes`);
  const contents = await readBlobs(dir, ref, blobs);
  for (const [at, { file }] of blobs.entries()) {
    const target = path.resolve(into, file);
    const content = contents[at];
    if (!content || !isInside(into, target)) throw failed(ref, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return blobs.length;
}

/** Something of a repository that can be compared with. */
export interface GitRef {
  readonly kind: 'branch' | 'tag' | 'commit';
  /** As git takes it. */
  readonly name: string;
  /** The subject of its commit. */
  readonly subject: string;
}

/** More than a person looks through; any other can be typed. */
const MOST_REFS = 100;
const MOST_COMMITS = 30;

/**
 * Branches and tags, those with the newest commits first, then the last commits of HEAD.
 * @throws MigrateError GIT_FAILED where the folder is in no repository, or git is not there
 */
export async function listRefs(dir: string): Promise<GitRef[]> {
  const format = '--format=%(refname)%09%(refname:short)%09%(subject)';
  const places = ['refs/heads', 'refs/remotes', 'refs/tags'];
  const refs = await git(dir, 'HEAD', [
    'for-each-ref',
    '--sort=-creatordate',
    `--count=${MOST_REFS}`,
    format,
    ...places,
  ]);
  if (refs.code !== 0) throw failed('HEAD', refs.stderr);
  // A repository without a commit has no HEAD, and nothing to list.
  const log = await git(dir, 'HEAD', ['rev-list', `--max-count=${MOST_COMMITS}`, '--format=%h%x09%s', 'HEAD']);
  const rows = (out: Buffer) => out.toString('utf8').split('\n').filter(Boolean);
  const named = rows(refs.stdout).map((line): GitRef => {
    const [full = '', name = '', ...subject] = line.split('\t');
    return { kind: full.startsWith('refs/tags/') ? 'tag' : 'branch', name, subject: subject.join('\t') };
  });
  const commits = rows(log.code === 0 ? log.stdout : Buffer.alloc(0)).flatMap((line): GitRef[] => {
    const [name = '', ...subject] = line.split('\t');
    return subject.length === 0 ? [] : [{ kind: 'commit', name, subject: subject.join('\t') }];
  });
  return [...named, ...commits];
}

/**
 * The commit that a ref names now. A branch can be called like an option; what is asked for has to be a commit.
 * @throws MigrateError GIT_REF_UNKNOWN, GIT_FAILED
 */
export async function commitOf(dir: string, ref: string): Promise<string> {
  if (ref === '' || ref.startsWith('-')) throw new MigrateError('GIT_REF_UNKNOWN', { ref });
  const { code, stdout, stderr } = await git(dir, ref, [
    'rev-parse',
    '--verify',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  const commit = stdout.toString('utf8').trim();
  if (code === 0 && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  if (/not a git repository|dubious ownership/i.test(stderr)) throw failed(ref, stderr);
  throw new MigrateError('GIT_REF_UNKNOWN', { ref });
}

async function listTree(dir: string, ref: string, commit: string, paths: readonly string[]): Promise<Blob[]> {
  const wanted = paths.map((one) => (one === '' ? '.' : one));
  const { code, stdout, stderr } = await git(dir, ref, ['ls-tree', '-r', '-z', '-l', commit, '--', ...wanted]);
  if (code !== 0) throw failed(ref, stderr);
  const lines = stdout.toString('utf8').split('\0').filter(Boolean);
  return lines.flatMap((line) => {
    const [, mode, hash = '', size, file = ''] = /^(\d+) \w+ ([0-9a-f]+) +(\S+)\t([\s\S]+)$/.exec(line) ?? [];
    // Links and submodules: neither is a script.
    return mode === '100644' || mode === '100755' ? [{ file, hash, bytes: Number(size) }] : [];
  });
}

async function readBlobs(dir: string, ref: string, blobs: readonly Blob[]): Promise<Buffer[]> {
  if (blobs.length === 0) return [];
  const asked = blobs.map(({ hash }) => `${hash}\n`).join('');
  const { code, stdout, stderr } = await git(dir, ref, ['cat-file', '--batch'], asked);
  if (code !== 0) throw failed(ref, stderr);
  let at = 0;
  return blobs.map(({ hash, bytes, file }) => {
    const start = stdout.indexOf(10, at) + 1;
    // A partial clone doesn't have every blob: then it says `missing`, with the exit code 0.
    if (stdout.toString('latin1', at, start) !== `${hash} blob ${bytes}\n`) throw failed(ref, `${file} is missing`);
    at = start + bytes + 1;
    return stdout.subarray(start, start + bytes);
  });
}

function git(
  dir: string,
  ref: string,
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly stdout: Buffer; readonly stderr: string }> {
  // The user's own settings could start programs of a repository that somebody else has written.
  // What a partial clone lacks would be fetched by programs that its configuration names.
  const settings = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'protocol.allow=never'];
  const safe = [...settings.flatMap((one) => ['-c', one]), ...args];
  // A hook, or a worktree, tells git of a repository that need not be the one around this folder.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const own = { GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const env = { ...Object.fromEntries(inherited), ...own };
  return new Promise((resolve, reject) => {
    const options = { cwd: dir, encoding: 'buffer' as const, maxBuffer: MOST_BYTES * 2, env, windowsHide: true };
    const child = execFile('git', safe, options, (error, stdout, stderr) => {
      const text = stderr.toString('utf8').trim();
      if (!error) resolve({ code: 0, stdout, stderr: text });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr: text });
      else reject(failed(ref, error.message, error));
    });
    // It may end before it has read everything, and its code tells then.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function failed(ref: string, detail: string, cause?: unknown): MigrateError {
  return new MigrateError('GIT_FAILED', { ref, detail: detail.split('\n')[0] ?? '' }, { cause });
}
