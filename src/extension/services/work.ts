import * as vscode from 'vscode';
import type { Progress, Running } from '../../workflow/context';
import { VIEWS } from '../constants/views';
import { t } from './text';

/** What is done before this shows only in the view. */
const QUICK_MS = 1500;

/**
 * Runs long work: progress in the view at once, and a message with a Cancel button when it takes a while.
 * @param options `asks`: it begins with a question, and the time that the user takes does not count.
 */
export async function withProgress<T>(
  title: string,
  work: (running: Running) => Promise<T>,
  options: { readonly asks?: boolean } = {},
): Promise<T> {
  const abort = new AbortController();
  const watchers = new Set<(progress: Progress) => void>();
  let last: Progress | undefined;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const running: Running = {
    signal: abort.signal,
    onProgress: (progress) => {
      last = progress;
      begin();
      for (const watcher of watchers) watcher(progress);
    },
  };
  const result = work(running);
  void vscode.window.withProgress({ location: { viewId: VIEWS.migrations } }, () => settled(result));
  if (options.asks) await Promise.race([begun, settled(result)]);
  if (!(await isSettledWithin(result, QUICK_MS))) {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, async (shown, token) => {
      token.onCancellationRequested(() => abort.abort());
      const watcher = reporter(shown);
      if (last) watcher(last);
      watchers.add(watcher);
      await settled(result);
    });
  }
  return result;
}

function reporter(shown: vscode.Progress<{ message?: string; increment?: number }>): (progress: Progress) => void {
  let percent = 0;
  return ({ step, object, done, total }) => {
    const message =
      object === undefined ? t(`step.${step}`) : t('ui.progress.object', { step: `@step.${step}`, object });
    const reached = done === undefined || !total ? percent : Math.round((done / total) * 100);
    // VS Code adds up; a step that counts anew must not take anything back.
    const increment = Math.max(reached - percent, 0);
    percent = Math.max(reached, percent);
    shown.report({ message, increment });
  };
}

/** Waits for the end, good or bad; the result is awaited, and its error shown, elsewhere. */
async function settled(work: Promise<unknown>): Promise<void> {
  await work.then(
    () => undefined,
    () => undefined,
  );
}

async function isSettledWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const first = await Promise.race([settled(work).then(() => true), late]);
  clearTimeout(timer);
  return first;
}
