import type { Command } from 'commander';
import type { Translate } from '../core/text/english';

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'cli.help.usage',
  'Arguments:': 'cli.help.arguments',
  'Options:': 'cli.help.options',
  'Global Options:': 'cli.help.globalOptions',
  'Commands:': 'cli.help.commands',
};

/** Help in the user's language, for the program and every command below it. */
export function localiseHelp(program: Command, text: Translate): void {
  program.configureHelp({
    showGlobalOptions: true,
    styleTitle: (title) => (TITLES[title] ? text(TITLES[title]) : title),
  });
}

/** One or more lines that a user can copy, below the help of a command. */
export function withExamples(command: Command, text: Translate, examples: readonly string[]): Command {
  const title = text(examples.length === 1 ? 'cli.example' : 'cli.examples');
  return command.addHelpText('after', `\n${title}\n${examples.map((one) => `  $ kuzu-migrate ${one}`).join('\n')}\n`);
}
