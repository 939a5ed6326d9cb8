// Opens the sample project in a VS Code that a browser shows.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { installVsix, listExtensions, startVsCodeServer } from '../../test/support/vscode/server.mjs';
import { installVsCodeHost } from './vscode-host.mjs';

/**
 * Serves VS Code on 127.0.0.1 until the process is ended; with `check`, only until it has answered.
 * @param {{vsix: string, extension: string, sample: string, profile: string, check: boolean, port: number, say: (line: string) => void}} task
 * @throws when the server does not start or does not answer as it should
 */
export async function openServer({ vsix, extension, sample, profile, check, port, say }) {
  const host = await installVsCodeHost(say);
  const extensions = path.join(profile, 'extensions');
  mkdirSync(extensions);
  await installVsix(host, vsix, extensions);
  const installed = await listExtensions(host, extensions);
  if (!installed.includes(extension))
    throw new Error(`${extension} is not among the installed: ${installed.join(', ')}`);
  say(`installed: ${extension}`);
  const server = await startVsCodeServer({
    host,
    extensions,
    port,
    // Whoever can reach the port can run programs as this user: the address carries a secret.
    token: randomBytes(16).toString('hex'),
    settings: { 'workbench.startupEditor': 'readme' },
  });
  try {
    say(`VS Code: ${server.url(sample)}`);
    if (check) await askWorkbench(server, sample, say);
    else {
      say('Open this address in a browser on this machine. Ctrl+C ends it.');
      const how = await server.ended;
      throw new Error(`VS Code ended by itself (${how})\n${server.log().slice(-2000)}`);
    }
  } finally {
    await server.stop();
  }
}

/** The page of the workbench comes with the token and is refused without it. */
async function askWorkbench(server, sample, say) {
  const refused = await fetch(`http://127.0.0.1:${server.port}/`);
  if (refused.status !== 403) throw new Error(`without its token the server answered ${refused.status}, not 403`);
  // The first answer sets the token as a cookie and sends the browser on.
  const first = await fetch(server.url(sample), { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')?.split(';')[0];
  const page = await fetch(new URL(first.headers.get('location') ?? '', server.url(sample)), {
    headers: cookie ? { cookie } : {},
  });
  const text = await page.text();
  if (page.status !== 200 || !text.includes('vscode-workbench-web-configuration')) {
    throw new Error(`the workbench answered ${page.status}: ${text.slice(0, 200)}`);
  }
  say(`workbench: answers with its token (${text.length} characters), refuses without`);
}
