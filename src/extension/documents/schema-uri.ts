import * as vscode from 'vscode';
import type { ChangedObject } from '../../core/schema/print';
import { SCHEMA_FOLDER, SCHEME } from '../constants/languages';
import type { SchemaSource } from '../services/schemas';

/** What a document of our scheme shows; all of it stands in the address, so that it survives a reload of the window. */
export type MadeDocument =
  | {
      readonly kind: 'schema';
      readonly project: string;
      readonly source: SchemaSource;
      /** The older side of a comparison, whose order and spelling it takes. */
      readonly orderOf?: SchemaSource;
      /** One piece of it; left out: the whole. */
      readonly object?: { readonly kind: ChangedObject['kind']; readonly name: string };
    }
  /** A `.cypher` file of a version as it was exported. */
  | { readonly kind: 'original'; readonly project: string; readonly version: string; readonly file: string };

export function uriOf(document: MadeDocument): vscode.Uri {
  const parts = document.kind === 'original' ? [document.version, document.file] : schemaParts(document);
  const path = `/${[SCHEMA_FOLDER, ...parts].map((part) => part.replace(/[/\\]/g, '_')).join('/')}`;
  return vscode.Uri.from({ scheme: SCHEME, path, query: JSON.stringify(document) });
}

/** @throws Error for an address that is not ours */
export function documentOf(uri: vscode.Uri): MadeDocument {
  const document = JSON.parse(uri.query) as MadeDocument;
  if (document.kind !== 'schema' && document.kind !== 'original') throw new Error(`no document of ours: ${uri}`);
  return document;
}

/** Both sides of an object have one path: the multi-file diff would call the table renamed. */
function schemaParts({ source, object }: Extract<MadeDocument, { kind: 'schema' }>): string[] {
  return [`${object === undefined ? source.name : object.name}.cypher`];
}
