// Answers and summaries with their receipts: what is kept of an answer besides the answer (filter, passages with their scores, versions of
// index and prompt, what was asked for), and asking the same again. Joins retriever, answerer and state; decides nothing itself.
import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Asked } from "../answer/answerer.ts";
import { loadPrompt } from "../answer/prompt.ts";
import type { Briefings } from "../briefings/briefings.ts";
import type { KeepWritten } from "../briefings/written-parts.ts";
import type { Clock } from "../clock.ts";
import type { Answer } from "../domain.ts";
import { Failure, reasonOf } from "../failure.ts";
import type { Briefing, Turn } from "../results.ts";
import { restsOn } from "../retrieve/coverage.ts";
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

type Receipts = Pick<Briefing, "ask" | "summarize" | "why" | "replay"> & { keepWritten: KeepWritten };

export function createReceipts({ knowledge, openState, clock, log, notes }: ReceiptsParts): Receipts {
  return {
    async ask(question, { asker = null, ...options } = {}) {
      const { k = null, history = [], signal: _signal, onProgress: _onProgress, ...filter } = options;
      const past = history.map(({ question, answer, given }) => ({ question, answer, answerId: given?.answer_id ?? null }));
      const { asking } = await knowledge();
      return kept(() => asking.ask(question, options), asker, { kind: "ask", question, k, history: past, filter });
    },

    async summarize(options = {}) {
      const { topic = null, document = null, length = "medium", asker = null, ...rest } = options;
      const { signal: _signal, onProgress: _onProgress, ...filter } = rest;
      const { briefings } = await knowledge();
      return kept(() => briefings.summarize(options), asker, { kind: "summary", topic, document, length, filter });
    },

    why,

    async replay(answerId) {
      const receipt = await why(answerId);
      const { asked } = receipt.trail;
      if (asked === undefined) {
        const what = `How ${answerId} was asked for is not kept: it is part of a briefing, or of an earlier version.`;
        throw new Failure("answer_not_replayable", what, `Ask anew: ${receipt.answer.question}`);
      }
      const { answer } = await answered(() => askedAgain(asked), asked);
      return { ...receipt, replay: compared(receipt, answer, await indexNow()) };
    },

    /** Of a digest, a timeline or changes: what a model wrote of them, as an answer. */
    async keepWritten({ question, asker, sentences, sources, checkMs, dropped, written, ...rest }) {
      const answer: Answer = {
        answer_id: newId(),
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
      await save(answer, asker, { filter: {}, passages: [], dropped, written, prompt: promptsOf("parts") });
      return answer.answer_id;
    },
  };

  async function why(answerId: string): Promise<Receipt> {
    const receipt = await (await openState()).receipt(answerId);
    if (receipt !== null) return receipt;
    const hint = "The id stands under each answer, and in answer_id with --json.";
    throw new Failure("answer_unknown", `No receipt is kept of an answer ${answerId}.`, hint);
  }

  async function askedAgain(asked: AskedFor): Promise<Asked> {
    const { briefings, askingAnew } = await knowledge();
    if (asked.kind === "summary") {
      const { filter, topic, document, length } = asked;
      return briefings.summarize({ ...filter, topic, document: document ?? undefined, length });
    }
    const history: Turn[] = [];
    for (const { question, answer, answerId } of asked.history) {
      const given = answerId === null ? null : await (await openState()).receipt(answerId);
      history.push({ question, answer, given: given?.answer });
    }
    return askingAnew.ask(asked.question, { ...asked.filter, history, k: asked.k ?? undefined });
  }

  /** With its id and times; what else was drafted is for the receipt. */
  async function answered(work: () => Promise<Asked>, asked: AskedFor) {
    const began = performance.now();
    const { draft, retrieval } = await work();
    const { timing_ms, dropped, written = [], parts, ...rest } = draft;
    const total = performance.now() - began;
    const timing = { retrieve: Math.max(0, total - timing_ms.answer), ...timing_ms, total };
    const question = asked.kind === "ask" ? asked.question : rest.question;
    const answer: Answer = { answer_id: newId(), ...rest, question, timing_ms: timing };
    const { store } = await knowledge();
    if (rest.coverage.documents === 0 && (await store.coverage({ undated: true })).documents === 0)
      answer.warnings.push("Nothing is indexed yet. Run: npm run --silent briefing -- ingest");
    return { answer, retrieval, dropped, written, parts };
  }

  async function kept(work: () => Promise<Asked>, asker: string | null, asked: AskedFor): Promise<Answer> {
    const { answer, retrieval, dropped, written, parts } = await answered(work, asked);
    answer.warnings.push(...notes());
    const passages = retrieval.passages.map(({ passage: { document, start, end }, score, cosine, lexical }) => {
      return { document: document.id, start, end, score, cosine, lexical };
    });
    const prompt = answer.mode === "extractive" && written.length === 0 ? null : promptsOf(asked.kind);
    const more = { ...(written.length === 0 ? {} : { written }), ...(parts === undefined ? {} : { parts }) };
    await save(answer, asker, { asked, filter: retrieval.filter, dropped, ...more, passages, prompt });
    return answer;
  }

  /** An answer is worth giving even where its receipt cannot be kept (a full disk). */
  async function save(answer: Answer, asker: string | null, trail: Omit<Trail, "index">): Promise<void> {
    try {
      const index = await indexNow();
      await (await openState()).saveReceipt({ answer, trail: { ...trail, index }, asker, at: clock.now().toISOString() });
    } catch (cause) {
      log.info({ reason: reasonOf(cause) }, "the receipt of an answer could not be kept");
      answer.warnings.push(`No receipt of this answer is kept: ${reasonOf(cause)}`);
    }
  }

  async function indexNow(): Promise<Trail["index"]> {
    const { store } = await knowledge();
    const manifest = await store.manifest();
    if (manifest === null) return null;
    return { embedder: manifest.embedder, schema: manifest.schema, generation: await store.generation() };
  }
}

const newId = (): string => randomBytes(8).toString("hex");

/** Every prompt that something of this kind goes through. */
const PROMPTS = { ask: "answer", summary: "summary", parts: "entries" };
const promptsOf = (kind: keyof typeof PROMPTS): string =>
  [PROMPTS[kind], "judge", "repair"].map((name) => loadPrompt(name).version).join(", ");

/** What became of an answer that was given again. */
function compared({ answer: before, trail }: Receipt, answer: Answer, index: Trail["index"]): Replay {
  const [then, now] = [before, answer].map(({ sentences }) => sentences.map(({ text }) => text)) as [string[], string[]];
  const [gone, added] = [then.filter((text) => !now.includes(text)), now.filter((text) => !then.includes(text))];
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
