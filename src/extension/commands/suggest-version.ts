const SEMANTIC = /^(v?)(\d+)\.(\d+)\.(\d+)$/;

/** The name that a next version most likely gets: one minor version above the highest released one. */
export function suggestVersion(names: readonly string[]): string {
  const found = names.flatMap((name) => {
    const [whole, letter = '', major, minor, patch] = SEMANTIC.exec(name) ?? [];
    return whole === undefined ? [] : [{ letter, parts: [Number(major), Number(minor), Number(patch)] }];
  });
  found.sort((a, b) => compare(a.parts, b.parts));
  const highest = found.at(-1);
  if (!highest) return 'v1.0.0';
  const [major = 0, minor = 0] = highest.parts;
  return `${highest.letter}${major}.${minor + 1}.0`;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
