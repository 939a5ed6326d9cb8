const PARTS =
  /^(?:(-?\d+) years? ?)?(?:(-?\d+) months? ?)?(?:(-?\d+) days? ?)?(-?)(?:(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?$/;

/**
 * An expression for the text of an interval. The engine reads no minus in such a text, so that what is below zero is
 * taken away from what is above.
 * @throws RangeError for any other text
 */
export function intervalLiteral(text: string): string {
  const match = PARTS.exec(text);
  if (match === null || text === '') throw new RangeError(`interval ${JSON.stringify(text)}`);
  const [, years = '0', months = '0', days = '0', minus, hours = '0', minutes = '0', seconds = '0', fraction = ''] =
    match;
  const micros =
    ((BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  const parts: readonly [bigint, string][] = [
    [BigInt(years) * 12n + BigInt(months), 'months'],
    [BigInt(days), 'days'],
    [minus === '-' ? -micros : micros, 'us'],
  ];
  const some = (sign: bigint) =>
    parts
      .filter(([count]) => count * sign > 0n)
      .map(([count, unit]) => `${count * sign} ${unit}`)
      .join(' ') || '0 days';
  const above = `interval('${some(1n)}')`;
  return parts.some(([count]) => count < 0n) ? `(${above} - interval('${some(-1n)}'))` : above;
}
