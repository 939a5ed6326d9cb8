import type { ParameterError } from '../../core/dialect/literal';
import { enMigrate } from '../../core/text/en-migrate';
import { fill } from '../../core/text/fill';
import type { CodeFailure, CodePosition } from './protocol';

/** Runs inside the process of user code: what is wrong, as an error that user code may see and as the wire carries it. */

const english: Readonly<Record<string, string>> = enMigrate;

/** A problem that we found, not the user's code. Its message is English; the face that shows it translates `detail`. */
export class CodeProblem extends Error {
  /** A nested text key. */
  readonly detail: string;
  readonly kind: CodeFailure['kind'];
  readonly position: CodePosition | undefined;

  constructor(detail: string, kind: CodeFailure['kind'] = 'failed', position?: CodePosition) {
    super(fill('{detail}', { detail }, (key) => english[key] ?? key));
    this.name = 'MigrationError';
    this.detail = detail;
    this.kind = kind;
    this.position = position;
  }
}

/** The error of a parameter, with a text. */
export function parameterProblem(error: ParameterError): CodeProblem {
  return new CodeProblem(`@code.${error.fault}:${error.parameter}`);
}

/** What a thrown value says: its message, with the name of an error that is no plain one. */
export function detailOf(thrown: unknown): string {
  if (thrown instanceof CodeProblem) return thrown.detail;
  if (isError(thrown)) {
    const message = String(thrown.message);
    const name = String(thrown.name);
    if (name === '' || name === 'Error') return message === '' ? name : message;
    return message === '' ? name : `${name}: ${message}`;
  }
  return typeof thrown === 'object' && thrown !== null ? describe(thrown) : String(thrown);
}

/** Errors of another realm are no instances of ours. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function describe(value: object): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch (error) {
    // A circle, or a toJSON that throws.
    return `${Object.prototype.toString.call(value)} (${String(error)})`;
  }
}
