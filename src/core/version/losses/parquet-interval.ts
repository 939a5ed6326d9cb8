import { type LossRule, lossOf, probed } from '../loss';
import { probePaths } from '../probe';

/** Four digits behind the point, or a time above 1193:02:47.295, in the text of an interval. */
const TOO_FINE_OR_LONG = [
  '[.][0-9]{4}',
  '[0-9]{5,}:[0-9]{2}:',
  '(1[2-9]|[2-9][0-9])[0-9]{2}:[0-9]{2}:',
  '119[4-9]:',
  '1193:(0[3-9]|[1-5][0-9]):',
  '1193:02:(4[89]|5[0-9])',
  '1193:02:47[.](29[6-9]|[3-9])',
].join('|');

/** A parquet interval holds milliseconds in 32 bits: microseconds are cut, and longer times overflow. */
function losesTime(value: string): string {
  const text = `CAST(${value} AS STRING)`;
  return `${text} CONTAINS ':' AND regexp_matches(${text}, '${TOO_FINE_OR_LONG}')`;
}

export const parquetInterval: LossRule = {
  code: 'KX014',
  name: 'parquet-interval',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probePaths(context, ({ type }) => type.id === 'INTERVAL').map(({ column, any }) => ({
        query: any(losesTime),
        loss: lossOf(this, 'warning', column.object),
      })),
    );
  },
};
