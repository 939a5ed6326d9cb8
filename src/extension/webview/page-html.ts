import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageTexts } from './page-texts';

/** The empty page; everything on it comes in messages. Nothing is loaded from outside of the extension. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const media = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'media', name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <link rel="stylesheet" href="${media('database-page.css')}">
</head>
<body data-texts="${escaped(JSON.stringify(pageTexts()))}">
  <main></main>
  <script nonce="${nonce}" src="${media('database-page.js')}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
