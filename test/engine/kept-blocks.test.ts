import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, copyFile, lstat, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import type { ErrorCode } from '../../src/core/text/en-errors';
import type { Driver, Session } from '../../src/engine/driver';
import {
  type BlockHead,
  decodeHead,
  headSize,
  isWhole,
  keptBlocksFile,
  placeOfBlock,
} from '../../src/engine/duckdb/block-file';
import { withSession } from '../../src/engine/with-session';
import { openForReading } from '../../src/workflow/reading';
import { openInPlace, settleBlocks, tornBlocks } from '../../src/workflow/settle-blocks';
import { withTempDir } from '../support/kuzu-script';
import { withDrivers } from '../support/project';

const PAGE = 4096;
const code = (wanted: ErrorCode) => (error: unknown) => MigrateError.is(error, wanted);

interface Torn {
  readonly driver: Driver;
  readonly file: string;
  readonly dir: string;
}

/** A database as a kill leaves it in the middle of a checkpoint: its header is the old one, a block is old and new. */
async function withTorn(work: (torn: Torn) => Promise<void>): Promise<void> {
  await withTempDir((dir) =>
    withDrivers(async (drivers) => {
      const driver = drivers.get('duckdb');
      const file = path.join(dir, 'app.duckdb');
      const old = path.join(dir, 'old.duckdb');
      await withSession(driver, { path: file, readOnly: false }, (session) =>
        run(session, 'CREATE TABLE a (id BIGINT)', 'INSERT INTO a VALUES (1)', 'CREATE TABLE b (id BIGINT)'),
      );
      const session = await openInPlace(driver, { path: file });
      try {
        await run(session, 'CREATE TABLE c (id BIGINT)', 'INSERT INTO a VALUES (2)');
        for (const ending of ['', '.wal', '.migrate.blocks']) await copyFile(file + ending, old + ending);
        await run(session, 'CHECKPOINT');
        await tear(old, file);
      } finally {
        await session.close();
      }
      assert.deepEqual((await readdir(dir)).sort(), [
        'app.duckdb',
        'old.duckdb',
        'old.duckdb.migrate.blocks',
        'old.duckdb.wal',
      ]);
      await work({ driver, file: old, dir });
    }),
  );
}

/** As far as the engine had come: the first page of each block with metadata is the new one. */
async function tear(old: string, now: string): Promise<void> {
  const head: BlockHead | undefined = decodeHead(await readFile(keptBlocksFile(old)));
  assert.ok(head && head.ids.length > 0);
  const [before, after] = [await readFile(old), await readFile(now)];
  for (const id of head.ids) {
    const place = placeOfBlock(id, head.blockSize);
    const block = (bytes: Buffer): Buffer => bytes.subarray(place, place + head.blockSize);
    assert.deepEqual([isWhole(block(before)), isWhole(block(after))], [true, true]);
    after.copy(before, place, place, place + PAGE);
    assert.equal(isWhole(block(before)), false);
  }
  await writeFile(old, before);
}

async function run(session: Session, ...texts: string[]): Promise<void> {
  await session.run(texts.map((text) => ({ text })));
}

async function idsOf(session: Session): Promise<unknown[]> {
  const [a, c] = await session.run([
    { text: 'SELECT id FROM a ORDER BY id', rows: 9 },
    { text: 'FROM c', rows: 9 },
  ]);
  return [a?.rows.flat(), c?.rows.flat()];
}

const WHOLE = [['1', '2'], []];

describe('a kill in the middle of a checkpoint of DuckDB', () => {
  it('leaves what the engine alone can’t open', () =>
    withTorn(async ({ driver, file }) => {
      await assert.rejects(
        withSession(driver, { path: file, readOnly: true }, idsOf),
        (error: unknown) => MigrateError.is(error) && /checksum/.test(String(error.params.detail)),
      );
    }));

  it('is mended by the next one of us that opens the database for writing', () =>
    withTorn(async ({ driver, file }) => {
      const session = await openInPlace(driver, { path: file });
      try {
        assert.deepEqual(await idsOf(session), WHOLE);
      } finally {
        await session.close();
      }
      assert.deepEqual(await withSession(driver, { path: file, readOnly: true }, idsOf), WHOLE);
      assert.equal(existsSync(keptBlocksFile(file)), false);
    }));

  it('is mended in a copy for whoever only reads, and nothing is written beside', () =>
    withTorn(async ({ driver, file, dir }) => {
      const before = await Promise.all((await readdir(dir)).map((name) => readFile(path.join(dir, name))));
      const reading = await openForReading(driver, { path: file });
      try {
        assert.deepEqual(await idsOf(reading.session), WHOLE);
      } finally {
        await reading.close();
      }
      assert.deepEqual(await Promise.all((await readdir(dir)).map((name) => readFile(path.join(dir, name)))), before);
    }));

  it('is not mended under a process that has the database open', () =>
    withTorn(async ({ driver, file, dir }) => {
      const blocks = await readFile(keptBlocksFile(file));
      const other = path.join(dir, 'app.duckdb');
      await withSession(driver, { path: other, readOnly: false }, async (session) => {
        await run(session, 'SELECT 1');
        await writeFile(keptBlocksFile(other), blocks);
        await withDrivers((second) => assert.rejects(settleBlocks(second.get('duckdb'), other), code('DATABASE_HELD')));
        assert.ok(existsSync(keptBlocksFile(other)));
      });
    }));
});

describe('blocks that were kept before a checkpoint of DuckDB', () => {
  it('are not put back once the checkpoint is done', () =>
    withTorn(async ({ driver, file, dir }) => {
      const other = path.join(dir, 'app.duckdb');
      await copyFile(keptBlocksFile(file), keptBlocksFile(other));
      const before = await readFile(other);
      await settleBlocks(driver, other);
      assert.deepEqual(await readFile(other), before);
      assert.equal(existsSync(keptBlocksFile(other)), false);
    }));

  it('are not put into another database, though its headers are the same', () =>
    withTempDir((dir) =>
      withDrivers(async (drivers) => {
        const driver = drivers.get('duckdb');
        const make = async (name: string, rows: number) => {
          const file = path.join(dir, name);
          await withSession(driver, { path: file, readOnly: false }, (session) =>
            run(session, `CREATE TABLE a AS SELECT * FROM range(${rows})`, 'CHECKPOINT'),
          );
          return file;
        };
        const [one, other] = [await make('one.duckdb', 9), await make('other.duckdb', 5009)];
        const headers = async (file: string) => (await readFile(file)).subarray(0, 12_288);
        assert.deepEqual(await headers(one), await headers(other));
        const session = await openInPlace(driver, { path: one });
        await run(session, 'SELECT 1');
        await copyFile(keptBlocksFile(one), keptBlocksFile(other));
        await session.close();
        const before = await readFile(other);
        assert.notDeepEqual(before, await readFile(one));
        assert.deepEqual(await tornBlocks(other), []);
        await (await openInPlace(driver, { path: other })).close();
        assert.deepEqual(await readFile(other), before);
      }),
    ));

  it('go with a database that was removed', () =>
    withTorn(async ({ driver, file }) => {
      await rm(file);
      await settleBlocks(driver, file);
      assert.equal(existsSync(keptBlocksFile(file)), false);
    }));

  it('are not written through a link, and are as private as the database', () =>
    withTorn(async ({ driver, dir }) => {
      const [file, other] = [path.join(dir, 'app.duckdb'), path.join(dir, 'other')];
      await writeFile(other, 'mine');
      await symlink(other, keptBlocksFile(file));
      await chmod(file, 0o600);
      const session = await openInPlace(driver, { path: file });
      await run(session, 'CREATE TABLE d (id BIGINT)', 'CHECKPOINT');
      const { mode } = await lstat(keptBlocksFile(file));
      await session.close();
      assert.equal(mode & 0o777, 0o600);
      assert.equal(await readFile(other, 'utf8'), 'mine');
    }));

  it('are not put back from a file that is not whole, or not ours', () =>
    withTorn(async ({ file }) => {
      const kept = keptBlocksFile(file);
      const bytes = await readFile(kept);
      assert.equal((await tornBlocks(file)).length, 1);
      for (const at of [0, 5000, headSize(1) + 20_000]) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
        await writeFile(kept, changed);
        assert.deepEqual(await tornBlocks(file), []);
      }
      for (const length of [0, 5000, headSize(1) + 20_000]) {
        await writeFile(kept, bytes.subarray(0, length));
        assert.deepEqual(await tornBlocks(file), []);
      }
    }));

  it('are kept anew for each checkpoint, of many tables as of few', () =>
    withTempDir((dir) =>
      withDrivers(async (drivers) => {
        const driver = drivers.get('duckdb');
        const file = path.join(dir, 'app.duckdb');
        const session = await openInPlace(driver, { path: file });
        for (const tables of [1, 40, 3, 80]) {
          const columns = Array.from({ length: 30 }, (_, at) => `c${at} VARCHAR DEFAULT 'some text of a default'`);
          for (let at = 0; at < tables; at++)
            await run(session, `CREATE OR REPLACE TABLE t${at} (${columns.join(', ')})`);
          await run(session, 'CHECKPOINT', 'SELECT 1');
          const [bytes, kept] = [await readFile(file), await readFile(keptBlocksFile(file))];
          const head: BlockHead | undefined = decodeHead(kept);
          assert.ok(head);
          assert.deepEqual(bytes.subarray(0, head.headers.length), head.headers);
          for (const [at, id] of head.ids.entries()) {
            const from = headSize(head.ids.length) + at * head.blockSize;
            const place = placeOfBlock(id, head.blockSize);
            const block = kept.subarray(from, from + head.blockSize);
            assert.ok(isWhole(block));
            assert.deepEqual(block, bytes.subarray(place, place + head.blockSize));
          }
        }
        await session.close();
      }),
    ));
});
