// Answers and summaries with their receipts: what is kept of an answer besides the answer (filter, passages with their scores, versions of
// index and prompt, what was asked for), and asking the same again. Joins retriever, answerer and state; decides nothing itself.
import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { loadPrompt } from "../answer/prompt.ts";
import type { Briefings } from "../briefings/briefings.ts";
import { restsOn } from "../briefings/summary.ts";
import type { KeepWritten, WrittenReceipt } from "../briefings/written-parts.ts";
import type { Clock } from "../clock.ts";
import type { AskedPart, Answer, DroppedSentence, Retrieval, WrittenSentence } from "../domain.ts";
import { Failure, reasonOf } from "../failure.ts";
import type { AskOptions, Briefing, SummaryOptions, Turn } from "../results.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import type { AskedFor, Receipt, Replay, StateStore, Trail } from "../stores/state.ts";
import type { Asking } from "./ask.ts";

export interface ReceiptsParts {
  /** `askingAnew` remembers no answers. */
  knowledge: () => Promise<{ store: KnowledgeStore; asking: Asking; askingAnew: Asking; briefings: Briefings }>;
  openState: () => Promise<StateStore>;
  clock: Clock;
  log: Logger;
  /** What the reader must know besides, e.g. of a budget. */
  notes: () => string[];
}

interface Answered {
  answer: Answer;
  making: Making;
}

export function createReceipts({
  knowledge,
  openState,
  clock,
  log,
  notes,
}: ReceiptsParts): Pick<Briefing, "ask" | "summarize" | "why" | "replay"> & { keepWritten: KeepWritten } {
  return { ask, summarize, why, replay, keepWritten };

  async function ask(question: string, { asker, ...options }: AskOptions = {}): Promise<Answer> {
    const { answer, making } = await answerTo(question, options, (await knowledge()).asking);
    const { k = null, history = [], signal: _signal, onProgress: _onProgress, ...filter } = options;
    const past = history.map(({ question, answer, given }) => ({ question, answer, answerId: given?.answer_id ?? null }));
    await keepReceipt(answer, making, asker ?? null, { kind: "ask", question, k, history: past, filter });
    return answer;
  }

  async function answerTo(question: string, options: Omit<AskOptions, "asker">, asking: Asking): Promise<Answered> {
    const began = performance.now();
    const { store } = await knowledge();
    const { draft, retrieval } = await asking.ask(question, options);
    const { timing_ms, dropped, written, parts, ...rest } = draft;
    if (rest.coverage.documents === 0 && (await store.coverage({ undated: true })).documents === 0)
      rest.warnings.push("Nothing is indexed yet. Run: npm run --silent briefing -- ingest");
    const total = performance.now() - began;
    const timing = { retrieve: Math.max(0, total - timing_ms.answer), ...timing_ms, total };
    const answer = { answer_id: randomBytes(8).toString("hex"), ...rest, question, timing_ms: timing };
    return { answer, making: { ...retrieval, dropped, written, parts } };
  }

  async function summarize(options: SummaryOptions = {}): Promise<Answer> {
    const { answer, making } = await (await knowledge()).briefings.summarize(options);
    const {
      topic = null,
      document = null,
      length = "medium",
      asker = null,
      signal: _signal,
      onProgress: _onProgress,
      ...filter
    } = options;
    await keepReceipt(answer, making, asker, { kind: "summary", topic, document, length, filter });
    return answer;
  }

  async function why(answerId: string): Promise<Receipt> {
    const receipt = await (await openState()).receipt(answerId);
    if (receipt !== null) return receipt;
    throw new Failure(
      "answer_unknown",
      `No receipt is kept of an answer ${answerId}.`,
      "The id stands under each answer, and in answer_id with --json.",
    );
  }

  async function replay(answerId: string): Promise<Receipt & { replay: Replay }> {
    const receipt = await why(answerId);
    const { asked } = receipt.trail;
    if (asked === undefined) {
      throw new Failure(
        "answer_not_replayable",
        `How ${answerId} was asked for is not kept: it is part of a briefing, or of an earlier version.`,
        `Ask anew: ${receipt.answer.question}`,
      );
    }
    const again = await askedAgain(asked);
    return { ...receipt, replay: await replayOf(receipt, again.answer, (await knowledge()).store) };
  }

  async function askedAgain(asked: AskedFor): Promise<Answered> {
    if (asked.kind === "ask") {
      const history: Turn[] = [];
      for (const { question, answer, answerId } of asked.history) {
        const given = answerId === null ? null : await (await openState()).receipt(answerId);
        history.push({ question, answer, given: given?.answer });
      }
      return answerTo(asked.question, { ...asked.filter, history, k: asked.k ?? undefined }, (await knowledge()).askingAnew);
    }
    const { filter, topic, document, length } = asked;
    const { briefings } = await knowledge();
    return briefings.summarize({ ...filter, topic, document: document ?? undefined, length });
  }

  /** Of a digest, a timeline or changes: what a model wrote of them, as an answer. */
  async function keepWritten({
    question,
    asker,
    sentences,
    sources,
    checkMs,
    dropped,
    written,
    ...rest
  }: WrittenReceipt): Promise<string> {
    const answer: Answer = {
      answer_id: randomBytes(8).toString("hex"),
      question,
      status: sentences.length > 0 ? "answered" : "not_covered",
      sentences,
      disagreements: [],
      sources,
      nearest: [],
      coverage: restsOn(sources),
      timing_ms: { retrieve: 0, answer: 0, check: checkMs, total: checkMs },
      ...rest,
      warnings: [...rest.warnings],
    };
    const index = await indexOf((await knowledge()).store);
    const trail = { filter: {}, passages: [], dropped, written, index, prompt: promptsOf("parts") };
    await save({ answer, trail, asker, at: clock.now().toISOString() });
    return answer.answer_id;
  }

  async function keepReceipt(answer: Answer, making: Making, asker: string | null, asked: AskedFor): Promise<void> {
    answer.warnings.push(...notes());
    const trail = await trailOf(answer, making, (await knowledge()).store, asked);
    await save({ answer, trail, asker, at: clock.now().toISOString() });
  }

  /** An answer is worth giving even where its receipt cannot be kept (a full disk). */
  async function save(receipt: Receipt): Promise<void> {
    await openState()
      .then((open) => open.saveReceipt(receipt))
      .catch((cause: unknown) => {
        log.info({ reason: reasonOf(cause) }, "the receipt of an answer could not be kept");
        receipt.answer.warnings.push(`No receipt of this answer is kept: ${reasonOf(cause)}`);
      });
  }
}

/** What an answer was made from, and what was left out of it. */
export type Making = Retrieval & {
  dropped: DroppedSentence[];
  written?: WrittenSentence[] | undefined;
  parts?: AskedPart[] | undefined;
};

async function trailOf(
  { mode }: Answer,
  { filter, passages, dropped, written = [], parts }: Making,
  store: KnowledgeStore,
  asked: AskedFor,
): Promise<Trail> {
  return {
    asked,
    filter,
    dropped,
    ...(written.length === 0 ? {} : { written }),
    ...(parts === undefined ? {} : { parts }),
    passages: passages.map(({ passage, score, cosine, lexical }) => ({
      document: passage.document.id,
      start: passage.start,
      end: passage.end,
      score,
      cosine,
      lexical,
    })),
    index: await indexOf(store),
    prompt: mode === "extractive" && written.length === 0 ? null : promptsOf(asked.kind),
  };
}

/** Every prompt that something of this kind goes through. */
const PROMPTS = { ask: "answer", summary: "summary", parts: "entries" };
const promptsOf = (kind: keyof typeof PROMPTS): string =>
  [PROMPTS[kind], "judge", "repair"].map((name) => loadPrompt(name).version).join(", ");

async function indexOf(store: KnowledgeStore): Promise<Trail["index"]> {
  const manifest = await store.manifest();
  return manifest === null
    ? null
    : { embedder: manifest.embedder, schema: manifest.schema, generation: await store.generation() };
}

/** What became of an answer that was given again. */
async function replayOf({ answer: before, trail }: Receipt, answer: Answer, store: KnowledgeStore): Promise<Replay> {
  const told = (one: Answer): string[] => one.sentences.map(({ text }) => text);
  const [gone, added] = [
    told(before).filter((text) => !told(answer).includes(text)),
    told(answer).filter((text) => !told(before).includes(text)),
  ];
  const index = await indexOf(store);
  return {
    same: gone.length === 0 && added.length === 0 && before.status === answer.status,
    index_changed: JSON.stringify(index) !== JSON.stringify(trail.index),
    status: answer.status,
    mode: answer.mode,
    gone,
    added,
    answer,
  };
}
