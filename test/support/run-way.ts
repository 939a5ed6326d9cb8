import assert from 'node:assert/strict';
import { findDangers } from '../../src/core/danger/find';
import { openedState, type SessionState, settled } from '../../src/core/danger/session-state';
import type { Way } from '../../src/core/schema/plan/types';
import { parseScript } from '../../src/core/script/parse';
import type { Driver, Session, Statement } from '../../src/engine/driver';

/** A database that a way runs on, as a migration would: closed and opened, and with checkpoints, where a danger asks for it. */
export class WayRunner {
  private state: SessionState = openedState();
  private constructor(
    private readonly driver: Driver,
    private readonly path: string,
    private current: Session,
  ) {}

  static async open(driver: Driver, path: string): Promise<WayRunner> {
    return new WayRunner(driver, path, await open(driver, path));
  }

  get session(): Session {
    return this.current;
  }

  close(): Promise<void> {
    return this.current.close();
  }

  async reopen(): Promise<void> {
    await this.close();
    this.current = await open(this.driver, this.path);
    this.state = openedState();
  }

  /** Statements of a test's own, and a checkpoint, behind which a danger asks for nothing more. */
  async run(texts: readonly string[]): Promise<void> {
    await this.current.run([...texts, 'CHECKPOINT'].map((text) => ({ text })));
    this.state = settled(this.state, 'checkpoint');
  }

  async runWay(way: Way): Promise<void> {
    const { statements, problems } = parseWay(way);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      statements.map(({ text }) => text),
      way.statements.map(({ text }) => text),
    );
    const found = findDangers(statements, {
      dialect: 'cypher',
      transactional: way.transactional,
      state: this.state,
    });
    assert.deepEqual(found.dangers, []);
    for (const text of way.assertions ?? []) {
      const [answer] = await this.current.run([{ text, rows: 2 }]);
      if (answer?.rows.length !== 1 || answer.rows[0]?.[0] !== true) throw new Error(`not so: ${text}`);
    }
    let open: Statement[] = [];
    const send = async (more: readonly string[]) => {
      const texts = [...open, ...more.map((text) => ({ text }))];
      open = [];
      if (texts.length > 0) await this.current.run(texts);
    };
    const { begin, commit } = this.driver;
    for (const [index, statement] of statements.entries()) {
      if (found.reopenBefore.includes(index)) {
        await send(open.length > 0 ? [commit] : []);
        await this.reopen();
      }
      if (found.checkpointBefore.includes(index)) await this.driver.checkpoint(this.current);
      const isCall = /^CALL /.test(statement.text);
      if (open.length === 0 && !isCall) open.push({ text: begin });
      for (const guard of found.guards)
        if (guard.index === index) open.push({ text: guard.query, rows: 1, guard: true });
      open.push({ text: statement.text });
      if (!way.transactional) await send(isCall ? ['CHECKPOINT'] : [commit]);
    }
    await send(open.length > 0 ? [commit] : []);
    // Reading its schema makes a checkpoint.
    this.state = settled(found.state, 'checkpoint');
  }
}

function open(driver: Driver, path: string): Promise<Session> {
  return driver.open({ path, readOnly: false, memoryMB: 128 });
}

/** The way as a file has it. */
export function parseWay(way: Way) {
  const text = way.statements
    .map(({ text: own, directives = [] }) => [...directives.map((one) => `-- ${one}\n`), `${own};\n`].join(''))
    .join('');
  const { up, problems } = parseScript(text, 'cypher', 'up');
  return { statements: up.statements, problems };
}
