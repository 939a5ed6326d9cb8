import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import { compareFiles } from '../../src/core/version/integrity';
import { type Manifest, parseManifest, printManifest } from '../../src/core/version/manifest';

const sha = (digit: string) => digit.repeat(64);
const manifest: Manifest = {
  format: 1,
  tool: 'kuzu-migrate 0.1.0',
  version: 'v1.0.0',
  createdAt: '2026-01-01T00:00:00.000Z',
  engine: 'kuzu',
  engineVersion: '0.11.3',
  storageVersion: 39,
  dataFormat: 'csv',
  database: 'dev',
  tables: [{ name: 'User', kind: 'node', rows: 3 }],
  rows: 3,
  bytes: 30,
  files: [
    { path: 'User.csv', bytes: 10, sha256: sha('a') },
    { path: 'copy.cypher', bytes: 10, sha256: sha('b') },
    { path: 'schema.cypher', bytes: 10, sha256: sha('c') },
  ],
  originals: { 'schema.cypher': 'CREATE …', 'copy.cypher': 'COPY …' },
  warnings: [],
  verified: false,
};

describe('the manifest of a version', () => {
  it('reads back what it wrote', () => {
    assert.deepEqual(parseManifest(printManifest(manifest), 'manifest.json'), manifest);
  });

  it('refuses anything else and names the key that is wrong', () => {
    const broken: readonly (readonly [change: object, detail: RegExp])[] = [
      [{ format: 2 }, /format 2/],
      [{ rows: -1 }, /rows/],
      [{ engine: 'neo4j' }, /engine/],
      [{ createdAt: 'yesterday' }, /createdAt/],
      [{ files: [{ path: 'x', bytes: 1, sha256: 'short' }] }, /files/],
      [{ tables: [{ name: 'x', kind: 'edge', rows: 1 }] }, /tables/],
      [{ originals: { 'schema.cypher': 1 } }, /originals/],
    ];
    for (const [change, detail] of broken) {
      assert.throws(
        () => parseManifest(JSON.stringify({ ...manifest, ...change }), 'manifest.json'),
        (error) => MigrateError.is(error, 'MANIFEST_INVALID') && detail.test(String(error.params.detail)),
      );
    }
    for (const text of ['', '[]', 'null', '{', '"x"']) {
      assert.throws(
        () => parseManifest(text, 'manifest.json'),
        (error) => MigrateError.is(error, 'MANIFEST_INVALID'),
      );
    }
  });

  it('does not let a file’s path leave the version', () => {
    for (const path of ['../x', '/etc/passwd', 'a/../../b', 'C:\\x', 'c:/x', 'a\\..\\b', '\\\\host\\x', 'a//b', '']) {
      const text = JSON.stringify({ ...manifest, files: [{ path, bytes: 1, sha256: sha('a') }] });
      assert.throws(
        () => parseManifest(text, 'm'),
        (error) => MigrateError.is(error, 'MANIFEST_INVALID'),
        path,
      );
    }
  });
});

describe('the files of a version against its manifest', () => {
  const all = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));

  it('are whole when every hash is the same; the changelog and hidden files are nobody’s business', () => {
    const found = new Map([...all, ['CHANGELOG.md', sha('1')], ['manifest.json', sha('2')], ['.DS_Store', sha('3')]]);
    assert.deepEqual(compareFiles(manifest, found), { missing: [], changed: [], edited: [], unexpected: [] });
  });

  it('tell an edited script from changed data, and name what is missing and what is not theirs', () => {
    const found = new Map([
      ['User.csv', sha('d')],
      ['schema.cypher', sha('e')],
      ['extra.cypher', sha('f')],
    ]);
    const { missing, changed, edited, unexpected } = compareFiles(manifest, found);
    assert.deepEqual(
      missing.map(({ path }) => path),
      ['copy.cypher'],
    );
    assert.deepEqual(
      changed.map(({ file, actual }) => [file.path, file.sha256, actual]),
      [['User.csv', sha('a'), sha('d')]],
    );
    assert.deepEqual(edited, ['schema.cypher']);
    assert.deepEqual(unexpected, ['extra.cypher']);
  });

  it('account for every difference, whatever the changes', () => {
    const state = fc.constantFrom('same', 'other', 'gone');
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        const states = [a, b, c];
        const found = new Map(
          manifest.files.flatMap((file, index) =>
            states[index] === 'gone' ? [] : [[file.path, states[index] === 'same' ? file.sha256 : sha('9')]],
          ),
        );
        const result = compareFiles(manifest, found as Map<string, string>);
        const counted = result.missing.length + result.changed.length + result.edited.length;
        return counted === states.filter((one) => one !== 'same').length;
      }),
    );
  });
});
