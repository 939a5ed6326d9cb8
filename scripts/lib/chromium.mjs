// Finds a Chromium to drive, and installs one where that is allowed.
import { existsSync, readFileSync } from 'node:fs';
import { findProgram, run } from './process.mjs';

const packages = ['chromium', 'fonts-dejavu-core', 'fonts-noto-cjk'];
const apt = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/**
 * A Chromium (or Chrome) for the tests, installed with apt when this is root on Debian or Ubuntu and none is there.
 * A font for Japanese is installed likewise: without one the Japanese screenshots show boxes.
 * @param {(line: string) => void} say gets one line per thing done
 * @returns {Promise<{executable?: string, advice?: string}>} advice: what a person has to run, when there is none
 */
export async function ensureChromium(say = () => undefined) {
  if (process.env.CHROMIUM) {
    const works = await starts(process.env.CHROMIUM);
    return works
      ? { executable: process.env.CHROMIUM }
      : { advice: `CHROMIUM: ${process.env.CHROMIUM} does not start` };
  }
  let executable = await find();
  const fonts = executable ? await hasJapanese() : false;
  if ((!executable || !fonts) && mayInstall()) {
    say(`Chromium: ${apt}`);
    await install(executable ? ['fonts-noto-cjk'] : packages, say);
    executable = await find();
  } else if (executable && !fonts) {
    say('Chromium: no font for Japanese here (Debian: fonts-noto-cjk); Japanese screenshots will show boxes');
  }
  if (!executable) return { advice: advice() };
  say(`Chromium: ${executable}`);
  return { executable };
}

async function find() {
  const places = [
    findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
    await playwrightOwn(),
  ];
  for (const place of places) {
    if (place && existsSync(place) && (await starts(place))) return place;
  }
  return undefined;
}

/** Where `npx playwright-core install chromium` puts it. */
async function playwrightOwn() {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

/** Ubuntu's chromium package may be a mere pointer to a snap: being there is not enough. */
async function starts(executable) {
  // Chrome on Windows opens a window instead of answering --version.
  if (process.platform === 'win32') return existsSync(executable);
  return (await run(executable, ['--version'], { timeoutMs: 30_000 })).code === 0;
}

async function hasJapanese() {
  if (process.platform !== 'linux') return true;
  return (await run('fc-list', [':lang=ja'])).output.includes(':');
}

function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !findProgram('apt-get')) return false;
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

async function install(names, say) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...names]]) {
    const result = await run('apt-get', args, { env, timeoutMs: 600_000 });
    if (result.code !== 0) say(`Chromium: apt-get ${args[0]} failed: ${result.output.trim().split('\n').at(-1)}`);
  }
}

function advice() {
  if (process.platform === 'linux') {
    return `No Chromium here. As root run: ${apt}\nor without root: npx playwright-core install chromium, or set CHROMIUM to one`;
  }
  return 'No Chromium here. Run: npx playwright-core install chromium, or set CHROMIUM to the path of a Chrome';
}
