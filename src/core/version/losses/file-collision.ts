import { exportFiles } from '../export-files';
import { certain, type LossRule, lossOf } from '../loss';

/** `a` from b_c to c and `a_b` from c to c are both `a_b_c_c.parquet`: the later one overwrites the earlier. */
export const fileCollision: LossRule = {
  code: 'KX011',
  name: 'file-collision',
  find(context) {
    const files = exportFiles(context);
    return certain(
      files.flatMap(({ file, object }, index) => {
        const other = files.slice(0, index).find((candidate) => candidate.file === file);
        return other === undefined ? [] : [lossOf(this, 'error', object, { file, other: other.object })];
      }),
    );
  },
};
