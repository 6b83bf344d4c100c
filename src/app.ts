// The one composition root: builds every implementation and wires the stages. Everything is opened when it is first needed, so a
// command that needs no index opens none, and `doctor` can report what does not open.
import type { Logger } from "pino";
import { createAnswerer } from "./answer/answerer.ts";
import { createGenerate } from "./answer/generative.ts";
import { loadPrompt, promptsVersion } from "./answer/prompt.ts";
import { briefingWriters, createBriefings, type Briefings } from "./briefings/briefings.ts";
import { createDigester } from "./briefings/digest/digester.ts";
import { systemClock, type Clock } from "./clock.ts";
import { createAsking, type Asking } from "./conversation/ask.ts";
import { chargedBriefing } from "./conversation/charged-briefing.ts";
import { createCondense } from "./conversation/condense-question.ts";
import { createReceipts } from "./conversation/receipts.ts";
import { rememberAnswers, type RememberingParts } from "./conversation/remembered-answers.ts";
import { digestChecks, runDoctor } from "./doctor.ts";
import type { Notice, RankedPassage, ReadOutcome } from "./domain.ts";
import { Failure } from "./failure.ts";
import { embedPassages, type EmbedRun } from "./index/embed-passages.ts";
import { indexArticles, type IndexRun } from "./index/index-articles.ts";
import { loadStamps } from "./ingest/sources/file-stamps.ts";
import { isAddress } from "./ingest/sources/find-inputs.ts";
import { createFollowing } from "./ingest/sources/following.ts";
import { createInputReader, type PlanOptions } from "./ingest/sources/read-inputs.ts";
import type { Web } from "./ingest/web/open-web.ts";
import { lazily } from "./lazily.ts";
import { thriftyModel } from "./models/accounted-model.ts";
import { chooseEmbedder, chooseJudge, chooseModel, chooseReading } from "./models/choose-models.ts";
import type { Embedder } from "./models/embedder.ts";
import { type LanguageModel, noCounts } from "./models/language-model.ts";
import { createSpending } from "./models/spending-limits.ts";
import type { Briefing, FoundPassage, IngestOptions, IngestReport } from "./results.ts";
import { findCopies, republished } from "./retrieve/dedupe.ts";
import { everyPassage } from "./retrieve/every-passage.ts";
import { findDocument } from "./retrieve/find-document.ts";
import { createRetriever, type Retriever } from "./retrieve/retriever.ts";
import type { Settings } from "./settings.ts";
import { chooseStores } from "./stores/choose-stores.ts";
import type { KnowledgeStore } from "./stores/knowledge.ts";
import type { StateStore } from "./stores/state.ts";
import { rememberTexts } from "./text/recent.ts";
import { citedTexts } from "./verify/cited-text.ts";
import { createVerifier } from "./verify/verifier.ts";

export type App = ReturnType<typeof createApp>;

type Reading = IngestOptions & Pick<PlanOptions, "given">;

/** What hangs on one opened index. */
interface Knowledge {
  store: KnowledgeStore;
  retriever: Retriever;
  briefings: Briefings;
  asking: Asking;
  /** Nothing remembered. */
  askingAnew: Asking;
  close: () => Promise<void>;
}

const SEARCHED = 5;
/** Vectors of the last questions and sentences: asking on about a matter embeds little. */
const VECTORS_KEPT = 4000;

export function createApp(
  settings: Settings,
  parts: { log: Logger; clock?: Clock; embedder?: Embedder; model?: LanguageModel | null },
) {
  const { log, clock = systemClock } = parts;
  const embedder = parts.embedder ?? chooseEmbedder(settings);
  const stop = new AbortController();
  const stores = chooseStores(settings);
  /** Only what reads into the index makes one. */
  let create = false;
  const state = lazily(() => stores.state({ create }));
  const openState = state.get;
  const spending = createSpending(settings.budgets, { store: async () => (await openState()).spending, clock });
  const counts = noCounts();
  const surroundings = { stop: stop.signal, spending, counts };
  const chosen = (name: string | null): LanguageModel | null =>
    name === null ? null : chooseModel(settings, name, surroundings);
  const large = parts.model === undefined ? chosen(settings.model) : parts.model;
  const model = large === null ? null : thriftyModel(large, chosen(settings.modelSmall), spending);
  const web = lazily(() => openWeb(settings, clock, openState));
  const following = createFollowing(settings, { clock, openWeb: web.get, openMemory: openState });
  const reader = createInputReader({
    corpusDir: settings.corpusDir,
    clock,
    readUrl: following.readUrl,
    stamps: async () => loadStamps(await openState()),
  });
  const embedOnly = (texts: readonly string[], signal?: AbortSignal) => embedder.embed(texts, "query", signal);
  const embedSentences = rememberTexts(embedOnly, VECTORS_KEPT);
  // search and answer ask for the vector of the same question
  const questionEmbedder: Embedder = {
    ...embedder,
    embed: (texts, kind, signal) => (kind === "query" ? embedSentences(texts, signal) : embedder.embed(texts, kind, signal)),
  };
  const reading = chooseReading(embedder);
  const verifier = createVerifier({
    judge: chooseJudge(settings, model, () => loadPrompt("judge"), surroundings),
    wording: reading.judge,
  });
  const writing = model === null ? null : { model, verifier, clock, timeoutMs: settings.modelTimeoutMs };
  const writers = writing === null ? {} : briefingWriters({ ...writing, keepWritten: async (receipt) => keepWritten(receipt) });
  const answerer = createAnswerer({
    clock,
    read: reading.read,
    generate: writing === null ? undefined : createGenerate({ ...writing, prompt: "answer" }),
  });
  const condense = writing === null ? undefined : createCondense({ ...writing, prompt: loadPrompt("condense") });
  const digester = createDigester({
    clock,
    embedSentences: embedOnly,
    notices: async (since, scopes) => (await openState()).notices(since, scopes),
    ...writers,
  });

  let filling: Promise<unknown> = Promise.resolve();
  /** The next opening throws the index away first. */
  let anew = false;
  const { get: knowledge, close: closeKnowledge } = lazily(() => openKnowledge());
  const store = async (): Promise<KnowledgeStore> => (await knowledge()).store;

  async function openKnowledge(): Promise<Knowledge> {
    const rebuild = anew;
    anew = false;
    const store = await stores.knowledge({ embedder: embedder.identity, rebuild, create });
    const retriever = createRetriever({ store, embedder: questionEmbedder, clock });
    const briefings = createBriefings({ store, retriever, embedSentences, clock, verifier, ...writers });
    const askingAnew = createAsking({ store, retriever, answerer, briefings, clock, model: model?.name ?? null, condense });
    const remembering: RememberingParts = {
      store,
      clock,
      making: JSON.stringify([settings.model, settings.judgeModel, promptsVersion()]),
      poorer: () => spending.saving(),
      troubles: () => counts.calls.failed + counts.calls.late + counts.calls.over_budget,
      onHit: () => (counts.remembered += 1),
    };
    const asking = model === null ? askingAnew : rememberAnswers(askingAnew, remembering);
    return { store, retriever, briefings, asking, askingAnew, close: () => store.close() };
  }

  const { keepWritten, ...answering } = createReceipts({ knowledge, openState, clock, log, notes: () => spending.takeNotes() });
  const briefing: Briefing = {
    async ingest(inputs, options = {}) {
      create = true;
      if (options.rebuild === true) await rebuild();
      const run = async (): Promise<IngestReport> =>
        options.unfollow === true ? unfollow(inputs, options) : ingestInto(inputs, options);
      try {
        return await run();
      } catch (cause) {
        if (!(cause instanceof Failure) || cause.code !== "index_broken") throw cause;
        await rebuild();
        const report = await run();
        return { ...report, warnings: [`${cause.message} It was made anew from what was read now.`, ...report.warnings] };
      }
    },
    embed: (options = {}) => fillVectors(options),
    vectors: async () => (await store()).vectors(),
    async extract(input, url = null) {
      // reading from the web keeps its memory beside the index
      create = true;
      return isAddress(input) ? (await web.get()).reader(null).extract(input) : reader.extract(input, url);
    },
    async ingestUpload(file, scope, signal) {
      create = true;
      const outcome = await (await web.get()).upload(file, scope, await (await store()).sources(), signal);
      return index([outcome], { signal }, { vectors: "background" });
    },
    async removeScoped(documentId, scopes) {
      const open = await store();
      const found = await open.document(documentId, scopes);
      if (found === null || found.scope === null || !scopes.includes(found.scope)) return false;
      const [source] = [...(await open.sources())].find(([, entry]) => entry.documentId === documentId) ?? [];
      if (source !== undefined) await following.drop(source, found.scope);
      const removed = await open.remove([documentId]);
      await open.flush();
      return removed > 0;
    },
    documents: async (filter = {}) => [...(await (await store()).documents(filter))],
    followed: (scopes) => following.followed(scopes),
    async refresh(signal) {
      const reports: IngestReport[] = [];
      for (const { scope, urls } of await following.due())
        reports.push(await ingestInto(urls, { scope, signal, given: false, vectors: "background" }));
      return reports;
    },
    show: async (id, scopes = []) => findDocument(await store(), id, scopes),
    coverage: async (filter = {}) => (await store()).coverage(filter),
    async search(query, { k = SEARCHED, mode = "hybrid", ...filter } = {}) {
      const { retriever, store: open } = await knowledge();
      const { passages, warnings } = await retriever.retrieve(query, { filter, k, mode });
      const found = passages.map(({ passage }) => ({ document: passage.document, quote: passage.text }));
      warnings.push(...(await findCopies(open, found, filter)).map(republished));
      if (mode === "hybrid" && passages.length > 0 && passages.every(({ lexical }) => lexical === null))
        warnings.unshift("No document holds these words: what follows is nearest in meaning, and may be far.");
      return { query, passages: passages.map(foundPassage), warnings };
    },
    async *searchAll(query, { mode = "hybrid", ...filter } = {}) {
      let place = 0;
      const parts = { store: await store(), embedder };
      for await (const ranked of everyPassage(parts, query, { filter, mode })) yield foundPassage(ranked, place++);
    },
    ...answering,
    digest: async (options = {}) => digester.digest(await store(), options),
    corrections: async (since, filter = {}) => digester.corrections(await store(), since, filter),
    check: async (text, filter = {}) => (await knowledge()).briefings.check(text, filter),
    changes: async (since, topic, filter = {}) => (await knowledge()).briefings.changes(since, topic, filter),
    timeline: async (topic, filter = {}) => (await knowledge()).briefings.timeline(topic, filter),
    async verify(claim, source, signal) {
      const { checked, warnings } = await verifier.verify([{ text: claim, cited: citedTexts(source) }], signal);
      const [verdict] = checked;
      if (verdict === undefined) throw new Error("a claim without a verdict");
      const { supported, score, method, reasons } = verdict;
      return { supported, score, method, reasons: [...reasons, ...warnings] };
    },
    recall: async (answerId) => (await (await openState()).receipt(answerId))?.answer ?? null,
    feedback: async (feedback) => (await openState()).saveFeedback({ ...feedback, at: clock.now().toISOString() }),
    forget: async (asker) => (await openState()).forget(asker),
    async doctor() {
      const checks = await runDoctor({
        settings,
        place: () => stores.look(),
        store,
        embedder,
        model,
        otherModels: [settings.judgeModel, settings.modelSmall].flatMap((name) =>
          name === null || name === "none" || name === settings.model ? [] : (chosen(name) ?? []),
        ),
        followed: () => following.followed(),
        spentToday: () => spending.today(),
      });
      if (settings.discordToken === null) return checks;
      const { discordChecks } = await import("./deliver/discord/discord-checks.ts");
      const digests = await digestChecks(async () => (await openState()).digests);
      return [...checks, ...(await discordChecks({ settings, clock, state: await openState() })), ...digests];
    },
    async close() {
      stop.abort();
      await filling;
      await Promise.allSettled([closeKnowledge(), state.close(), web.close(), embedder.close(), reading.close()]);
    },
  };

  async function rebuild(): Promise<void> {
    anew = true;
    await closeKnowledge();
  }

  /** Both phases, or the first one and the second behind it. */
  async function index(
    outcomes: AsyncIterable<ReadOutcome> | Iterable<ReadOutcome>,
    run: IndexRun,
    { vectors = "wait", onVectors }: Pick<IngestOptions, "vectors" | "onVectors">,
  ): Promise<IngestReport> {
    const began = clock.now().getTime();
    const notice = async (found: Notice): Promise<void> => (await openState()).saveNotice(found);
    const report = await indexArticles({ store: await store(), clock, notice }, outcomes, run);
    const filling = fillVectors({ onProgress: onVectors, ...(vectors === "wait" ? { signal: run.signal } : {}) });
    if (vectors === "background") {
      filling.catch((cause: unknown) => {
        if (!stop.signal.aborted) log.error({ err: cause }, "passages could not be embedded");
      });
      return report;
    }
    await filling.catch((cause: unknown) => {
      // stopped in the second phase nothing is lost
      if (run.signal?.aborted !== true) throw cause;
    });
    const { pending } = await (await store()).vectors();
    return { ...report, vectors_pending: pending, took_ms: clock.now().getTime() - began };
  }

  /** One run after the other; each does what is pending when its turn comes. */
  function fillVectors({ signal, onProgress }: EmbedRun): Promise<void> {
    const until = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
    const turn = filling.then(async () => embedPassages({ store: await store(), embedder }, { signal: until, onProgress }));
    filling = turn.catch(() => undefined);
    return turn;
  }

  async function unfollow(addresses: readonly string[], { prune = false, signal }: IngestOptions): Promise<IngestReport> {
    const { refused, sources } = await following.unfollow(addresses);
    const gone = prune ? { prune: (source: string) => sources.has(source) } : {};
    const report = await index(refused, { ...gone, signal }, {});
    const left = addresses.filter((address) => !report.failed.some(({ input }) => input === address));
    const kept = prune ? "" : "; its documents stay (--prune removes them)";
    return { ...report, warnings: [...report.warnings, ...left.map((address) => `${address} is followed no more${kept}`)] };
  }

  async function ingestInto(inputs: readonly string[], options: Reading): Promise<IngestReport> {
    const { scope = null, signal, onProgress, prune = false, given = true } = options;
    const plan = await reader.plan(inputs, await (await store()).sources(), { scope, given, signal });
    const covers = inputs.length === 0 || prune ? { prune: (source: string) => plan.covers(source) } : {};
    return index(plan.outcomes, { total: () => plan.total, ...covers, signal, onProgress }, options);
  }

  return {
    briefing: chargedBriefing(briefing, spending),
    settings,
    clock,
    log,
    /** Opened at the first call. */
    state(): Promise<StateStore> {
      create = true;
      return openState();
    },
    /** What became of the requests to language models. */
    counts,
  };
}

function foundPassage({ passage, score }: RankedPassage, place: number): FoundPassage {
  const { document, start, end, text, speaker } = passage;
  return { rank: place + 1, score, document, start, end, text, speaker };
}

/** Reading from the web, with its memory in the state store. Loaded when the first address is read: its parsers are heavy. */
async function openWeb(settings: Settings, clock: Clock, openState: () => Promise<StateStore>): Promise<Web> {
  const { createWeb, uploadHosts } = await import("./ingest/web/open-web.ts");
  const { fetchAllow: allow, fetchContact: contact } = settings;
  return createWeb({ clock, memory: await openState(), allow, contact, uploadHosts: uploadHosts(settings) });
}
