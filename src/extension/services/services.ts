import path from 'node:path';
import * as vscode from 'vscode';
import { MadeDocuments } from '../documents/made-documents';
import { ContextKeys } from './context-keys';
import { Engines } from './engines';
import { Messages } from './messages';
import { Projects } from './projects';
import { Schemas } from './schemas';
import { Watching } from './watching';

/** What commands, views and editors share. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly messages: Messages;
  readonly engines: Engines;
  readonly projects: Projects;
  readonly schemas: Schemas;
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
  own(new Watching(projects));
  own(new ContextKeys(projects));
  own(new MadeDocuments(projects, schemas));
  return { extensionUri: context.extensionUri, log, messages, engines, projects, schemas };
}
