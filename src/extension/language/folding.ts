import * as vscode from 'vscode';
import { LANGUAGE, SQL } from '../constants/languages';
import { type FoldedLines, foldedLines, hasSections } from './folded-lines';

/** A language configuration knows pairs of marks; the sections of a script have none at their end. */
export function registerFolding(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerFoldingRangeProvider(
      { language: LANGUAGE },
      { provideFoldingRanges: (document) => foldedLines(document.getText(), 'cypher').map(toRange) },
    ),
    vscode.languages.registerFoldingRangeProvider(
      { language: SQL },
      {
        // With no answer the editor goes on folding by indentation, as in the SQL of everybody else.
        provideFoldingRanges: (document) => {
          const text = document.getText();
          return hasSections(text, 'sql') ? foldedLines(text, 'sql').map(toRange) : undefined;
        },
      },
    ),
  );
}

function toRange({ start, end, kind }: FoldedLines): vscode.FoldingRange {
  const { Comment, Region } = vscode.FoldingRangeKind;
  const kinds = { comment: Comment, region: Region, code: undefined };
  return new vscode.FoldingRange(start, end, kinds[kind]);
}
