type Messages<T extends Readonly<Record<string, readonly [string, string]>>> = {
  readonly [K in keyof T & string as `error.${K}` | `hint.${K}`]: string;
};

/** Spreads pairs of message and hint into two flat keys. */
export function flattenErrors<T extends Readonly<Record<string, readonly [string, string]>>>(errors: T): Messages<T> {
  const flat = Object.entries(errors).flatMap(([code, [message, hint]]) => [
    [`error.${code}`, message],
    [`hint.${code}`, hint],
  ]);
  return Object.fromEntries(flat) as Messages<T>;
}
