import { type LossRule, lossOf, probed } from '../loss';
import { probePaths } from '../probe';

/** Both formats hold microseconds. The engine's own statements make none below them, but its Python interface does. */
export const nanoseconds: LossRule = {
  code: 'KX020',
  name: 'nanoseconds',
  find(context) {
    return probed(
      context,
      probePaths(context, ({ type }) => type.id === 'TIMESTAMP_NS').map(({ column, any }) => ({
        query: any((value) => `CAST(CAST(${value} AS STRING) AS TIMESTAMP_NS) <> ${value}`),
        loss: lossOf(this, 'warning', column.object),
      })),
    );
  },
};
