import { exportFiles } from '../export-files';
import { certain, type LossRule, lossOf } from '../loss';

/** Windows and macOS mostly take names that differ in case alone, or in how an accent is composed, for one. */
function folded(file: string): string {
  return file.normalize('NFC').toLowerCase();
}

export const fileCollisionByCase: LossRule = {
  code: 'KX012',
  name: 'file-collision-by-case',
  find(context) {
    const files = exportFiles(context);
    return certain(
      files.flatMap(({ file, object }, index) => {
        const other = files
          .slice(0, index)
          .find((candidate) => candidate.file !== file && folded(candidate.file) === folded(file));
        return other === undefined ? [] : [lossOf(this, 'warning', object, { file, other: other.object })];
      }),
    );
  },
};
