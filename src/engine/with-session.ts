import type { Opener, OpenOptions, Session } from './driver';

/**
 * Opens a database, works, and closes it. When both the work and the closing fail (a full disk makes the engine abort in
 * its last checkpoint), the first error is thrown, with the second as its cause.
 */
export async function withSession<T>(
  opener: Opener,
  options: OpenOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await opener.open(options);
  let result: T;
  try {
    result = await work(session);
  } catch (error) {
    await session.close().catch((second: unknown) => {
      if (error instanceof Error) error.cause ??= second;
    });
    throw error;
  }
  await session.close();
  return result;
}
