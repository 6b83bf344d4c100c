// Cuts an article into passages: runs of whole sentences of one voice under one heading, each a slice of the stored text.
// Raise SCHEMA_VERSION of the store with every change that gives other passages for the same article.
import type { Article, Block, PassageDraft, Span } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";
import { sentenceSpans, trimSpan } from "../text/sentences.ts";

/** Units of a passage at most; found by recall on questions over real texts. */
const LONGEST = 1200;
/** Whole sentences of the passage before, up to this many units, are repeated, so that no statement loses its neighbour. */
const OVERLAP = 200;
/** A block is segmented in stretches of about this length: the caller can do something else between two. */
const STRETCH = 20_000;

/** One after the other, so that a book can be split without holding the event loop. Linear in the length of the text. */
export function* chunkArticle(article: Article): Generator<PassageDraft> {
  const { text } = article;
  const blocks: readonly Block[] =
    article.blocks.length > 0 ? article.blocks : [{ kind: "paragraph", start: 0, end: text.length, speaker: null, role: null }];
  const onlyHeadings = blocks.every(({ kind }) => kind === "heading");
  let heading: string | null = null;
  let open: Span[] = [];
  let voice: Block | null = null;
  /** Sentences at the start of `open` that the passage before has already. */
  let repeated = 0;

  const passage = (): PassageDraft => {
    const start = open[0]?.start ?? 0;
    const end = open.at(-1)?.end ?? 0;
    const { speaker, role } = voice ?? { speaker: null, role: null };
    return { start, end, text: text.slice(start, end), heading, speaker, role, context: contextOf(article, heading, speaker) };
  };

  for (const block of blocks) {
    if (block.kind === "heading" && !onlyHeadings) {
      if (open.length > repeated) yield passage();
      open = [];
      repeated = 0;
      heading = text.slice(block.start, block.end).trim() || heading;
      continue;
    }
    if (voice !== null && (voice.speaker !== block.speaker || voice.role !== block.role)) {
      if (open.length > repeated) yield passage();
      open = [];
      repeated = 0;
    }
    voice = block;
    for (const sentence of sentencesOf(text, block)) {
      if (open.length > 0 && sentence.end - (open[0]?.start ?? 0) > LONGEST) {
        if (open.length > repeated) yield passage();
        open = tail(open, sentence.end);
        repeated = open.length;
      }
      open.push(sentence);
    }
  }
  if (open.length > repeated) yield passage();
}

/** The last whole sentences within OVERLAP that leave room for a next one that ends at `end`. */
function tail(sentences: readonly Span[], end: number): Span[] {
  const last = sentences.at(-1)?.end ?? 0;
  return sentences.filter(({ start }) => last - start <= OVERLAP && end - start <= LONGEST);
}

function* sentencesOf(text: string, block: Span): Generator<Span> {
  for (const stretch of cut(text, trimSpan(text, block), STRETCH)) {
    for (const sentence of sentenceSpans(text, stretch.start, stretch.end)) yield* cut(text, sentence, LONGEST);
  }
}

/** The span in pieces of at most `limit` units, cut at white space where there is some, never inside a surrogate pair. */
function* cut(text: string, span: Span, limit: number): Generator<Span> {
  let { start } = span;
  while (span.end - start > limit) {
    let at = start + limit;
    // the last third of the piece is searched: a text without white space must not cost a search of everything before
    for (let back = at; back > at - limit / 3; back -= 1) {
      if (!/\s/.test(text.charAt(back))) continue;
      at = back;
      break;
    }
    if (at === start + limit && /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1))) at -= 1;
    const piece = trimSpan(text, { start, end: at });
    if (piece.end > piece.start) yield piece;
    start = at;
  }
  const rest = trimSpan(text, { start, end: span.end });
  if (rest.end > rest.start) yield rest;
}

/** What the embedder and the word index read besides the passage's own text. */
function contextOf({ document }: Article, heading: string | null, speaker: string | null): string {
  const origin = [document.publisher, document.published === null ? null : dateInWords(document.published)]
    .filter((part) => part !== null)
    .join(", ");
  return [document.title, origin, heading === document.title ? null : heading, speaker]
    .filter((part) => part !== null && part !== "")
    .map((part) => String(part).slice(0, 200).trim())
    .join(". ");
}
