import type { MigrationFile } from './types';

/** Whether a migration's file is for one way, whether or not the other one is there. */
export function isPair({ file, down }: Pick<MigrationFile, 'file' | 'down'>): boolean {
  return down !== undefined || /\.up\.\w+$/i.test(file);
}
