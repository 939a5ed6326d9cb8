import type * as vscode from 'vscode';

/** Something with parts that end with it. */
export abstract class Disposable implements vscode.Disposable {
  readonly #parts: vscode.Disposable[] = [];

  protected register<T extends vscode.Disposable>(part: T): T {
    this.#parts.push(part);
    return part;
  }

  dispose(): void {
    for (const part of this.#parts.splice(0).reverse()) part.dispose();
  }
}
