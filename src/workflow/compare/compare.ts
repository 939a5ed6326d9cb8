import type { Change } from '../../core/schema/change';
import { diffSchemas, type OrderNote, orderNotes } from '../../core/schema/diff';
import type { Context, Running } from '../context';
import { parseSource, type Source, type SourceSchema, sourceSchema } from './source';

export interface Comparison {
  readonly from: SourceSchema;
  readonly to: SourceSchema;
  readonly changes: readonly Change[];
  /** Differences of order alone, which no ALTER can restore: worth a word, no change. */
  readonly notes: readonly OrderNote[];
}

/** Compares two sources, given as values or as the texts of the command line. */
export async function compare(
  context: Context,
  request: Running & { readonly from: Source | string; readonly to: Source | string },
): Promise<Comparison> {
  const [source, target] = await Promise.all([request.from, request.to].map((one) => asSource(context, one)));
  if (!source || !target) throw new TypeError('a comparison has two sides');
  request.onProgress?.({ step: 'compare' });
  // One after the other: both may need the same file.
  const from = await sourceSchema(context, source, request);
  const to = await sourceSchema(context, target, request);
  return {
    from,
    to,
    changes: diffSchemas(from.schema, to.schema),
    notes: orderNotes(from.schema, to.schema),
  };
}

function asSource(context: Context, source: Source | string): Promise<Source> {
  return typeof source === 'string' ? parseSource(context, source) : Promise.resolve(source);
}
