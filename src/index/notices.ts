// What happened to a document that was read before: its text changed, it was corrected, it was withdrawn. Compared sentence by sentence;
// nothing is judged, and what only moved is no change.
import type { Article, Notice, ReadOutcome, StoredDocument } from "../domain.ts";
import { sentenceSpans } from "../text/sentences.ts";

/** "Correction:", "This article was amended on …": a line in which the publisher says so. */
const CORRECTION =
  /^(?:[•*·–—-]\s{0,2})?(?:(?:correction|corrections and clarifications|clarification|editor['’]?s['’]? note|erratum|update[d]? correction)\b\s*[:(—–-]|(?:an earlier|a previous) version of this (?:article|story|report|piece|page)\b|this (?:article|story|report|piece|page|post) (?:was|has been) (?:corrected|amended|retracted|clarified)\b|we (?:apologi[sz]e|regret) (?:for )?the error\b)/i;
const WITHDRAWN =
  /^(?:[•*·–—-]\s{0,2})?(?:this (?:article|story|report|piece|page|post) (?:was|has been|is) (?:withdrawn|retracted|removed|taken down|unpublished)\b|retraction\b\s*[:(—–-]|(?:retracted|withdrawn)\s*:)/i;
const MOST_SENTENCES = 20;
const LONGEST = 4_000;

/** What the new version says that the stored one did not; null where only data about the document changed or nothing did. */
export function noticeOfChange(before: StoredDocument, { document, text, scope }: Article, at: string): Notice | null {
  const [old, now] = [sentencesOf(before.text), sentencesOf(text)];
  const [known, kept] = [new Set(old), new Set(now)];
  const added = now.filter((sentence) => !known.has(sentence));
  const gone = old.filter((sentence) => !kept.has(sentence));
  const retraction = added.find((sentence) => WITHDRAWN.test(sentence));
  const correction = added.find((sentence) => CORRECTION.test(sentence));
  const kind = retraction !== undefined ? "withdrawn" : correction !== undefined ? "corrected" : "changed";
  if (added.length + gone.length === 0) {
    if (before.title === document.title) return null;
    return { document: document.id, kind: "changed", at, before: before.title, after: document.title, reason: "title", scope };
  }
  return {
    document: document.id,
    kind,
    at,
    before: joined(gone),
    after: joined(added),
    reason: retraction ?? correction ?? "text",
    scope,
  };
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
