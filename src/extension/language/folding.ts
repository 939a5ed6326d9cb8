import * as vscode from 'vscode';
import { LANGUAGE } from '../constants/languages';
import { type FoldedLines, foldedLines } from './folded-lines';

/** A language configuration knows pairs of marks; the sections of a script have none at their end. */
export function registerFolding(): vscode.Disposable {
  const provider: vscode.FoldingRangeProvider = {
    provideFoldingRanges: (document) => foldedLines(document.getText()).map(toRange),
  };
  return vscode.languages.registerFoldingRangeProvider({ language: LANGUAGE }, provider);
}

function toRange({ start, end, kind }: FoldedLines): vscode.FoldingRange {
  const { Comment, Region } = vscode.FoldingRangeKind;
  const kinds = { comment: Comment, region: Region, code: undefined };
  return new vscode.FoldingRange(start, end, kinds[kind]);
}
