// Port: does a cited text support a sentence, in meaning? Implementations: a language model that reads (llm-judge), and closeness in wording
// (alignment-judge), which proves nothing. Exact facts are not asked of it: verify/facts decides those, whatever a judge says.
import type { CitedText, Usage } from "../domain.ts";

export const JUDGE_VERDICTS = ["supported", "contradicted", "not_stated"] as const;
export type JudgeVerdict = (typeof JUDGE_VERDICTS)[number];

export interface Claim {
  text: string;
  /** What it cites, with what is known of the documents; empty is `not_stated`. */
  cited: readonly CitedText[];
}

export interface Judgement {
  verdict: JudgeVerdict;
  /** How much of the claim the source carries, 0..1; one half and more goes with `supported`. */
  score: number;
  reason: string;
}

export interface Judge {
  /** For receipts, e.g. `openai:gpt-4.1-mini`. */
  readonly name: string;
  /** What its `supported` is worth: `judge` has read, `wording` has found it close in wording. */
  readonly reads: "judge" | "wording";
  /**
   * One judgement a claim, in order. A claim whose verdict is missing, unreadable or at odds with itself is `not_stated`.
   * Throws Failure when the judge is out of reach or says nothing usable; AbortError when `signal` fires.
   */
  judge(claims: readonly Claim[], signal?: AbortSignal): Promise<{ judgements: Judgement[]; usage: Usage | null }>;
}
