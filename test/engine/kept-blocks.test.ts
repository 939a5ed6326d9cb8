import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MigrateError } from '../../src/core/errors';
import type { ErrorCode } from '../../src/core/text/en-errors';
import type { Driver, Session } from '../../src/engine/driver';
import { decodeBlocks, encodeBlocks, keptBlocksFile, placeOfBlock } from '../../src/engine/duckdb/kept-blocks';
import { withSession } from '../../src/engine/with-session';
import { openForReading } from '../../src/workflow/reading';
import { openInPlace, settleBlocks } from '../../src/workflow/settle-blocks';
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
  const kept = decodeBlocks(await readFile(keptBlocksFile(old)));
  assert.ok(kept && kept.blocks.length > 0);
  const [before, after] = [await readFile(old), await readFile(now)];
  for (const { id } of kept.blocks) {
    const place = placeOfBlock(id, kept.blockSize);
    after.copy(before, place, place, place + PAGE);
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

  it('go with a database that was removed', () =>
    withTorn(async ({ driver, file }) => {
      await rm(file);
      await settleBlocks(driver, file);
      assert.equal(existsSync(keptBlocksFile(file)), false);
    }));

  it('are not written through a link', () =>
    withTorn(async ({ driver, dir }) => {
      const [file, other] = [path.join(dir, 'app.duckdb'), path.join(dir, 'other')];
      await writeFile(other, 'mine');
      await symlink(other, `${keptBlocksFile(file)}.new`);
      const session = await openInPlace(driver, { path: file });
      await run(session, 'CREATE TABLE d (id BIGINT)', 'CHECKPOINT');
      assert.ok(existsSync(keptBlocksFile(file)));
      await session.close();
      assert.equal(await readFile(other, 'utf8'), 'mine');
    }));

  it('are refused where they would lie behind the end of the file', () =>
    withTorn(async ({ driver, file }) => {
      const kept = decodeBlocks(await readFile(keptBlocksFile(file)));
      assert.ok(kept);
      const blocks = kept.blocks.map((block) => ({ ...block, id: 1_000_000 }));
      await writeFile(keptBlocksFile(file), encodeBlocks({ ...kept, blocks }));
      const { size } = await stat(file);
      await assert.rejects(openInPlace(driver, { path: file }), code('KEPT_BLOCKS_UNREADABLE'));
      assert.equal((await stat(file)).size, size);
    }));

  it('are refused where the file was changed', () =>
    withTorn(async ({ driver, file }) => {
      const kept = keptBlocksFile(file);
      const bytes = await readFile(kept);
      bytes.writeUInt8(bytes.readUInt8(20_000) ^ 1, 20_000);
      await writeFile(kept, bytes);
      const before = await readFile(file);
      await assert.rejects(openInPlace(driver, { path: file }), code('KEPT_BLOCKS_UNREADABLE'));
      assert.deepEqual(await readFile(file), before);
      assert.deepEqual(await readFile(kept), bytes);
    }));
});
