/** Where a VS Code host was installed (scripts/lib/vscode-host.mjs). */
export interface VsCodeHost {
  readonly folder: string;
  readonly node: string;
  readonly vscode: string;
}

export interface ServerOptions {
  readonly host: VsCodeHost;
  /** Folder of installed extensions; without one, a new and empty one. */
  readonly extensions?: string;
  /** User settings, on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Display language for extensions, like `ja`; the editor's own words stay English. */
  readonly locale?: string;
  /** Connection token; without one the server lets everyone on this machine in. */
  readonly token?: string;
  /** Environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly logLevel?: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

export interface VsCodeServer {
  readonly port: number;
  /** The server's data folder, removed by `stop`. */
  readonly data: string;
  /** Resolves with the exit code or signal when the server ends. */
  readonly ended: Promise<number | string>;
  /** The address of a workbench on a folder or a .code-workspace file, or of an empty window. */
  url(folder?: string): string;
  log(): string;
  stop(): Promise<void>;
}

export function startVsCodeServer(options: ServerOptions): Promise<VsCodeServer>;
export function installVsix(host: VsCodeHost, vsix: string, extensions: string): Promise<void>;
export function listExtensions(host: VsCodeHost, extensions: string): Promise<string[]>;
