import type { Browser, Page } from 'playwright-core';

export const viewport: { readonly width: number; readonly height: number };
export function openPage(executable: string, locale?: string): Promise<{ browser: Browser; page: Page }>;
