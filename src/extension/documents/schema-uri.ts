import * as vscode from 'vscode';
import type { ChangedObject } from '../../core/schema/print';
import { SCHEMA_FOLDER, SCHEME } from '../constants/languages';
import type { SchemaSource } from '../services/schemas';

/**
 * What a document of our scheme shows; all of it stands in the address, so that it survives a reload of the window. Only
 * what a command made once, and nothing could make again, is kept beside it.
 */
export type MadeDocument =
  | {
      readonly kind: 'schema';
      readonly project: string;
      readonly source: SchemaSource;
      /** The older side of a comparison, whose order and spelling it takes. */
      readonly orderOf?: SchemaSource;
      /** One piece of it; left out: the whole. */
      readonly object?: { readonly kind: ChangedObject['kind']; readonly name: string };
      /** `.cypher` by default. */
      readonly ending?: Ending;
    }
  /** A `.cypher` file of a version as it was exported. */
  | { readonly kind: 'original'; readonly project: string; readonly version: string; readonly file: string }
  /** A migration as the history of a database keeps it. */
  | {
      readonly kind: 'applied';
      readonly project: string;
      readonly database: string;
      readonly migration: string;
      /** The file that it stands beside, relative to the project. */
      readonly file: string;
      readonly part: 'up' | 'down' | 'whole';
    }
  /** What a command made, known by a number in this window. */
  | { readonly kind: 'kept'; readonly project: string; readonly id: string; readonly name: string };

export type Ending = '.cypher' | '.sql';

export function uriOf(document: MadeDocument): vscode.Uri {
  const path = `/${[SCHEMA_FOLDER, ...pathOf(document)].map((part) => part.replace(/[/\\]/g, '_')).join('/')}`;
  return vscode.Uri.from({ scheme: SCHEME, path, query: JSON.stringify(document) });
}

const KINDS: readonly string[] = ['schema', 'original', 'applied', 'kept'] satisfies MadeDocument['kind'][];

/** @throws Error for an address that is not ours */
export function documentOf(uri: vscode.Uri): MadeDocument {
  const document = JSON.parse(uri.query) as MadeDocument;
  if (!KINDS.includes(document.kind)) throw new Error(`no document of ours: ${uri}`);
  return document;
}

function pathOf(document: MadeDocument): string[] {
  switch (document.kind) {
    case 'original':
      return [document.version, document.file];
    case 'applied':
      return [document.file.split('/').at(-1) ?? document.file];
    case 'kept':
      return [document.name];
    case 'schema': {
      // Both sides of an object have one path: the multi-file diff would call the table renamed.
      const { source, object, ending = '.cypher' } = document;
      return [`${object === undefined ? source.name : object.name}${ending}`];
    }
  }
}
