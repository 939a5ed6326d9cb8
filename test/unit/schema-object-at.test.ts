import assert from 'node:assert/strict';
import { NAME_PATH, objectsAt } from '../../src/core/schema/object-at';

/** What stands at the bar, as `schema.name`. */
function at(marked: string, dialect: 'cypher' | 'sql' = 'sql'): string[] {
  const offset = marked.indexOf('|');
  const found = new RegExp(NAME_PATH, 'gu');
  for (const path of marked.replace('|', '').matchAll(found)) {
    if (offset < path.index || offset > path.index + path[0].length) continue;
    return objectsAt(path[0], offset - path.index, dialect).map(({ sqlSchema, name }) => [sqlSchema, name].join(' '));
  }
  return [];
}

describe('the object at a place of a script', () => {
  it('has what stands before it as its schema', () => {
    assert.deepEqual(at('FROM us|ers u'), [' users']);
    assert.deepEqual(at('FROM app.us|ers u'), ['app users']);
    assert.deepEqual(at('FROM "My App" . "Us""|ers" u'), ['My App Us"ers']);
    assert.deepEqual(at('SELECT app.us|ers.mail'), ['app users', 'users mail']);
    assert.deepEqual(at('FROM db.app.users|'), ['app users']);
  });

  it('is what a schema stands before, or a table before its column', () => {
    assert.deepEqual(at('FROM a|pp.users'), ['app users', ' app']);
    assert.deepEqual(at('SELECT |users.mail'), ['users mail', ' users']);
    assert.deepEqual(at('SELECT users.ma|il'), ['users mail']);
  });

  it('has no schema in Cypher', () => {
    assert.deepEqual(at('MATCH (u:`My U|ser`)', 'cypher'), [' My User']);
    assert.deepEqual(at('RETURN u.na|me', 'cypher'), [' name']);
  });
});
