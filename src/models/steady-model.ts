// A language model whose provider may be busy, late or down: its calls go through `steadily`. One for all who ask the same model, so that
// the limit on calls at once and the pause hold for all.
import { Failure } from "../failure.ts";
import type { LanguageModel } from "./language-model.ts";
import { passingOf } from "./provider-trouble.ts";
import { createSteadily, type Steadiness } from "./steadily.ts";

export interface SteadyModelOptions {
  limits?: Partial<Steadiness> | undefined;
  /** Ends all calls when the program stops. */
  stop?: AbortSignal | undefined;
}

export function steadyModel(model: LanguageModel, options: SteadyModelOptions = {}): LanguageModel {
  const paused = (last: unknown): Failure => {
    const failed = last instanceof Failure ? last : null;
    const what = failed?.message ?? `${model.name} did not answer in time.`;
    return new Failure(
      "model_failed",
      `${what} So it was several times in a row, and it is left alone for a while.`,
      failed?.hint ?? "Try again later, or raise MODEL_TIMEOUT_SECONDS.",
    );
  };
  const steadily = createSteadily({ ...options, passing: passingOf, paused });
  return {
    name: model.name,
    generate: (request) => steadily((signal) => model.generate({ ...request, signal }), request.signal),
  };
}
