// Finished answers of a language model, for the next who asks the same: same question but for its spelling, same filters and audience, same
// index, models and prompts. A question that hangs on earlier ones is always asked anew, and so is a replay.
import { createHash } from "node:crypto";
import type { Asked } from "../answer/answerer.ts";
import type { Clock } from "../clock.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { keep } from "../text/recent.ts";
import type { Asking } from "./ask.ts";

export interface RememberingParts {
  store: Pick<KnowledgeStore, "generation">;
  clock: Clock;
  /** Names of the models and versions of the prompts. */
  making: string;
  /** The answer in the making is not as good as it could be, e.g. for a budget. */
  poorer: () => Promise<boolean>;
  /** Requests to models that failed so far: an answer that was made in trouble (without its judge, say) is not one to keep. */
  troubles: () => number;
  /** For the metrics. */
  onHit: () => void;
}

const MOST = 500;
const HOUR = 13;

/** Only case, white space and the marks at the end are spelling. A word in capitals among small letters is a name (WHO, IT) and stays one. */
export function spelledPlainly(question: string): string {
  const text = question
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(/[\s?!.…？！。]+$/u, "")
    .trim();
  const shouted = text === text.toUpperCase();
  return text
    .split(" ")
    .map((word) => (!shouted && /\p{Lu}[^\p{Ll}]*\p{Lu}/u.test(word) ? word : word.toLowerCase()))
    .join(" ");
}

export function rememberAnswers(asking: Asking, { store, clock, making, poorer, troubles, onHit }: RememberingParts): Asking {
  const answers = new Map<string, Asked>();
  return {
    async ask(question, options) {
      const { history = [], signal: _signal, onProgress: _onProgress, ...rest } = options;
      if (history.length > 0) return asking.ask(question, options);
      const before = await store.generation();
      // "today" is another day tomorrow, and somewhere within the hour
      const now = clock.now().toISOString().slice(0, HOUR);
      const key = keyOf([spelledPlainly(question), rest, before, making, now]);
      const known = answers.get(key);
      if (known !== undefined) {
        onHit();
        return again(known);
      }
      const troubled = troubles();
      const asked = await asking.ask(question, options);
      if (troubles() !== troubled) return asked;
      const { mode, usage } = asked.draft;
      if (mode === "extractive" || usage === null || (await poorer()) || (await store.generation()) !== before) return asked;
      keep(answers, key, structuredClone(asked), MOST);
      return asked;
    },
  };
}

/** It cost nothing this time. */
function again(known: Asked): Asked {
  const { draft, retrieval } = structuredClone(known);
  const usage = { input_tokens: 0, output_tokens: 0, cost_usd: 0 };
  return { draft: { ...draft, usage, timing_ms: { answer: 0, check: 0 } }, retrieval };
}

/** The order in which filters and lists are given makes no difference; nothing of the question is kept in it. */
function keyOf(parts: unknown): string {
  const plain = JSON.stringify(parts, (_, value: unknown) => {
    if (Array.isArray(value)) return value.every((entry) => typeof entry === "string") ? value.toSorted() : value;
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash("sha256").update(plain).digest("hex");
}
