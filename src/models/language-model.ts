// Port: a language model that fills a schema. The default is none (answers are extractive); langchain-model is the real one.
import type { z } from "zod";
import type { CitedText, Usage } from "../domain.ts";
import type { Failure } from "../failure.ts";

export interface ModelRequest<T> {
  /** The whole prompt, slots filled. */
  system: string;
  user: string;
  schema: z.ZodType<T>;
  signal?: AbortSignal;
}

export interface ModelReply<T> {
  value: T;
  usage: Usage;
  /** The provider takes no schema: it was written into the prompt. */
  inWords?: boolean;
  /** Who wrote it, where another stood in for the model that was asked. */
  by?: string;
}

export interface LanguageModel {
  /** As in the setting, e.g. `openai:gpt-4.1-mini`. */
  readonly name: string;
  /** Throws Failure `model_failed` for every kind of provider trouble: refused, late, silent, or a reply that does not match the schema. */
  generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>>;
}

/** `failed`: refused, broken or of no use; `stopped`: the caller's wish; `over_budget`: never sent. */
export type ModelOutcome = "answered" | "failed" | "late" | "stopped" | "over_budget";

/** Since the program began, all models together. */
export interface ModelCounts {
  calls: Record<ModelOutcome, number>;
  usage: Usage;
  /** Answers that were given again without a call. */
  remembered: number;
}

export const noUsage = (): Usage => ({ input_tokens: 0, output_tokens: 0, cost_usd: 0 });

export const noCounts = (): ModelCounts => ({
  calls: { answered: 0, failed: 0, late: 0, stopped: 0, over_budget: 0 },
  usage: noUsage(),
  remembered: 0,
});

export function addUsage(total: Usage, more: Usage): void {
  for (const key of ["input_tokens", "output_tokens", "cost_usd"] as const) total[key] += more[key];
}

/** Null where nothing was spent. */
export function summed(...spent: readonly (Usage | null)[]): Usage | null {
  const sum = noUsage();
  for (const one of spent) if (one !== null) addUsage(sum, one);
  return sum.input_tokens + sum.output_tokens > 0 ? sum : null;
}

/** What was spent before a `model_failed`, kept in its cause; null where nothing was. */
export const spentUsage = ({ cause }: Failure): Usage | null => summed((cause as { usage?: Usage } | undefined)?.usage ?? null);

/** What is known of a text that a model is given, for the lines above it. */
export function linesAbout(source: Omit<CitedText, "text"> & { heading?: string | null }): string[] {
  const { title, publisher, author, published, genre, heading = null, speaker, role } = source;
  const fields: [string, string | null][] = [
    ["title", title],
    ["publisher", publisher],
    ["author", author],
    ["published", published ?? "undated"],
    ["genre", genre],
    ["heading", heading],
    ["speaker", speaker !== null && role !== null ? `${speaker}, ${role}` : speaker],
  ];
  // values come from documents too: one line each, whatever they hold
  return fields.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value.replace(/\s+/g, " ").slice(0, 300)}`]));
}
