// What the check of claims hands to the gate: a sentence with the places it rests on. Shapes only.
import type { Verdict } from "../domain.ts";
import type { Place } from "./citations.ts";

export type DraftCitation = Place;

export interface DraftSentence {
  text: string;
  /** At least one; the first is the place that carries the sentence. */
  citations: DraftCitation[];
}

/** The sentence gate on a draft: its text against the cited quotes, with the documents' metadata (publisher, dates, names) as context. */
export type VerifyDraft = (draft: DraftSentence) => Verdict;
