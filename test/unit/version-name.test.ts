import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MigrateError } from '../../src/core/errors';
import { compareVersions, parseVersionName } from '../../src/core/version/name';

const at = (version: string, createdAt = '2026-01-01T00:00:00.000Z') => ({ version, createdAt });

describe('the name of a version', () => {
  it('is one path segment of at most 64 characters', () => {
    for (const name of ['v1.0.0', 'pre-migration', 'backup-20250801', 'from_requirement_graph', '1', 'x'.repeat(64)]) {
      assert.equal(parseVersionName(name), name);
    }
    const bad = [
      '',
      '.',
      '..',
      'a/b',
      'a\\b',
      '.x',
      '-x',
      'x'.repeat(65),
      'a b',
      'ä',
      'a\0',
      'v1.',
      'current',
      'CON',
      'lpt1.txt',
      'a\n',
    ];
    for (const name of bad) {
      assert.throws(
        () => parseVersionName(name),
        (error) => MigrateError.is(error, 'VERSION_NAME_INVALID'),
        JSON.stringify(name),
      );
    }
  });

  it('never lets a path through, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
        let accepted: string;
        try {
          accepted = parseVersionName(text);
        } catch (error) {
          return MigrateError.is(error, 'VERSION_NAME_INVALID');
        }
        return accepted === text && /^[A-Za-z0-9][\w.-]{0,63}$/.test(text) && !text.endsWith('.');
      }),
    );
  });
});

describe('the order of versions', () => {
  it('follows semantic versioning, with or without the v', () => {
    const sorted = [
      'v1.0.0-alpha',
      'v1.0.0-alpha.1',
      'v1.0.0-alpha.beta',
      'v1.0.0-beta',
      'v1.0.0-beta.2',
      'v1.0.0-beta.11',
      'v1.0.0-rc.1',
      'v1.0.0',
      '1.2.0',
      'v1.10.0',
      'v2.0.0',
    ];
    const shuffled = [...sorted].reverse().map((version) => at(version));
    assert.deepEqual(
      shuffled.sort(compareVersions).map(({ version }) => version),
      sorted,
    );
  });

  it('puts labels behind, by the time they were made', () => {
    const list = [
      at('zeta', '2026-01-02T00:00:00Z'),
      at('v9.0.0', '2030-01-01T00:00:00Z'),
      at('alpha', '2026-01-03T00:00:00Z'),
    ];
    assert.deepEqual(
      list.sort(compareVersions).map(({ version }) => version),
      ['v9.0.0', 'zeta', 'alpha'],
    );
  });

  it('is a total order', () => {
    const number = fc.nat({ max: 12 });
    const semantic = fc
      .tuple(number, number, number, fc.option(fc.stringMatching(/^[a-c0-2](\.[a-c0-2]){0,2}$/)))
      .map(([a, b, c, pre]) => `v${a}.${b}.${c}${pre ? `-${pre}` : ''}`);
    const key = fc.record({
      version: fc.oneof(semantic, fc.stringMatching(/^[a-z]{1,3}$/)),
      createdAt: fc.constantFrom('2026-01-01', '2026-01-02'),
    });
    fc.assert(
      fc.property(key, key, key, (a, b, c) => {
        const sign = (x: typeof a, y: typeof a) => Math.sign(compareVersions(x, y));
        if (sign(a, b) !== -sign(b, a)) return false;
        return !(sign(a, b) <= 0 && sign(b, c) <= 0) || sign(a, c) <= 0;
      }),
    );
  });
});
