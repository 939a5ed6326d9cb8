import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/extension/constants/commands';
import { extension, waitFor } from './support';

describe('activation', () => {
  it('starts no engine', async () => {
    const { services } = await extension();
    await waitFor('the projects to be read', () => services.projects.isRead);
    assert.equal(services.engines.started, false);
    assert.deepEqual(engineProcesses(), []);
  });

  it('measures its own time', async function () {
    const { activationMs } = await extension();
    assert.ok(activationMs > 0);
    // For whoever reads the report; a test machine is no place to judge it.
    if (this.test) this.test.title += `: ${activationMs.toFixed(1)} ms`;
  });

  it('registers every command of the manifest', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(COMMANDS).filter((command) => !known.has(command)),
      [],
    );
  });

  it('finds the sample project with its database, versions and scripts', async () => {
    const { services } = await extension();
    const [sample] = services.projects.loaded;
    assert.equal(sample?.project.databases[0]?.name, 'requirements');
    assert.deepEqual(
      sample?.list.versions.map(({ version }) => version),
      ['v1.0.0', 'v1.1.0'],
    );
    assert.equal(sample?.list.current, 'v1.1.0');
    assert.ok((sample?.scripts.length ?? 0) > 0);
  });
});

/** Command lines of our engine's processes below this one, by Linux's own table; empty elsewhere. */
function engineProcesses(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return parent === String(process.pid) && command.includes('host.js') ? [command] : [];
    } catch {
      // No process, or one that has just ended.
      return [];
    }
  });
}
