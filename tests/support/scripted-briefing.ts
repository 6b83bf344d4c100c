import { QUOTED } from "../../src/briefings/written-parts.ts";
import type { Answer, Document, DroppedSentence, Filter, Source, StoredDocument } from "../../src/domain.ts";
import { Failure } from "../../src/failure.ts";
// A Briefing whose answers a test writes: for what Discord does with them. Documents with a scope are only given to those who may read them.
import type { AskOptions, Briefing, Correction, Digest, DigestOptions, Feedback, IngestReport } from "../../src/results.ts";
import type { StateStore } from "../../src/stores/state.ts";

export interface ScriptedDocument extends Document {
  text: string;
  scope: string | null;
}

export interface ScriptedBriefing extends Briefing {
  asked: { question: string; options: AskOptions }[];
  given: Feedback[];
  /** What `ask` gives back; the default quotes the first document that is visible. */
  script: (question: string, options: AskOptions, visible: ScriptedDocument[]) => Promise<Answer> | Answer;
  library: ScriptedDocument[];
  /** What the receipts say was left out of the answers. */
  dropped: DroppedSentence[];
  /** What `corrections` gives back to those who may read it. */
  corrected: (Correction & { scope: string | null })[];
  /** What `digest` gives back; nothing new by default. */
  news: (options: DigestOptions) => Promise<Digest> | Digest;
}

export function scriptedDocument(id: string, more: Partial<ScriptedDocument> = {}): ScriptedDocument {
  return {
    id,
    title: `Harbour notes ${id}`,
    publisher: "The Harbour Post",
    author: null,
    published: "2025-03-14",
    updated: null,
    fetched: "2025-06-01T08:00:00Z",
    genre: "report",
    url: `https://harbour.example/${id}`,
    path: `${id}.md`,
    language: "en",
    text: `The new quay of ${id} opened on a Friday. It carries two cranes.`,
    scope: null,
    ...more,
  };
}

export function sourceOf(document: ScriptedDocument, n = 1, more: Partial<Source> = {}): Source {
  const { text, scope: _scope, ...plain } = document;
  return {
    n,
    document: plain,
    speaker: null,
    quote: text,
    start: 0,
    end: text.length,
    link: `${document.url}#:~:text=The%20new%20quay`,
    ...more,
  };
}

let count = 0;

export function scriptedAnswer(question: string, documents: ScriptedDocument[], more: Partial<Answer> = {}): Answer {
  count += 1;
  const sources = documents.map((document, index) => sourceOf(document, index + 1));
  return {
    answer_id: `answer-${count}-${Math.random().toString(36).slice(2, 10)}`,
    question,
    status: documents.length > 0 ? "answered" : "not_covered",
    sentences: sources.map((source) => ({
      text: source.quote,
      citations: [source.n],
      check: { supported: true, score: 1, method: "verbatim" },
    })),
    disagreements: [],
    sources,
    nearest: [],
    coverage: { documents: documents.length, from: "2025-03-14", to: "2025-03-14", publishers: ["The Harbour Post"] },
    mode: "extractive",
    warnings: [],
    usage: null,
    timing_ms: { retrieve: 1, answer: 1, check: 1, total: 3 },
    ...more,
  };
}

export function createScriptedBriefing(state: StateStore, library = [scriptedDocument("alpha")]): ScriptedBriefing {
  const visible = (filter: Filter = {}): ScriptedDocument[] =>
    briefing.library.filter(
      ({ id, scope }) =>
        (scope === null || (filter.scopes ?? []).includes(scope)) &&
        !(filter.hidden ?? []).includes(id) &&
        (filter.documents ?? [id]).includes(id),
    );
  const put = (name: string, scope: string | null, text: string): IngestReport => {
    const id = `${name.replace(/[^\w]+/g, "-")}-${scope}`;
    const updated = briefing.library.some((document) => document.id === id);
    briefing.library = briefing.library.filter((document) => document.id !== id);
    briefing.library.push(scriptedDocument(id, { scope, text, title: `Page ${name}` }));
    const counts = { added: updated ? 0 : 1, updated: updated ? 1 : 0, unchanged: 0, removed: 0 };
    return {
      ...counts,
      failed: [],
      warnings: [],
      documents: briefing.library.length,
      passages: 1,
      vectors_pending: 0,
      took_ms: 1,
    };
  };
  const briefing: ScriptedBriefing = {
    asked: [],
    given: [],
    dropped: [],
    library,
    news: ({ date = "2025-06-01", zone = "UTC" }) => ({
      date,
      zone,
      status: "nothing_new",
      items: [],
      corrections: [],
      sources: [],
      warnings: [],
      ...QUOTED,
    }),
    corrected: [],
    script: (question, _options, documents) => scriptedAnswer(question, documents.slice(0, 1)),
    ingest: async ([link = ""], { scope = null } = {}) => put(link, scope, `The page ${link} tells of it.`),
    embed: async () => undefined,
    vectors: async () => ({ passages: briefing.library.length, pending: 0 }),
    ingestUpload: async ({ name, address }, scope) => put(name, scope, await (await fetch(address)).text()),
    async removeScoped(id, scopes) {
      const at = briefing.library.findIndex((document) => document.id === id && scopes.includes(document.scope ?? ""));
      if (at !== -1) briefing.library.splice(at, 1);
      return at !== -1;
    },
    documents: async (filter) => visible(filter).map(({ text: _text, scope: _scope, ...document }) => document),
    followed: async () => [],
    refresh: async () => [],
    async show(id, scopes) {
      const found = visible({ scopes }).find((document) => document.id === id);
      if (found === undefined) throw new Failure("document_unknown", `There is no document ${id}.`, "List them.");
      return { ...found, blocks: [], passages: [], evidence: {}, extra: {} } satisfies StoredDocument;
    },
    async coverage(filter) {
      const all = visible(filter);
      return {
        documents: all.length,
        from: "2025-03-14",
        to: "2025-03-14",
        publishers: [...new Set(all.map((document) => document.publisher ?? ""))].filter(Boolean),
      };
    },
    search: () => Promise.reject(new Error("not scripted")),
    searchAll: () => {
      throw new Error("not scripted");
    },
    async ask(question, options = {}) {
      briefing.asked.push({ question, options });
      const trail = { filter: {}, passages: [], dropped: briefing.dropped, index: null, prompt: null };
      const answer = await briefing.script(question, options, visible(options));
      await state.saveReceipt({ answer, trail, asker: options.asker ?? null, at: "2025-06-01T08:00:00Z" });
      return answer;
    },
    digest: async (options = {}) => briefing.news(options),
    corrections: async (_since, { documents = [], scopes = [] } = {}) => {
      const items = briefing.corrected.filter(
        ({ document, scope }) => documents.includes(document) && (scope === null || scopes.includes(scope)),
      );
      return { items, sources: [] };
    },
    extract: () => Promise.reject(new Failure("input_no_network", "Nothing can be read here.", "")),
    check: () => Promise.reject(new Error("not scripted")),
    changes: () => Promise.reject(new Error("not scripted")),
    timeline: () => Promise.reject(new Error("not scripted")),
    summarize: () => Promise.reject(new Error("not scripted")),
    verify: () => Promise.resolve({ supported: true, score: 1, method: "facts and wording", reasons: [] }),
    async why(answerId) {
      const receipt = await state.receipt(answerId);
      if (receipt === null) throw new Failure("answer_unknown", `No receipt of ${answerId}.`, "");
      return receipt;
    },
    replay: () => Promise.reject(new Error("not scripted")),
    recall: async (answerId) => (await state.receipt(answerId))?.answer ?? null,
    async feedback(feedback) {
      briefing.given.push(feedback);
    },
    forget: (asker) => state.forget(asker),
    doctor: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  return briefing;
}

/** The worst case for a leak: every command tells all that its filter lets through. */
export function tellsEverything(briefing: ScriptedBriefing, state: StateStore): void {
  const sourcesFor = async (filter: Filter = {}): Promise<Source[]> => {
    const ids = new Set((await briefing.documents(filter)).map(({ id }) => id));
    return briefing.library.filter(({ id }) => ids.has(id)).map((document, at) => sourceOf(document, at + 1));
  };
  const told = ({ quote, n }: Source) => ({ text: quote, citations: [n] });
  briefing.summarize = async ({ topic, asker, ...filter } = {}) => {
    const ids = new Set((await sourcesFor(filter)).map(({ document }) => document.id));
    const visible = briefing.library.filter(({ id }) => ids.has(id));
    const answer = scriptedAnswer(topic ?? "", visible);
    const trail = { filter: {}, passages: [], index: null, prompt: null };
    await state.saveReceipt({ answer, trail, asker: asker ?? null, at: "2025-06-01T08:00:00Z" });
    return answer;
  };
  briefing.timeline = async (topic, filter) => {
    const sources = await sourcesFor(filter);
    const events = sources.map((source) => ({ date: "2025", precision: "year" as const, ...told(source) }));
    return { topic, events, undated: sources.map(told), sources, warnings: [], ...QUOTED };
  };
  briefing.changes = async (since, _topic, filter) => {
    const sources = await sourcesFor(filter);
    const items = sources.map((source) => ({ kind: "new" as const, before: null, ...told(source) }));
    return { since, items, sources, warnings: [], ...QUOTED };
  };
  briefing.check = async (_text, filter) => {
    const sources = await sourcesFor(filter);
    const claims = sources.map((source) => ({ verdict: "supported" as const, why: source.quote, ...told(source) }));
    return { claims, sources, warnings: [], ...QUOTED };
  };
  briefing.news = async (options) => {
    const sources = await sourcesFor(options);
    const check = { supported: true, score: 1, method: "verbatim" };
    const items = sources.map((source) => ({
      headline: source.quote,
      sentences: [{ ...told(source), check }],
      outlets: [source.document.publisher ?? ""],
      documents: [source.document.id],
      earlier: null,
      disagreements: [],
      opinions: [],
    }));
    return { date: "2025-06-01", zone: "UTC", status: "ready", items, corrections: [], sources, warnings: [], ...QUOTED };
  };
}
