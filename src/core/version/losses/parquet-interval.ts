import { type LossRule, lossOf, probed } from '../loss';
import { probePaths } from '../probe';

/** A parquet interval holds milliseconds in 32 bits: microseconds are cut, and 1193 hours overflow. */
function losesTime(value: string): string {
  const part = (name: string) => `date_part('${name}', ${value})`;
  const milliseconds = `${part('hour')} * 3600000 + ${part('minute')} * 60000 + ${part('millisecond')}`;
  return `${part('microsecond')} % 1000 <> 0 OR ${milliseconds} > ${2 ** 32 - 1}`;
}

export const parquetInterval: LossRule = {
  code: 'KX014',
  name: 'parquet-interval',
  find(context) {
    if (context.format !== 'parquet') return probed(context, []);
    return probed(
      context,
      probePaths(context, ({ type }) => type.id === 'INTERVAL').map(({ column, count }) => ({
        query: count(losesTime),
        loss: lossOf(this, 'warning', column.object),
      })),
    );
  },
};
