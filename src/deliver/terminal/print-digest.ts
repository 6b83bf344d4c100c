// How a digest looks in a terminal. Pure: values in, text out.
import { createColors } from "picocolors";
import type { Digest, DigestItem, Sentence } from "../../domain.ts";
import { dateInWords } from "../../language/date-words.ts";
import { plain, wrap } from "./output.ts";
import { documentLine, type Look } from "./print.ts";

/** Entries that are printed; --json has all. */
const SHOWN = 15;

export function printDigest(digest: Digest, look: Look): string {
  const c = createColors(look.colour);
  const title = c.bold(`Digest of ${dateInWords(digest.date)} (${plain(digest.zone)})`);
  if (digest.status === "nothing_new") return `${title}\nNothing new.`;
  const shown = digest.items.slice(0, SHOWN);
  const cited = new Set(shown.flatMap((item) => citationsOf(item)));
  const more = digest.items.length - shown.length;
  return [
    title,
    ...shown.map((item) => `\n${entry(item, look, c.bold, c.dim)}`),
    ...(more > 0 ? [`\nand ${more} more; --json has them all`] : []),
    `\n${c.bold("Sources")}`,
    ...digest.sources
      .filter((source) => cited.has(source.n))
      .map((source) => wrap(`[${source.n}] ${documentLine(source.document)}`, look.width, "  ")),
  ].join("\n");
}

function entry(item: DigestItem, { width }: Look, bold: (text: string) => string, dim: (text: string) => string): string {
  const cite = ({ text, citations }: Sentence): string => `${plain(text)} ${citations.map((n) => `[${n}]`).join("")}`;
  const { earlier } = item;
  return [
    bold(wrap(plain(item.headline), width)),
    ...item.sentences.map((sentence) => wrap(cite(sentence), width, "  ")),
    ...item.opinions.map((sentence) => wrap(`Opinion: ${cite(sentence)}`, width, "  ")),
    ...item.disagreements.flatMap(({ about, sides, note }) => [
      wrap(`Disputed: ${plain(about)}`, width, "  "),
      ...sides.map((side) => wrap(`${plain(side.text)} ${side.citations.map((n) => `[${n}]`).join("")}`, width, "    ")),
      ...(note === "" ? [] : [wrap(plain(note), width, "    ")]),
    ]),
    dim(
      wrap(
        [
          item.outlets.length === 0 ? "publisher unknown" : item.outlets.map(plain).join(", "),
          ...(earlier === null ? [] : [`update to ${dateInWords(earlier.date)}`]),
        ].join(" · "),
        width,
        "  ",
      ),
    ),
  ].join("\n");
}

const citationsOf = (item: DigestItem): number[] =>
  [...item.sentences, ...item.opinions, ...item.disagreements.flatMap(({ sides }) => sides)].flatMap(
    ({ citations }) => citations,
  );
