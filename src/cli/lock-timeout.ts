import { Option } from 'commander';
import type { Shell } from './shell';
import { wholeNumber } from './whole-number';

export interface LockOptions {
  readonly lockTimeout?: number;
}

/** Of commands that write to a database: how long to wait for another one of ours. */
export function lockTimeoutOption(shell: Shell): Option {
  return new Option('--lock-timeout <seconds>', shell.text('cli.run.lockTimeout')).argParser(wholeNumber(0, shell));
}

export function lockTimeoutOf({ lockTimeout }: LockOptions): { readonly lockTimeoutMs?: number } {
  return lockTimeout === undefined ? {} : { lockTimeoutMs: lockTimeout * 1000 };
}
