import { randomBytes } from 'node:crypto';
import { quoteName } from '../../core/dialect/kuzu-names';
import type { Session } from '../driver';

/**
 * Makes what a WAL has just been replayed into a database that can be closed. Kùzu replays the DROP of a column or of a
 * full-text index into the catalog alone: unless the table changes before the next checkpoint, its storage keeps what was
 * dropped. Then another column shows the values of the dropped one, a new column shows them or ends the process, and so
 * does a write to a table that lost its index. A column that is added and dropped again tells the storage, changes no
 * row, and is the last one, whose DROP is harmless.
 * @source measured on Kùzu 0.11.3
 * @throws as Session.run
 */
export async function finishReplay(session: Session): Promise<void> {
  const [found] = await session.run([{ text: 'CALL show_tables() RETURN name', rows: Number.MAX_SAFE_INTEGER }]);
  const column = quoteName(`kuzu_migrate_${randomBytes(8).toString('hex')}`);
  const changes = (found?.rows ?? []).flatMap(([name]) => {
    const table = `ALTER TABLE ${quoteName(String(name))}`;
    return [`${table} ADD ${column} INT64`, `${table} DROP ${column}`];
  });
  if (changes.length === 0) return;
  await session.run(['BEGIN TRANSACTION', ...changes, 'COMMIT'].map((text) => ({ text })));
}
