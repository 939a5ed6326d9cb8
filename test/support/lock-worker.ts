// A process that takes the lock of a database: DATABASE hold | DATABASE count|log ROUNDS FILE. Tests bundle it.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { takeLock } from '../../src/project/lock';

const [database = '', mode = '', rounds = '', file = ''] = process.argv.slice(2);

async function hold(): Promise<void> {
  const lock = await takeLock(database, 'test');
  process.stdout.write('held\n');
  for await (const _line of process.stdin);
  await lock.release();
}

/** Reads a number and writes the next one: without the lock most of it would be lost. */
function count(): void {
  const before = Number(readFileSync(file, 'utf8'));
  writeFileSync(file, String(before + 1));
}

/** Says when it is in and when it is out. */
async function log(): Promise<void> {
  appendFileSync(file, `in ${process.pid}\n`);
  await new Promise((resolve) => setImmediate(resolve));
  appendFileSync(file, `out ${process.pid}\n`);
}

async function main(): Promise<void> {
  if (mode === 'hold') return hold();
  for (let round = 0; round < Number(rounds); round++) {
    const lock = await takeLock(database, 'test', { timeoutMs: 60_000 });
    await (mode === 'count' ? count() : log());
    await lock.release();
  }
}

void main();
