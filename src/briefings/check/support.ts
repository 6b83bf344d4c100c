import { quoteOf } from "../../answer/citations.ts";
// The places that carry a claim: the gate says so, one sentence holds most of its matter, and whoever is said to say it says it there.
import { gateDraft } from "../../answer/compose.ts";
import type { DraftCitation } from "../../answer/draft.ts";
import { verifyClaim } from "../../answer/gate/verify-claim.ts";
import { tighten } from "../../answer/tighten.ts";
import type { Passage } from "../../domain.ts";
import { attributionsOf } from "../../text/attribution.ts";
import { findNames } from "../../text/names.ts";
import { sameName } from "../../text/same-name.ts";
import { sentenceSpans } from "../../text/sentences.ts";
import { baseOf, wordsOf } from "../../text/words.ts";
import { type Matter, matterOf, NEAR, SAME_MATTER, shareHeld } from "./matter.ts";

const MOST_CITED = 3;
/** Share of the claim's matter that its own words in the cited place (or synonyms) must make up, beyond what the gate asks. */
const SAID = 0.7;
/** Share of it that one sentence must hold by itself: words gathered from all over a passage tell nothing together. */
const SAID_TOGETHER = 0.6;

/** The narrowest place of each document that carries the claim. */
export function supportFor(claim: string, passages: readonly Passage[]): DraftCitation[] {
  const found = new Map<string, DraftCitation>();
  const wanted = matterOf(claim);
  for (const passage of passages) {
    if (found.has(passage.document.id) || found.size >= MOST_CITED) continue;
    if (shareHeld([...wanted.plain, ...wanted.named], wordsAround(passage, passage.text)) < NEAR) continue;
    const { draft, verdict } = tighten(inOwnWords(claim, passage), [passage], gateDraft);
    const [citation] = draft.citations;
    if (!verdict.supported || citation === undefined) continue;
    const quote = quoteOf(citation);
    const sentences = sentenceSpans(quote).map(({ start, end }) => matterOf(quote.slice(start, end)));
    if (Math.max(...sentences.map((own) => shareHeld(wanted.plain, own))) < SAID_TOGETHER) continue;
    if (!tellsOfGiving(claim, quote) || !isSaidBy(claim, passage, quote)) continue;
    if (differsInside(claim, citation)) continue;
    if (shareHeld(wanted.plain, wordsAround(passage, quote)) >= SAID) found.set(passage.document.id, citation);
  }
  return [...found.values()];
}

/** The matter of a text and of its document's title. */
function wordsAround(passage: Passage, text: string): Matter {
  return matterOf(`${passage.document.title ?? ""}.\n${text}`);
}

/** Verbs of giving and getting carry no matter, but somebody has to have given it. "Get in", "pay back" are other verbs. */
const GIVING = new Set("give get receive obtain gain provide supply grant hand pay deliver".split(" ").map(baseOf));
const PARTICLE = /^(?:in|to|out|up|off|back|on|over|into|by|away|rid)$/;

function tellsOfGiving(claim: string, quote: string): boolean {
  const given = (text: string): boolean => {
    const words = wordsOf(text);
    return words.some((word, at) => GIVING.has(baseOf(word.folded)) && !PARTICLE.test(words[at + 1]?.folded ?? ""));
  };
  return !given(claim) || given(quote);
}

const SAYS =
  /^(?:sa(?:id|ys?)|writes?|wrote|argue[sd]?|states?|stated|adds?|added|notes?|noted|claim(?:s|ed)?|believe[sd]?|explain(?:s|ed)|stresse[sd]|insist(?:s|ed)|maintain(?:s|ed)|conclude[sd])$/;

/** What the claim says that Lund writes, before a passage of Lund's own: there it stands without "Lund writes". */
function inOwnWords(claim: string, { document, speaker }: Passage): string {
  const [hit, ...others] = attributionsOf(claim);
  const voice = speaker ?? document.author;
  if (hit === undefined || others.length > 0 || voice === null || hit.kind !== "person") return claim;
  const leads = hit.clause.start === 0 && hit.said.start >= hit.clause.end && SAYS.test(hit.verb);
  if (!leads || hit.quoted || voice.includes(", ") || !sameName(hit.speaker, voice)) return claim;
  const said = claim.slice(hit.said.start);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** "Lund writes that …": the place names Lund, or is Lund's own text. One of several authors has a part of the text only. */
export function isSaidBy(claim: string, { document, speaker }: Passage, quote: string): boolean {
  const said = attributionsOf(claim).filter(({ kind }) => kind === "person");
  const voices = [
    ...findNames(quote).map((name) => name.text),
    ...(speaker === null ? (document.author?.split(", ") ?? []) : [speaker]),
  ];
  return said.every((hit) => voices.some((voice) => sameName(hit.speaker, voice)));
}

/** One sentence of the place has another figure or day for the same. */
function differsInside(claim: string, citation: DraftCitation): boolean {
  const quote = quoteOf(citation);
  const sentences = sentenceSpans(quote);
  const wanted = matterOf(claim);
  return (
    sentences.length > 1 &&
    sentences.some(({ start, end }) => {
      const text = quote.slice(start, end);
      const own = matterOf(text);
      if (shareHeld([...wanted.plain, ...wanted.named], own) < SAME_MATTER) return false;
      const { published } = citation.passage.document;
      return verifyClaim(claim, text, { context: { published } }).findings.some(
        ({ kind, about }) => kind === "contradicted" && (about === "number" || about === "date"),
      );
    })
  );
}
