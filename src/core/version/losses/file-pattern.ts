import { exportFiles } from '../export-files';
import { certain, type LossRule, lossOf } from '../loss';

/** `*` and `?` in a file name are a pattern for the engine when it reads the file back. */
function patternOf(file: string): RegExp {
  const escaped = file.replace(/[\\^$.+()|{}[\]]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's');
}

export const filePattern: LossRule = {
  code: 'KX031',
  name: 'file-pattern',
  find(context) {
    const files = exportFiles(context);
    return certain(
      files
        .filter(({ file }) => /[*?]/.test(file))
        .flatMap(({ file, object }) => {
          const pattern = patternOf(file);
          const other = files.find((candidate) => candidate.file !== file && pattern.test(candidate.file));
          return other === undefined ? [] : [lossOf(this, 'error', object, { file, other: other.object })];
        }),
    );
  },
};
