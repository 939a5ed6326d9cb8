import type { Command } from 'commander';
import { type BuildResult, buildSchemaFile } from '../../workflow/schema-build';
import { errorJson, writeError } from '../errors';
import { withExamples } from '../help';
import type { GlobalOptions, Outcome, Shell } from '../shell';

interface Options {
  readonly check?: boolean;
  readonly stdout?: boolean;
  readonly verify: boolean;
}

export function registerSchemaBuild(schema: Command, shell: Shell): void {
  const build = schema
    .command('build')
    .description(shell.text('cli.build'))
    .option('--check', shell.text('cli.build.check'))
    .option('--stdout', shell.text('cli.build.stdout'))
    .option('--no-verify', shell.text('cli.build.noVerify'))
    .action(async (options: Options, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await shell.run(
        globals,
        async (context, running) => {
          const result = await buildSchemaFile(context, {
            ...running,
            ...(globals.engine === undefined ? {} : { engine: globals.engine }),
            ...(options.check || options.stdout ? { dry: true as const } : {}),
            ...(options.verify ? {} : { verify: false as const }),
          });
          return outcomeOf(result, options, shell);
        },
        options.verify ? 'engine' : undefined,
      );
    });
  withExamples(build, shell.text, ['schema build', 'schema build --check']);
}

function outcomeOf(result: BuildResult, options: Options, shell: Shell): Outcome {
  const { file, changed, objects, text, findings, kept } = result;
  const last = findings.at(-1);
  if (last) {
    // The last is told by whoever shows the outcome.
    if (!shell.json) for (const one of findings.slice(0, -1)) writeError(one, shell);
    const all = findings.map((one) => errorJson(one, shell));
    return { json: { ok: false, error: all[0], findings: all }, lines: [], error: last };
  }
  const stale = options.check === true && changed;
  const key = stale ? 'cli.build.stale' : changed ? 'cli.build.made' : 'cli.build.same';
  const note = kept === undefined ? [] : [shell.text('ddl.kept', { file, kept })];
  return {
    json: {
      file,
      changed,
      objects,
      ...(kept === undefined ? {} : { kept }),
      ...(options.stdout ? { text } : {}),
    },
    lines: options.stdout
      ? [text]
      : [...note.map((one) => `${shell.text('cli.note')}: ${one}`), shell.text(key, { file, count: objects.length })],
    ...(stale ? { exitCode: 3 } : {}),
  };
}
