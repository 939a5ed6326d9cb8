import { InvalidArgumentError } from 'commander';
import type { Shell } from './shell';

/** Reads an option that is a whole number. */
export function wholeNumber(least: number, shell: Shell): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least) {
      throw new InvalidArgumentError(shell.text('option.count', { argument: least }));
    }
    return number;
  };
}
