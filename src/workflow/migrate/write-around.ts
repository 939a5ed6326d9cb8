import { link, rm } from 'node:fs/promises';
import path from 'node:path';
import type { MigrationFile } from '../../core/migration/types';
import {
  beside,
  createFileDurable,
  fsyncDir,
  isLinkRefused,
  mkdirDurable,
  sweepTemporaries,
  writeSynced,
} from '../../project/durable';

/**
 * The file gets its name after the history has it: a kill between leaves a migration that is recorded as applied with its
 * text, so that `repair --rewrite` writes it, and never a pending one that would make every table again.
 */
export async function writeAround(
  { upText }: Pick<MigrationFile, 'upText'>,
  absolute: string,
  record: () => Promise<void>,
): Promise<void> {
  const folder = path.dirname(absolute);
  await mkdirDurable(folder);
  await sweepTemporaries(folder);
  const temporary = beside(absolute);
  try {
    await writeSynced(temporary, upText, 'wx');
    await record();
    await link(temporary, absolute).catch(async (error: unknown) => {
      if (!isLinkRefused(error)) throw error;
      await createFileDurable(absolute, upText);
    });
    await fsyncDir(folder);
  } finally {
    await rm(temporary, { force: true });
  }
}
