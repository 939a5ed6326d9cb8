import type { Loss } from '../../core/version/loss';

export async function findLosses(): Promise<Loss[]> {
  return [];
}
