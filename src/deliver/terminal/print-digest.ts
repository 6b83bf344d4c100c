// How a digest looks in a terminal. Pure: values in, text out.
import { createColors } from "picocolors";
import type { Sentence, Source } from "../../domain.ts";
import type { Correction, Digest, DigestItem } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import { bodyOf } from "../digest-body.ts";
import { plain, wrap } from "./output.ts";
import { documentLine, type Look } from "./print.ts";

/** Entries that are printed; --json has all. */
const SHOWN = 15;

export function printDigest(digest: Digest, look: Look): string {
  const c = createColors(look.colour);
  const title = c.bold(`Digest of ${dateInWords(digest.date)} (${plain(digest.zone)})`);
  const shown = digest.items.slice(0, SHOWN);
  const cited = new Set([...shown, ...digest.corrections].flatMap((item) => citationsOf(item)));
  const more = digest.items.length - shown.length;
  const places = new Map<string, string>();
  for (const { n, document } of digest.sources)
    if (cited.has(n)) places.set(documentLine(document), `${places.get(documentLine(document)) ?? ""}[${n}]`);
  const sources = [...places].map(([line, at]) => wrap(`${at} ${line}`, look.width, "  "));
  return [
    title,
    ...(shown.length === 0 ? ["Nothing new."] : []),
    ...shown.map((item) => `\n${entry(item, digest.sources, look, c.bold, c.dim)}`),
    ...(more > 0 ? [`\nand ${more} more; --json has them all`] : []),
    ...digest.corrections.map((each) => `\n${correction(each, look, c.bold, c.dim)}`),
    ...(sources.length === 0 ? [] : [`\n${c.bold("Sources")}`, ...sources]),
    ...(digest.warnings.length === 0 ? [] : ["", ...digest.warnings.map((warning) => c.dim(wrap(plain(warning), look.width)))]),
  ].join("\n");
}

type Paint = (text: string) => string;

const cite = ({ text, citations }: Pick<Sentence, "text" | "citations">): string =>
  `${plain(text)} ${citations.map((n) => `[${n}]`).join("")}`;

function correction({ kind, text, sentences, before }: Correction, { width }: Look, bold: Paint, dim: Paint): string {
  return [
    wrap(`${bold(kind === "corrected" ? "Correction" : "Withdrawn")}: ${plain(text)}`, width),
    ...sentences.map((sentence) => wrap(cite(sentence), width, "  ")),
    ...(before === null ? [] : [dim(wrap(`It said before: “${plain(before)}”`, width, "  "))]),
  ].join("\n");
}

function entry(item: DigestItem, all: readonly Source[], { width }: Look, bold: Paint, dim: Paint): string {
  const { earlier } = item;
  const { head, sentences, tellers, also } = bodyOf(item, all);
  return [
    bold(wrap(head.citations.length === 0 ? plain(head.text) : cite(head), width)),
    ...sentences.map((sentence) => wrap(cite(sentence), width, "  ")),
    ...item.opinions.map((sentence) => wrap(`Opinion: ${cite(sentence)}`, width, "  ")),
    ...item.disagreements.flatMap(({ about, sides, note }) => [
      wrap(`Disputed: ${plain(about)}`, width, "  "),
      ...sides.map((side) => wrap(cite(side), width, "    ")),
      ...(note === "" ? [] : [wrap(plain(note), width, "    ")]),
    ]),
    dim(
      wrap(
        [
          tellers.length === 0 ? "publisher unknown" : tellers.map(plain).join(", "),
          ...(also.length === 0 ? [] : [`also reports: ${also.map(plain).join(", ")}`]),
          ...(earlier === null
            ? []
            : [`update to ${dateInWords(earlier.date)}${earlier.title === null ? "" : `, “${plain(earlier.title)}”`}`]),
        ].join(" · "),
        width,
        "  ",
      ),
    ),
  ].join("\n");
}

const citationsOf = (item: DigestItem | Correction): number[] =>
  ("headline" in item
    ? [...item.sentences, ...item.opinions, ...item.disagreements.flatMap(({ sides }) => sides)]
    : item.sentences
  ).flatMap(({ citations }) => citations);
