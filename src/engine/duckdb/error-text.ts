import { positionAt } from '../../core/script/scan';

/** What the engine says under `errors_as_json`, of which only this is used. */
interface JsonError {
  readonly exception_type: string;
  readonly exception_message: string;
  readonly position?: string;
}

/**
 * An error of the engine with a message for people; the position, where there is one, stands at its end in the form that
 * the host's other engine uses: `(line: 1, offset: 0)`, the line from 1, the offset from 0.
 */
export function plainError(error: unknown, statement: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  const found = jsonOf(message);
  if (!found) return error instanceof Error ? error : new Error(message);
  const plain = `${found.exception_type} Error: ${found.exception_message}`;
  if (found.position === undefined) return new Error(plain, { cause: error });
  const at = positionAt(statement, utf16Offset(statement, Number(found.position), found.exception_type));
  return new Error(`${plain}\n(line: ${at.line}, offset: ${at.column - 1})`, { cause: error });
}

/** Parser errors put their own name before the JSON; an error that is none of the engine's has no JSON. */
function jsonOf(message: string): JsonError | undefined {
  const text = /^(?:[A-Z][\w ]* Error: )?(\{"exception_type":.*\})\s*$/s.exec(message)?.[1];
  return text === undefined ? undefined : (JSON.parse(text) as JsonError);
}

/** The parser counts characters, everything behind it counts bytes of UTF-8 (measured). */
function utf16Offset(text: string, position: number, exception: string): number {
  const units = exception === 'Parser' ? () => 1 : (character: string) => Buffer.byteLength(character);
  let offset = 0;
  let counted = 0;
  for (const character of text) {
    if (counted >= position) break;
    counted += units(character);
    offset += character.length;
  }
  return offset;
}
