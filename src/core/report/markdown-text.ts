import { oneLine } from './one-line';

/** Text of a database inside Markdown: nothing in it may turn into markup, a link or the end of a table cell. */

/** A code span. The fence is longer than any run of backquotes inside. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  if (line.trim() === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  // A blank at both ends is taken off by the reader, and keeps a backquote at the edge away from the fence.
  const pad = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' ')) ? ' ' : '';
  return fence + pad + line + pad + fence;
}

/** Code in a table cell. A bar would end the cell even inside a code span, so text with one is written in entities. */
export function codeCell(text: string): string {
  return text.includes('|') ? `<code>${escapeAll(oneLine(text))}</code>` : codeSpan(text);
}

/** Plain text, with every character that can be markup as an entity. */
export function plainText(text: string): string {
  return escapeAll(oneLine(text));
}

/** A fenced block; the fence is longer than any run of backquotes inside. */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}${fence}\n`;
}

// Marks that are markup anywhere, or only at the edge of a word, before a link or at the start of a line.
const MARKUP = /[&<>|\\*`~[\]#@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\S)|^[-+=]|(?<=^\d+)[.)](?=\s|$)/g;

function escapeAll(text: string): string {
  return text.replace(MARKUP, (mark) => `&#${mark.charCodeAt(0)};`);
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
