import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { firstInvalidUtf8 } from '../../src/core/migration/utf8';
import type { EngineName } from '../../src/core/schema/model';
import { detectFile } from '../../src/engine/detect';
import { loadProject } from '../../src/project/discovery';
import { readMigrations } from '../../src/project/migrations';
import { withTempDir } from '../support/kuzu-script';

const sha256 = (...parts: readonly (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

interface Folder {
  readonly dir: string;
  write(files: Readonly<Record<string, string | Buffer>>): Promise<void>;
  read(engine?: EngineName, extra?: readonly string[]): Promise<ReturnType<typeof readMigrations>>;
  codes(engine?: EngineName): Promise<unknown[][]>;
}

async function withFolder(engines: readonly EngineName[], work: (folder: Folder) => Promise<void>): Promise<void> {
  await withTempDir(async (top) => {
    const dir = path.join(top, 'project');
    const databases = Object.fromEntries(engines.map((engine) => [engine, { path: `${engine}.db`, engine }]));
    await mkdir(path.join(dir, 'migrations'), { recursive: true });
    await writeFile(path.join(dir, 'kuzu-migrate.json'), JSON.stringify({ databases }));
    const read = async (engine: EngineName = 'kuzu', extra: readonly string[] = []) =>
      readMigrations(await loadProject({ dir, env: {}, detect: detectFile }), engine, extra);
    await work({
      dir,
      read,
      write: async (files) => {
        for (const [name, content] of Object.entries(files))
          await writeFile(path.join(dir, 'migrations', name), content);
      },
      codes: async (engine) =>
        (await read(engine)).problems.map(({ code, params }) => [code, params.file ?? params.path ?? params.name]),
    });
  });
}

describe('reading the migrations of a project', () => {
  it('gives texts, paths and checksums, of both files of a pair', async () => {
    await withFolder(['kuzu'], async ({ write, read }) => {
      await write({
        '002_y.up.cypher': 'CREATE NODE TABLE Y(id INT64 PRIMARY KEY);\r\n',
        '002_y.down.cypher': 'DROP TABLE Y;',
        '001_x.cypher': '// é 日本\nRETURN 1;',
        '20240115_120000_z.ts': 'export const up = () => {};',
      });
      const { migrations, problems, notes } = await read();
      assert.deepEqual([problems, notes], [[], []]);
      assert.deepEqual(migrations, [
        {
          id: ['1'],
          key: '1',
          name: 'x',
          language: 'cypher',
          file: 'migrations/001_x.cypher',
          upText: '// é 日本\nRETURN 1;',
          checksum: sha256('// é 日本\nRETURN 1;'),
        },
        {
          id: ['2'],
          key: '2',
          name: 'y',
          language: 'cypher',
          file: 'migrations/002_y.up.cypher',
          upText: 'CREATE NODE TABLE Y(id INT64 PRIMARY KEY);\r\n',
          down: { file: 'migrations/002_y.down.cypher', text: 'DROP TABLE Y;' },
          checksum: sha256('CREATE NODE TABLE Y(id INT64 PRIMARY KEY);\r\n', '\0', 'DROP TABLE Y;'),
        },
        {
          id: ['20240115120000'],
          key: '20240115120000',
          name: 'z',
          language: 'code',
          file: 'migrations/20240115_120000_z.ts',
          upText: 'export const up = () => {};',
          checksum: sha256('export const up = () => {};'),
        },
      ]);
    });
  });

  it('gives nothing for a folder that is not there, and leaves versions and deeper files alone', async () => {
    await withFolder(['kuzu'], async ({ dir, write, read }) => {
      await mkdir(path.join(dir, 'migrations/v1.0.0'));
      await writeFile(path.join(dir, 'migrations/v1.0.0/001_x.cypher'), 'RETURN 1');
      await write({ 'schema.cypher': '', 'README.md': '', '.001_x.cypher': '', '_draft.cypher': '' });
      assert.deepEqual(await read(), { migrations: [], problems: [], notes: [] });
      await writeFile(path.join(dir, 'kuzu-migrate.json'), '{"databases":{},"migrations":"nowhere"}');
      assert.deepEqual(await read(), { migrations: [], problems: [], notes: [] });
      await writeFile(path.join(dir, 'kuzu-migrate.json'), '{"databases":{},"migrations":"kuzu-migrate.json"}');
      assert.deepEqual(
        (await read()).problems.map(({ code, params }) => [code, params.path]),
        [['FILE_FAILED', 'kuzu-migrate.json']],
      );
    });
  });

  it('takes the scripts of its engine, and refuses those that no database of the project is for', async () => {
    const files = { '1_a.cypher': 'RETURN 1', '2_b.sql': 'SELECT 1', 'bad.sql': '', '3_c.js': '' };
    await withFolder(['kuzu'], async ({ write, codes }) => {
      await write(files);
      assert.deepEqual(await codes('kuzu'), [
        ['MIGRATION_OTHER_DIALECT', 'migrations/2_b.sql'],
        ['MIGRATION_OTHER_DIALECT', 'migrations/bad.sql'],
      ]);
    });
    await withFolder(['kuzu', 'duckdb'], async ({ write, read, codes }) => {
      await write(files);
      const names = async (engine: EngineName) => (await read(engine)).migrations.map(({ name }) => name);
      assert.deepEqual(await names('kuzu'), ['a', 'c']);
      assert.deepEqual(await names('ladybug'), ['a', 'c']);
      assert.deepEqual(await names('duckdb'), ['b', 'c']);
      assert.deepEqual(await codes('kuzu'), []);
      assert.deepEqual(await codes('duckdb'), [['MIGRATION_NAME_INVALID', 'migrations/bad.sql']]);
    });
  });

  it('lets one id be in both dialects, since no database sees both', async () => {
    await withFolder(['kuzu', 'duckdb'], async ({ write, codes }) => {
      await write({ '1_a.cypher': '', '1_a.sql': '' });
      assert.deepEqual([await codes('kuzu'), await codes('duckdb')], [[], []]);
    });
  });

  it('reads plugin kinds by their endings', async () => {
    await withFolder(['kuzu'], async ({ write, read }) => {
      await write({ '1_people.csv': 'id,name\n' });
      assert.deepEqual((await read()).migrations, []);
      const [found] = (await read('kuzu', ['.csv'])).migrations;
      assert.deepEqual([found?.language, found?.kind, found?.upText], ['code', '.csv', 'id,name\n']);
    });
  });

  it('follows a link within the project, and no link out of it', async () => {
    await withFolder(['kuzu'], async ({ dir, read, codes }) => {
      await writeFile(path.join(dir, 'shared.cypher'), 'RETURN 1');
      await writeFile(path.join(dir, '../outside.cypher'), 'RETURN 2');
      await symlink('../shared.cypher', path.join(dir, 'migrations/1_in.cypher'));
      await symlink('../../outside.cypher', path.join(dir, 'migrations/2_out.cypher'));
      await symlink('nowhere', path.join(dir, 'migrations/3_gone.cypher'));
      assert.deepEqual(
        (await read()).migrations.map(({ upText }) => upText),
        ['RETURN 1'],
      );
      assert.deepEqual(await codes(), [
        ['PATH_OUTSIDE_PROJECT', 'migrations/2_out.cypher'],
        ['FILE_FAILED', 'migrations/3_gone.cypher'],
      ]);
    });
  });

  it('names folders, pipes and unreadable files that are called like scripts', async () => {
    await withFolder(['kuzu'], async ({ dir, write, read }) => {
      await mkdir(path.join(dir, 'migrations/1_folder.cypher'));
      const expected: unknown[] = [['FILE_FAILED', 'migrations/1_folder.cypher', '@scriptFile.folder']];
      if (process.platform !== 'win32') {
        execFileSync('mkfifo', [path.join(dir, 'migrations/2_pipe.cypher')]);
        expected.push(['FILE_FAILED', 'migrations/2_pipe.cypher', '@scriptFile.special']);
      }
      await write({ '3_secret.cypher': '' });
      // The rights of a file keep nobody out who is root.
      if (process.platform !== 'win32' && process.getuid?.() !== 0) {
        await chmod(path.join(dir, 'migrations/3_secret.cypher'), 0);
        expected.push(['NO_PERMISSION', 'migrations/3_secret.cypher', undefined]);
      }
      const { problems } = await read();
      assert.deepEqual(
        problems.map(({ code, params }) => [code, params.path, params.detail]),
        expected,
      );
    });
  });

  it('refuses what is not UTF-8, with the place and what it looks like', async () => {
    await withFolder(['kuzu'], async ({ write, read }) => {
      const utf16 = Buffer.from('\ufeffRETURN 1', 'utf16le');
      await write({
        '1_ok.cypher': Buffer.from('\ufeffRETURN "é"', 'utf8'),
        '2_le.cypher': utf16,
        '3_be.cypher': Buffer.from(utf16).swap16(),
        '4_bare.cypher': Buffer.from('RETURN 1', 'utf16le'),
        '5_sjis.cypher': Buffer.concat([Buffer.from('// é\r\n// '), Buffer.from([0x93, 0xfa, 0x96, 0x7b])]),
        '6_cut.cypher': Buffer.from([0x41, 0xe6, 0x97]),
      });
      const { migrations, problems } = await read();
      assert.deepEqual(
        migrations.map(({ upText }) => upText),
        ['RETURN "é"'],
      );
      assert.deepEqual(
        problems.map(({ code, params, where }) => [code, params.offset, params.detail, where.line, where.column]),
        [
          ['SCRIPT_ENCODING', 0, '@scriptFile.utf16le', 1, 1],
          ['SCRIPT_ENCODING', 0, '@scriptFile.utf16be', 1, 1],
          ['SCRIPT_ENCODING', 1, '@scriptFile.nul', 1, 2],
          ['SCRIPT_ENCODING', 10, '@scriptFile.invalid:93 fa 96 7b', 2, 4],
          ['SCRIPT_ENCODING', 1, '@scriptFile.invalid:e6 97', 1, 2],
        ],
      );
    });
  });

  it('reads a large file and says that it is large', async () => {
    await withFolder(['kuzu'], async ({ write, read }) => {
      await write({ '1_big.cypher': Buffer.alloc((64 << 20) + 1, ' ') });
      const { migrations, notes } = await read();
      assert.equal(migrations[0]?.upText.length, (64 << 20) + 1);
      assert.deepEqual(notes, [
        { key: 'migration.large', params: { file: 'migrations/1_big.cypher', size: '67.1 MB' } },
      ]);
    });
  });

  it('refuses a file that no text can hold, without reading it', async () => {
    await withFolder(['kuzu'], async ({ dir, write, codes }) => {
      await write({ '1_huge.cypher': '' });
      const { truncate } = await import('node:fs/promises');
      await truncate(path.join(dir, 'migrations/1_huge.cypher'), 2 ** 30);
      assert.deepEqual(await codes(), [['SCRIPT_TOO_LARGE', 'migrations/1_huge.cypher']]);
    });
  });
});

describe('the first byte that is no UTF-8', () => {
  it('is where a strict decoder gives up', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 3 }), fc.string({ unit: 'binary' }))
        .map(([a, b, c]) => new Uint8Array(Buffer.concat([Buffer.from(a), b, Buffer.from(c)]))),
      fc
        .array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xa0, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5))
        .map((some) => new Uint8Array(some)),
    );
    const decodes = (some: Uint8Array) => {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(some);
        return true;
      } catch (error) {
        if (error instanceof TypeError) return false;
        throw error;
      }
    };
    fc.assert(
      fc.property(bytes, (some) => {
        const at = firstInvalidUtf8(some);
        assert.equal(at === undefined, decodes(some));
        if (at === undefined) return;
        assert.ok(decodes(some.subarray(0, at)));
        // No character begins there, however many bytes it may have.
        for (let length = 1; length <= 4 && at + length <= some.length; length++) {
          assert.ok(!decodes(some.subarray(at, at + length)));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
