import { open } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Catalog, CatalogEntry } from '../../core/catalog/model';
import { readCatalog } from '../../core/catalog/read';
import { removeEntry } from '../../core/catalog/remove-entry';
import { MigrateError } from '../../core/errors';
import type { DroppedObject } from '../../core/statement/dropped-object';
import type { DropPlan } from '../driver';
import { catalogBytes } from './catalog';

/**
 * What drops macros and types, for which Kùzu has no statement: their entries are cut out of the catalog's own pages. The
 * pages stay where they are and as many as they are, so that neither the header nor any other page changes.
 * @source `catalog_set.cpp` and `checkpointer.cpp` of Kùzu 0.11.3: no checksum stands over header or catalog, nothing
 * else in the file points at a macro or a type (a column keeps the resolved type, a default and another macro keep the
 * text of a call, which is looked up when it is used)
 */
export async function planDrop(file: string, objects: readonly DroppedObject[]): Promise<DropPlan> {
  const { offset, bytes: before } = await catalogBytes(file);
  const outcomes: DropPlan['outcomes'][number][] = [];
  const gone: CatalogEntry[] = [];
  let after = before;
  for (const object of objects) {
    const removal = removeEntry(after, object);
    outcomes.push(removal.outcome);
    if (removal.outcome !== 'removed') continue;
    after = removal.bytes;
    gone.push(removal.entry);
  }
  const expected = without(readCatalog(before), gone);
  return {
    outcomes,
    apply: async (copy) => {
      const found = await catalogBytes(copy);
      if (found.offset !== offset || !isDeepStrictEqual(found.bytes, before)) {
        throw new MigrateError('DROP_UNPROVEN', { path: file, detail: '@drop.otherCatalog' });
      }
      await writeAt(copy, offset, after);
    },
    isProven: async (copy) => isDeepStrictEqual(readCatalog((await catalogBytes(copy)).bytes), expected),
  };
}

/** The ids of a set are never used twice. */
function without(catalog: Catalog, gone: readonly CatalogEntry[]): Catalog {
  const stays = ({ kind, id, internal }: CatalogEntry) =>
    internal || !gone.some((entry) => entry.kind === kind && entry.id === id);
  return { ...catalog, macros: catalog.macros.filter(stays), types: catalog.types.filter(stays) };
}

async function writeAt(file: string, offset: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    let written = 0;
    while (written < bytes.length) {
      written += (await handle.write(bytes, written, bytes.length - written, offset + written)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
