import { type LossRule, lossOf, probed } from '../loss';
import { probePaths } from '../probe';

/** No text of the engine has more than microseconds. Its own statements make none below them, but its Python interface does. */
export const nanoseconds: LossRule = {
  code: 'KX020',
  name: 'nanoseconds',
  find(context) {
    return probed(
      context,
      probePaths(context, ({ type }) => type.id === 'TIMESTAMP_NS').map(({ column, any }) => ({
        query: any((value) => `CAST(CAST(${value} AS STRING) AS TIMESTAMP_NS) <> ${value}`),
        loss: lossOf(this, 'blocked', column.object),
      })),
    );
  },
};
