// Lines of printed pages to paragraphs: what repeats at the head or foot of pages goes, lines of one paragraph are joined, hyphens mended.

export interface PdfLine {
  text: string;
  x: number;
  /** From the bottom of the page. */
  y: number;
  /** Height of its letters. */
  size: number;
}

const PAGE_NUMBER = /^(?:[-–—]\s*)?(?:page|seite|p\.?)?\s*\d{1,4}(?:\s*(?:\/|of|von)\s*\d{1,4})?(?:\s*[-–—])?$/i;

/** Drops first and last lines that stand on most pages (numbers apart), and lone page numbers. */
export function withoutRunningHeads(pages: readonly PdfLine[][]): PdfLine[][] {
  const key = (text: string): string => text.replace(/\d+/g, "#").replace(/\s+/g, " ").trim();
  const counts = new Map<string, number>();
  const edges = pages.map((lines) => new Set([...lines.slice(0, 2), ...lines.slice(-2)]));
  for (const edge of edges)
    for (const name of new Set([...edge].map((line) => key(line.text)))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return pages.map((lines, index) =>
    lines.filter((line) => {
      if (edges[index]?.has(line) !== true) return true;
      if (PAGE_NUMBER.test(line.text.trim())) return false;
      const often = counts.get(key(line.text)) ?? 0;
      // of two pages both must open or close with it
      if (pages.length === 2) return !(often === 2 && atSameEdge(pages, key(line.text), key));
      return pages.length < 3 || often < Math.max(3, pages.length * 0.5);
    }),
  );
}

const atSameEdge = (pages: readonly PdfLine[][], text: string, key: (text: string) => string): boolean =>
  [0, -1].some((edge) => pages.every((lines) => key(lines.at(edge)?.text ?? "") === text));

/** A paragraph ends at a larger gap, a change of letter size, an indent, or a short line that ends a sentence. */
export function paragraphsOf(lines: readonly PdfLine[]): { text: string; heading: boolean }[] {
  const body = median(lines.filter((line) => line.text.length > 20).map((line) => line.size));
  const gaps = lines
    .slice(1)
    .map((line, index) => (lines[index]?.y ?? 0) - line.y)
    .filter((gap) => gap > 0);
  const usual = median(gaps);
  const width = Math.max(0, ...lines.map((line) => line.text.length));
  const written = ` ${lines.map(({ text }) => text.toLowerCase()).join(" ")} `;
  const out: { text: string; heading: boolean }[] = [];
  let before: PdfLine | null = null;
  for (const line of lines) {
    const text = line.text.replace(/\s+/g, " ").trim();
    const heading = body > 0 && line.size > body * 1.15 && text.length < 200;
    const last = out.at(-1);
    const gap = before === null ? 0 : before.y - line.y;
    const breaks =
      before === null ||
      last === undefined ||
      last.heading !== heading ||
      Math.abs(before.size - line.size) > Math.max(1, body * 0.12) ||
      gap > (heading ? Math.max(usual * 1.4, line.size * 1.6) : usual * 1.4) ||
      gap < -usual ||
      /^[•●▪–-]\s/.test(text) ||
      (/[.!?:]["”’)]?$/.test(before.text.trim()) && (before.text.length < width * 0.75 || line.x > before.x + 6));
    if (breaks) out.push({ text, heading });
    else last.text = join(last.text, text, written);
    before = line;
  }
  return out;
}

/** First halves of words that are written with a hyphen: "well-known", "self-made". */
const HYPHENATED =
  /(?<!\p{L})(?:well|self|long|short|high|low|far|full|part|half|all|cross|so|ill|old|one|two|three|four|five|six|seven|eight|nine|ten|hand|mid|ex|second|third|first|state|decision|law)-$/iu;

/**
 * A hyphen at a line's end between two small letters belongs to the line, not to the word, unless the page writes the word with it
 * elsewhere (`written`: the page in small letters) or it is of a kind that is.
 */
function join(a: string, b: string, written: string): string {
  if (!/\p{Ll}[-\u00ad\u2010]$/u.test(a) || !/^\p{Ll}/u.test(b)) return `${a} ${b}`;
  const [head, tail] = [
    /[\p{L}\p{M}]+(?=[-\u00ad\u2010]$)/u.exec(a)?.[0].toLowerCase() ?? "",
    /^[\p{L}\p{M}]+/u.exec(b)?.[0].toLowerCase() ?? "",
  ];
  const whole = a.slice(0, -1) + b;
  if (a.endsWith("\u00ad") || written.includes(` ${head}${tail}`)) return whole;
  const ending = tail.length < 4 || /^(?:en|ing|er|ly|ness|ish|ful|some|ward)/.test(tail);
  return written.includes(`${head}-${tail}`) || (HYPHENATED.test(a) && !ending) ? a + b : whole;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
