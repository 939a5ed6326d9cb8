// What a person does in a workbench, for the user-interface tests. Everything waits by polling.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openPage } from './browser.mjs';
import { startVsCodeServer, type VsCodeHost } from './server.mjs';

/** What test/ui/run.mjs has prepared; it arrives as JSON in KUZU_MIGRATE_UI. */
interface Prepared {
  readonly host: VsCodeHost;
  readonly chromium: string;
  /** Folder of installed extensions, with ours from its VSIX. */
  readonly extensions: string;
  /** A sample project, or any other folder to copy. */
  readonly sample: string;
  readonly screenshots: string;
}

export interface WorkbenchOptions {
  /** A folder or .code-workspace file to open as it is; `null`: an empty window; absent: a fresh copy of the sample. */
  readonly workspace?: string | null;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Display language for extensions, like `ja`. */
  readonly locale?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a VS Code with the extension installed and opens its workbench in a headless browser.
 * @throws outside of `node test/ui/run.mjs`, which prepares what is needed
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const json = process.env.KUZU_MIGRATE_UI;
  if (!json) throw new Error('user-interface tests run through: node test/ui/run.mjs [FILE...]');
  const prepared = JSON.parse(json) as Prepared;
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'kuzu-ui-'));
  const cleanup: (() => Promise<void>)[] = [async () => rmSync(temporary, { recursive: true, force: true })];
  const close = async () => {
    for (const step of cleanup.reverse()) await step();
  };
  try {
    const workspace = options.workspace === undefined ? path.join(temporary, 'sample') : options.workspace;
    if (options.workspace === undefined)
      cpSync(prepared.sample, workspace ?? '', { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    const { host, extensions, chromium, screenshots } = prepared;
    const { locale, env } = options;
    // Without it a short diff shows a scroll bar as high as the window.
    const settings = { 'editor.scrollBeyondLastLine': false, ...options.settings };
    const server = await startVsCodeServer({
      host,
      extensions,
      settings,
      ...(locale ? { locale } : {}),
      ...(env ? { env } : {}),
    });
    cleanup.push(() => server.stop());
    const { browser, page } = await openPage(chromium);
    cleanup.push(() => browser.close());
    page.setDefaultTimeout(60_000);
    await page.goto(server.url(workspace ?? undefined));
    await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor();
    return new Workbench(page, workspace, screenshots, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Registers a hook that leaves a screenshot `failed-…` of the window after each test that fails. */
export function keepScreenshotOfFailures(current: () => Workbench | undefined): void {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/[^\p{L}\p{N}]+/gu, '-');
    await current()?.screenshot(`failed-${name}`);
  });
}

/** One window of VS Code. Titles and labels are given as a person reads them. */
export class Workbench {
  constructor(
    readonly page: Page,
    /** The folder that is open, if any. */
    readonly workspace: string | null,
    private readonly screenshots: string,
    /** Ends the browser and the server and removes what they wrote. */
    readonly close: () => Promise<void>,
  ) {}

  /** Shows a view container by its title in the activity bar. */
  async openView(title: string): Promise<void> {
    const entry = this.page.locator(`.activitybar .action-item:has(a[aria-label^=${quoted(title)}])`);
    await entry.waitFor();
    await this.waitFor(`the view container ${title}`, async () => {
      if ((await entry.getAttribute('class'))?.split(' ').includes('checked')) return true;
      await entry.click();
      return false;
    });
  }

  /** A row of a tree whose label contains the text; `view` narrows it to a view with that title. */
  treeItem(text: string, view?: string): Locator {
    const scope = view ? this.page.locator(`.pane:has(.pane-header[aria-label^=${quoted(view)}])`) : this.page;
    return scope.locator(`[role=treeitem][aria-label*=${quoted(text)}]`).first();
  }

  /** Opens rows of a tree from the outside in. Children may still be on their way: wait for the one you need. */
  async expand(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const item = this.treeItem(label);
      await item.waitFor();
      if ((await item.getAttribute('aria-expanded')) === 'false') await item.locator('.monaco-tl-twistie').click();
      await this.waitFor(`${label} to open`, async () => (await item.getAttribute('aria-expanded')) !== 'false');
    }
  }

  /** Right-clicks a row or anything else and takes an entry of its menu. */
  async contextMenu(target: Locator, entry: string): Promise<void> {
    await this.openContextMenu(target);
    const item = this.menu()
      .filter({ hasText: new RegExp(`^\\s*${escaped(entry)}`) })
      .first();
    // A menu takes no click in its first 100 ms.
    await this.waitFor(`${entry} to be taken`, async () => {
      await item.click();
      return item.waitFor({ state: 'hidden', timeout: 500 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Right-clicks and answers the entries of the menu, which stays open until Escape is pressed. */
  async openContextMenu(target: Locator): Promise<string[]> {
    await target.click({ button: 'right' });
    await this.menu().first().waitFor();
    return (await this.menu().locator('.action-label').allInnerTexts()).map((text) => text.trim()).filter(Boolean);
  }

  /** Opens the command palette, types a text, and answers the rows that are shown. */
  async openPalette(text: string): Promise<string[]> {
    await this.waitFor('the command palette', async () => {
      await this.page.keyboard.press('F1');
      // An input that is about to close cannot be filled: then the palette is opened anew.
      return this.input()
        .fill(`>${text}`, { timeout: 1000 })
        .then(
          () => true,
          () => false,
        );
    });
    await this.rows().first().waitFor();
    return this.rowLabels();
  }

  /** Runs a command by its full palette title, `Category: Title`, as soon as it is there. */
  async runCommand(title: string): Promise<void> {
    const row = this.rows()
      .and(this.page.locator(`[aria-label^=${quoted(title)}]`))
      .first();
    await this.waitFor(`the command ${title}`, async () => {
      await this.openPalette(title);
      if (await row.isVisible()) return true;
      await this.page.keyboard.press('Escape');
      return false;
    });
    await row.click();
  }

  /** Takes the row of the open quick pick whose label contains the text. */
  async quickPick(text: string): Promise<void> {
    await this.rows().filter({ hasText: text }).first().click();
  }

  /** Types into the open input box and accepts it. */
  async answer(text: string): Promise<void> {
    const input = this.input();
    await input.fill(text);
    await input.press('Enter');
  }

  /** The labels of the rows of the open quick pick. */
  async rowLabels(): Promise<string[]> {
    return (await this.rows().locator('.quick-input-list-label .label-name').allInnerTexts()).map((text) =>
      text.trim(),
    );
  }

  /** A notification that contains the text. */
  toast(text: string): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** Presses a button of a notification, once it is there. */
  async toastAction(text: string, action: string): Promise<void> {
    await this.toast(text).getByRole('button', { name: action, exact: true }).click();
  }

  /** Takes all notifications away, so that they do not cover what a screenshot shows. */
  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
  }

  /** A modal dialog that contains the text. */
  dialog(text: string): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: text });
  }

  /** Presses a button of a modal dialog, once it is there. */
  async dialogButton(text: string, button: string): Promise<void> {
    await this.dialog(text).getByRole('button', { name: button, exact: true }).click();
  }

  /** An editor's tab whose label contains the text. */
  tab(text: string): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: text }).first();
  }

  /** The content of the webview (of the one that is shown, when there are several). */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  }

  /** The visible lines of the active editor, without a diff's other side. */
  async editorLines(): Promise<string[]> {
    return lines(this.page.locator('.editor-group-container.active .monaco-editor:visible').first());
  }

  /** The visible lines of both sides of the first diff that is shown. */
  async diffLines(): Promise<{ original: string[]; modified: string[] }> {
    const diff = this.page.locator('.monaco-diff-editor:visible').first();
    const side = (name: string) => lines(diff.locator(`.editor.${name} .monaco-editor`).first());
    return { original: await side('original'), modified: await side('modified') };
  }

  /** An item of the status bar that contains the text. */
  statusBarItem(text: string): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** Saves what the window shows as build/screenshots/NAME.png, and answers the file. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(this.screenshots, { recursive: true });
    const file = path.join(this.screenshots, `${name}.png`);
    // The mouse would leave a hover on the picture.
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path: file, caret: 'hide' });
    return file;
  }

  /**
   * Asks again and again until the answer is neither false nor undefined, and returns it.
   * @throws when there is none in time; the message says what was waited for
   */
  async waitFor<T>(what: string, ask: () => Promise<T | false | undefined>, timeoutMs = 60_000): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const answer = await ask();
      if (answer !== false && answer !== undefined) return answer;
      if (Date.now() > end) throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
      await this.page.waitForTimeout(100);
    }
  }

  private input(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  private menu(): Locator {
    return this.page.locator('.monaco-menu [role=menuitem]:not(.disabled)');
  }

  private rows(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  }
}

/** A text as a value in a CSS attribute selector. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Monaco keeps its lines in any order and writes blanks as no-break spaces. */
async function lines(editor: Locator): Promise<string[]> {
  const found = await editor.locator('.view-lines .view-line').all();
  const placed = await Promise.all(
    found.map(async (line) => ({
      top: Number.parseFloat((await line.getAttribute('style'))?.match(/top:\s*([\d.]+)/)?.[1] ?? '0'),
      text: ((await line.textContent()) ?? '').replaceAll('\u00a0', ' '),
    })),
  );
  return placed.sort((a, b) => a.top - b.top).map(({ text }) => text);
}
