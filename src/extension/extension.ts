import * as vscode from 'vscode';
import { startedAt } from './activation-clock';
import type { ExtensionApi } from './api';
import { registerCommands } from './commands/registry';
import { LanguageClaim } from './language/claim-language';
import { registerDefinitions } from './language/definitions';
import { registerFolding } from './language/folding';
import { registerLintFixes } from './language/lint-fixes';
import { showActivationFailure } from './services/activation-failure';
import { createServices, type Services } from './services/services';
import { MigrationsView } from './views/migrations-view';
import { SchemaView } from './views/schema-view';
import { StatusBar } from './views/status-bar';
import { makeDatabasePage, registerDatabaseEditor } from './webview/database-editor';

/** How long the bundle took to load; between that and the activation VS Code does work of its own. */
const loadMs = performance.now() - startedAt;

export function activate(context: vscode.ExtensionContext): ExtensionApi | undefined {
  const activatedAt = performance.now();
  try {
    const services = createServices(context);
    context.subscriptions.push(
      new MigrationsView(services),
      new SchemaView(services),
      new StatusBar(services.projects, services.statuses),
      new LanguageClaim(services.projects),
      registerCommands(services),
      registerDatabaseEditor(services),
      registerFolding(),
      registerLintFixes(services.lints),
      registerDefinitions(services),
    );
    void services.messages.guard(() => services.projects.refresh());
    return finish(context, services, loadMs + performance.now() - activatedAt);
  } catch (error) {
    showActivationFailure(error);
    throw error;
  }
}

function finish(context: vscode.ExtensionContext, services: Services, activationMs: number): ExtensionApi | undefined {
  services.log.info(`activated in ${activationMs.toFixed(1)} ms`);
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return {
    services,
    activationMs,
    databasePage: (file, webview) => makeDatabasePage(services, file, webview),
    setDialogs: (dialogs) => {
      services.messages.dialogs = dialogs;
    },
  };
}
