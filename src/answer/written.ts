// What a language model wrote, through the gate: the same way for answers and summaries. Trouble with the model is a warning, never an error.
import type { DroppedSentence, Usage } from "../domain.ts";
import { Failure } from "../failure.ts";
import { spentUsage } from "../models/language-model.ts";
import type { SourceList } from "./citations.ts";
import { compose, type Composed } from "./compose.ts";
import type { Generate, GenerateRequest } from "./draft.ts";
import { voiced } from "./frame.ts";
import { droppedBefore } from "./generate.ts";

export interface Written {
  /** Without sentences where there is no model, or nothing of its own passed. */
  composed: Composed;
  /** `extractive` where `composed` is empty. */
  mode: string;
  usage: Usage | null;
  warnings: string[];
  /** What the gate refused, on both sides of the repair. */
  dropped: DroppedSentence[];
}

/** `what` is written, for the warning that it had to be made of quotations. Throws AbortError when the signal fires. */
export async function written(
  generate: Generate | undefined,
  request: GenerateRequest,
  sources: SourceList,
  what: "answer" | "summary",
): Promise<Written> {
  const nothing = { composed: { sentences: [], dropped: [] }, mode: "extractive", usage: null, warnings: [], dropped: [] };
  if (generate === undefined) return nothing;
  try {
    const { sentences, usage, warnings, model, dropped } = await generate(request);
    const composed = compose(
      sentences,
      (draft, kept) =>
        voiced(
          draft,
          kept.flatMap(({ citations }) => citations[0]?.passage ?? []),
        ),
      request.verify,
      sources,
    );
    return {
      composed,
      mode: composed.sentences.length > 0 ? `model:${model}` : "extractive",
      usage,
      warnings,
      dropped: [...dropped, ...composed.dropped],
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      ...nothing,
      usage: spentUsage(error),
      dropped: droppedBefore(error),
      warnings: [`${error.message} The ${what} is made of quotations instead.`],
    };
  }
}
