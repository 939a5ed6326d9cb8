// Headless Chromium on a workbench.
import { chromium } from 'playwright-core';

/** Wide enough that the diff editor shows two sides. */
export const viewport = { width: 1600, height: 1000 };

/**
 * Starts a headless Chromium that reaches nothing but this machine.
 * @param {string} executable
 * @param {string} [locale] language that the browser asks for
 * @returns {Promise<{browser: import('playwright-core').Browser, page: import('playwright-core').Page}>}
 */
export async function openPage(executable, locale = 'en-US') {
  const browser = await chromium.launch({
    executablePath: executable,
    args: [
      // Chromium has no sandbox for root, and containers often have no user namespaces.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({ viewport, locale });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  // Never answer for the workbench's own document: VS Code's service worker would lose its webviews.
  await page.route(/^https?:\/\/(?!127\.0\.0\.1[:/])/, (route) => route.abort());
  return { browser, page };
}
