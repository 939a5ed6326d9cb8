import { type Options, SingleBar } from 'cli-progress';
import type { Progress } from '../workflow/context';
import type { Shell } from './shell';

/** Progress on stderr: a bar in a terminal, one plain line a step elsewhere (none for migrations), nothing beside `--json`. */
export class ProgressLine {
  readonly #shell: Shell;
  #bar: SingleBar | undefined;
  #step: Progress['step'] | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  show(progress: Progress): void {
    const label = this.#shell.text(`step.${progress.step}`);
    if (process.stderr.isTTY !== true) {
      // The lines of the result tell more than the name of the only step.
      const isNews = progress.step !== this.#step && progress.step !== 'migrate';
      if (isNews && !this.#shell.json) this.#shell.writeError(`${label}\n`);
      this.#step = progress.step;
      return;
    }
    this.#step = progress.step;
    this.#bar ??= started();
    const total = progress.total ?? 1;
    this.#bar.setTotal(Math.max(total, 1));
    this.#bar.update(progress.done ?? 0, { label, object: progress.object ?? '' });
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

function started(): SingleBar {
  const options: Options = {
    format: ' {bar} {label} {object}',
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
    gracefulExit: false,
    // A single long statement moves nothing: the bar is drawn when there is news.
    fps: 10,
  };
  const bar = new SingleBar(options);
  bar.start(1, 0, { label: '', object: '' });
  return bar;
}
