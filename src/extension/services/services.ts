import path from 'node:path';
import * as vscode from 'vscode';
import { KeptTexts } from '../documents/kept-texts';
import { MadeDocuments } from '../documents/made-documents';
import { ContextKeys } from './context-keys';
import { Drifts } from './drifts';
import { Engines } from './engines';
import { Findings } from './findings';
import { Lints } from './lints';
import { Messages } from './messages';
import { Projects } from './projects';
import { SchemaBuilds } from './schema-builds';
import { SchemaChoice } from './schema-choice';
import { Schemas } from './schemas';
import { Statuses } from './statuses';
import { Watching } from './watching';

/** What commands, views and editors share. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly messages: Messages;
  readonly engines: Engines;
  readonly projects: Projects;
  readonly schemas: Schemas;
  readonly schemaChoice: SchemaChoice;
  readonly statuses: Statuses;
  readonly drifts: Drifts;
  readonly findings: Findings;
  readonly lints: Lints;
  readonly builds: SchemaBuilds;
  readonly kept: KeptTexts;
}

/** The composition root: everything is made here, once a window, and ends with the extension. */
export function createServices(context: vscode.ExtensionContext): Services {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = vscode.window.createOutputChannel('Kuzu Migrate', { log: true });
  const messages = own(new Messages(log));
  const dist = path.join(context.extensionPath, 'dist');
  const engines = own(new Engines(dist, log, () => vscode.workspace.isTrusted));
  const projects = own(new Projects(log));
  const schemas = new Schemas(engines);
  const schemaChoice = own(new SchemaChoice(projects, context.workspaceState));
  const statuses = own(new Statuses(engines, projects, log));
  const drifts = own(new Drifts(engines, projects, log));
  const findings = own(new Findings(projects));
  const lints = own(new Lints(projects));
  const builds = own(new SchemaBuilds({ projects, engines, findings, messages }));
  const kept = new KeptTexts();
  own(new Watching(projects));
  own(new ContextKeys(projects, schemaChoice));
  own(new MadeDocuments({ projects, schemas, engines, kept }));
  const { extensionUri } = context;
  return {
    extensionUri,
    log,
    messages,
    engines,
    projects,
    schemas,
    schemaChoice,
    statuses,
    drifts,
    findings,
    lints,
    builds,
    kept,
  };
}
