import { Command, CommanderError, Option } from 'commander';
import { languageOf } from '../core/text/translate';
import { TOOL_VERSION } from '../core/tool';
import { registerBaseline } from './commands/baseline';
import { registerCheck } from './commands/check';
import { registerCreate } from './commands/create';
import { registerDiff } from './commands/diff';
import { registerDrift } from './commands/drift';
import { registerExport } from './commands/export';
import { registerGenerate } from './commands/generate';
import { registerHistory } from './commands/history';
import { registerImport } from './commands/import';
import { registerInit } from './commands/init';
import { registerLint } from './commands/lint';
import { registerList } from './commands/list';
import { registerRepair } from './commands/repair';
import { registerRollback } from './commands/rollback';
import { registerSchema } from './commands/schema';
import { registerStatus } from './commands/status';
import { registerDown, registerRedo, registerUp } from './commands/up';
import { exitCodeOf, printError } from './errors';
import { localiseHelp, withExamples } from './help';
import { Shell } from './shell';
import { usageError } from './usage';

/** Every command, in the order of the help. */
const COMMANDS = [
  registerInit,
  registerCreate,
  registerStatus,
  registerUp,
  registerDown,
  registerRedo,
  registerCheck,
  registerLint,
  registerBaseline,
  registerRepair,
  registerHistory,
  registerExport,
  registerList,
  registerImport,
  registerRollback,
  registerDiff,
  registerGenerate,
  registerDrift,
  registerSchema,
];

export async function main(argv: readonly string[]): Promise<number> {
  const lang = argv[argv.indexOf('--lang') + 1];
  const language = languageOf(
    argv.includes('--lang') ? lang : process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG,
  );
  const shell = new Shell({ language, json: argv.includes('--json'), dist: __dirname });
  const program = new Command('kuzu-migrate');
  localiseHelp(program, shell.text);
  program
    .description(shell.text('cli.summary'))
    .option('--project <dir>', shell.text('cli.option.project'))
    .option('--db <name|path>', shell.text('cli.option.db'))
    .addOption(new Option('--engine <engine>', shell.text('cli.option.engine')).choices(['kuzu', 'ladybug', 'duckdb']))
    .option('--ddl <dir>', shell.text('cli.option.ddl'))
    .option('--json', shell.text('cli.option.json'))
    .option('--yes', shell.text('cli.option.yes'))
    .option('--confirm <name>', shell.text('cli.option.confirm'))
    .option('--no-color', shell.text('cli.option.noColor'))
    .addOption(new Option('--lang <lang>', shell.text('cli.option.lang')).choices(['en', 'ja']))
    .option('--verbose', shell.text('cli.option.verbose'))
    .option('-V', shell.text('cli.option.version'))
    .helpOption('-h, --help', shell.text('cli.option.help'))
    .helpCommand('help [command]', shell.text('cli.command.help'))
    .showSuggestionAfterError(true)
    .exitOverride()
    // Errors are told by us; what is left is the help of a call without a command.
    .configureOutput({ outputError: () => undefined, writeErr: (text) => process.stdout.write(text) });
  for (const register of COMMANDS) register(program, shell);
  withExamples(program, shell.text, ['init', 'create "add person"', 'up --dry-run', 'up', 'export --version v1.0.0']);
  // `--version` names a version in several commands, so it asks for ours only where it stands alone.
  if (argv.length === 1 && ['-V', '--version'].includes(argv[0] ?? '')) {
    process.stdout.write(`${TOOL_VERSION}\n`);
    return 0;
  }
  try {
    if (argv.length === 0) program.help();
    await program.parseAsync(argv, { from: 'user' });
    return shell.exitCode;
  } catch (error) {
    const isRefusal = error instanceof CommanderError;
    if (isRefusal && (error.exitCode === 0 || error.code === 'commander.help')) return 0;
    const known = isRefusal ? usageError(error, argv, program.commands, shell.text) : error;
    printError(known, shell);
    return exitCodeOf(known);
  } finally {
    await shell.dispose();
  }
}

if (require.main === module) {
  // `kuzu-migrate list | head -1`: whoever reads has had enough, which ends neither the work nor its exit code.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  void main(process.argv.slice(2)).then((code) => {
    // Not process.exit: what is still in a pipe has to be written.
    process.exitCode = code;
  });
}
