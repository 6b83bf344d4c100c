// What the two writers of answers (extractive and language model) hand to the composition: sentences with the places they rest on.
// Shapes only. A draft is not an answer yet: composition gates every sentence, numbers the sources and drops what fails.
import type { DroppedSentence, Passage, Retrieval, Usage, Verdict } from "../domain.ts";
import type { Place } from "./citations.ts";

export type DraftCitation = Place;

export interface DraftSentence {
  text: string;
  /** At least one; the first is the place that carries the sentence. */
  citations: DraftCitation[];
}

/** The sentence gate on a draft: its text against the cited quotes, with the documents' metadata (publisher, dates, names) as context. */
export type VerifyDraft = (draft: DraftSentence) => Verdict;

export interface GenerateRequest {
  retrieval: Retrieval;
  /** The passages that may be cited, best first; a model sees them numbered from 1 in this order. */
  passages: readonly Passage[];
  /** For repairing a sentence before it is handed over; composition runs it again on what arrives. */
  verify: VerifyDraft;
  /** Most sentences; as many as an answer has where it is absent. */
  sentences?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Generated {
  /** In reading order; empty when the model found no answer in the passages. */
  sentences: DraftSentence[];
  /** Name of the model for `mode`, e.g. `openai:gpt-4.1-mini`. */
  model: string;
  usage: Usage;
  /** What it wrote and could not mend. */
  dropped: DroppedSentence[];
  warnings: string[];
}

/** A language model as the answer stage sees it. Throws Failure `model_failed` for provider trouble: the answer is then extractive. */
export type Generate = (request: GenerateRequest) => Promise<Generated>;
