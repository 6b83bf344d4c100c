// What happened to a document that was read before: it was corrected, it was withdrawn. Compared sentence by sentence; nothing is judged, and what
// only moved is no change.
import type { Article, Notice, ReadOutcome, StoredDocument } from "../domain.ts";
import { sentenceSpans } from "../text/sentences.ts";

/** "Correction:", "This article was amended on …": a line in which the publisher says so. */
const CORRECTION =
  /^(?:[•*·–—-]\s{0,2})?(?:(?:correction|corrections and clarifications|clarification|editor['’]?s['’]? note|erratum|update[d]? correction)\b\s*[:(—–-]|(?:an earlier|a previous) version of this (?:article|story|report|piece|page)\b|this (?:article|story|report|piece|page|post) (?:was|has been) (?:corrected|amended|retracted|clarified)\b|we (?:apologi[sz]e|regret) (?:for )?the error\b)/i;
const WITHDRAWN =
  /^(?:[•*·–—-]\s{0,2})?(?:this (?:article|story|report|piece|page|post) (?:was|has been|is) (?:withdrawn|retracted|removed|taken down|unpublished)\b|retraction\b\s*[:(—–-]|(?:retracted|withdrawn)\s*:)/i;
const MOST_SENTENCES = 20;
const LONGEST = 4_000;

/** That the new version says what the publisher put right or took back; null where it only says other things. */
export function noticeOfChange(before: StoredDocument, { document, text, scope }: Article, at: string): Notice | null {
  const [old, now] = [sentencesOf(before.text), sentencesOf(text)];
  const [known, kept] = [new Set(old), new Set(now)];
  const added = now.filter((sentence) => !known.has(sentence));
  const retraction = added.find((sentence) => WITHDRAWN.test(sentence));
  const reason = retraction ?? added.find((sentence) => CORRECTION.test(sentence));
  if (reason === undefined) return null;
  const kind = retraction === undefined ? "corrected" : "withdrawn";
  const gone = old.filter((sentence) => !kept.has(sentence));
  return { document: document.id, kind, at, before: joined(gone), after: joined(added), reason, scope };
}

/** A page that is gone for good, or that wants to be listed no more since it was read. */
export function noticeOfRefusal(outcome: ReadOutcome, before: StoredDocument, at: string): Notice | null {
  if (outcome.kind !== "refused" || outcome.code !== "fetch_gone") return null;
  return {
    document: before.id,
    kind: "withdrawn",
    at,
    before: before.title,
    after: null,
    reason: outcome.reason,
    scope: before.scope,
  };
}

export function noticeOfUnlisting(before: StoredDocument, { document, extra, scope }: Article, at: string): Notice | null {
  if (extra["noindex"] !== true || before.extra["noindex"] === true) return null;
  return {
    document: document.id,
    kind: "withdrawn",
    at,
    before: before.title,
    after: document.title,
    reason: "noindex: the page asks not to be listed any more",
    scope,
  };
}

const sentencesOf = (text: string): string[] =>
  sentenceSpans(text).map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " "));

const joined = (sentences: readonly string[]): string | null =>
  sentences.length === 0 ? null : sentences.slice(0, MOST_SENTENCES).join("\n").slice(0, LONGEST);
