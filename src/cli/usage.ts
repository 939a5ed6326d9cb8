import type { Command, CommanderError } from 'commander';
import { MigrateError } from '../core/errors';
import type { Translate } from '../core/text/english';

/** What commander says in English alone: its code, what it names, and our text for it. */
const REFUSALS: Readonly<Record<string, readonly [pattern: RegExp, key: string]>> = {
  'commander.unknownCommand': [/^unknown command '(?<word>.*)'/, 'cli.usage.command'],
  'commander.unknownOption': [/^unknown option '(?<word>.*)'/, 'cli.usage.option'],
  'commander.missingArgument': [/^missing required argument '(?<word>.*)'/, 'cli.usage.argument'],
  'commander.optionMissingArgument': [/^option '(?<word>.*)' argument missing/, 'cli.usage.value'],
  'commander.missingMandatoryOptionValue': [/^required option '(?<word>.*)' not specified/, 'cli.usage.wanted'],
  'commander.conflictingOption': [/^option '(?<word>.*)' cannot be used with option '(?<other>.*)'/, 'cli.usage.both'],
  'commander.excessArguments': [/^too many arguments/, 'cli.usage.tooMany'],
  'commander.invalidArgument': [
    /^option '(?<word>.*)' argument '(?<value>.*)' is invalid\. (?<reason>.*)$/s,
    'cli.usage.invalid',
  ],
};

/** What commander refuses, as a usage error of ours in the user's language, with the help that tells more. */
export function usageError(
  { code, message }: CommanderError,
  argv: readonly string[],
  commands: readonly Command[],
  text: Translate,
): MigrateError {
  const command = argv.find((word) => commands.some((one) => one.name() === word || one.aliases().includes(word)));
  const help = command === undefined ? '--help' : `${command} --help`;
  return new MigrateError('USAGE', { detail: detailOf(code, message.replace(/^error: /, ''), text), help });
}

function detailOf(code: string, said: string, text: Translate): string {
  const [pattern, key] = REFUSALS[code] ?? [];
  const named = pattern?.exec(said);
  if (!key || !named) return said;
  const { reason = '', ...params } = named.groups ?? {};
  const near = /\(Did you mean (?:one of )?(.+)\?\)$/.exec(said)?.[1];
  const refusal = text(key, { ...params, reason: reasonOf(reason, text) });
  return near === undefined ? refusal : text('cli.usage.near', { refusal, near });
}

/** A list of choices is told by commander, all else by ourselves. */
function reasonOf(reason: string, text: Translate): string {
  const choices = /^Allowed choices are (.+)\.$/.exec(reason)?.[1];
  return choices ? text('option.oneOf', { argument: choices }) : reason;
}
