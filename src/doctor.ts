// The checks behind `briefing doctor` that need no Discord. Each failing one names its fix. Looks, never mends.
import { readdir } from "node:fs/promises";
import { z } from "zod";
import { Failure, reasonOf } from "./failure.ts";
import type { Embedder } from "./models/embedder.ts";
import type { LanguageModel } from "./models/language-model.ts";
import { localOllamaModels } from "./models/local-ollama.ts";
import type { DoctorCheck, FollowedAddress } from "./results.ts";
import type { Settings } from "./settings.ts";
import type { DigestSchedule, DigestStore } from "./stores/digests.ts";
import type { KnowledgeStore } from "./stores/knowledge.ts";

const MODEL_FIX = "Look at MODEL, JUDGE_MODEL or MODEL_SMALL and its key; without MODEL answers are quotations.";
/** A model that is slower than this to say a word is trouble, whatever MODEL_TIMEOUT_SECONDS allows. */
const MODEL_WAIT_MS = 30_000;
/** So many failures in a row are no passing trouble. */
const WORRYING = 5;

/** A doctor answers while one waits: an index of 50,000 passages is looked through in a second or two. */
const INSPECTED_MS = 5_000;

export async function runDoctor(parts: {
  settings: Settings;
  /** Where the index is; throws where it cannot be used. */
  place: () => Promise<string>;
  /** Opened by the checks that need them, so that one broken part leaves the others checked. */
  store: () => Promise<KnowledgeStore>;
  embedder: Embedder;
  model: LanguageModel | null;
  /** That judge, or write while it is time to save. */
  otherModels: readonly LanguageModel[];
  followed: () => Promise<FollowedAddress[]>;
  /** US dollars for language models; null without a ceiling. */
  spentToday: () => Promise<{ spent: number; ceiling: number } | null>;
}): Promise<DoctorCheck[]> {
  const { settings, place, store, embedder, model, otherModels, followed, spentToday } = parts;
  return [
    await check("corpus folder", "Create the folder, or set CORPUS_DIR.", async () => {
      const entries = await readdir(settings.corpusDir);
      return `${settings.corpusDir}, ${entries.length} entries`;
    }),
    settings.databaseUrl === null
      ? await check("index folder", "Make it writable, or set INDEX_DIR.", place)
      : await check("database", "Mend DATABASE_URL, or look at the server.", place),
    await check("sentence model", "See the message; EMBEDDINGS=bundled needs no key and no network.", async () => {
      const [vector] = await embedder.embed(["a test"], "query");
      return `${embedder.identity}, ${vector?.length ?? 0} dimensions`;
    }),
    await check("index", "Run: npm run --silent briefing -- ingest --rebuild", async () => {
      const opened = await store();
      const whole = await opened.inspect(INSPECTED_MS);
      const { documents, passages } = await opened.coverage();
      if (documents === 0) throw new Failure("index_empty", "nothing is indexed yet", "Run: npm run --silent briefing -- ingest");
      const header = await opened.manifest();
      return `${documents} documents, ${passages} passages${header === null ? "" : `, form ${header.schema}, vectors of ${header.embedder} (${header.dimension})`}${whole ? "" : "; too large to be looked through in full"}`;
    }),
    await check("vectors", "Run: npm run --silent briefing -- ingest", async () => {
      const { passages, pending } = await (await store()).vectors();
      if (pending === 0) return `all ${passages} passages have theirs`;
      return `${passages - pending} of ${passages} passages have theirs; the other ${pending} are found by their words until chat, bot or ingest has embedded them`;
    }),
    await check("followed addresses", "Look whether the address has moved; it is tried again by itself.", async () => {
      const all = await followed();
      const failing = all.filter(({ failures }) => failures >= WORRYING);
      if (failing.length > 0)
        throw new Error(
          failing.map(({ url, failures, lastProblem }) => `${url}: ${failures} times ${lastProblem ?? ""}`).join("; "),
        );
      const troubled = all.filter(({ failures }) => failures > 0);
      const last = all.map(({ succeededAt }) => succeededAt ?? "").reduce((a, b) => (a > b ? a : b), "");
      if (all.length === 0) return "none: list feeds in corpus/feeds.opml, or give addresses to ingest";
      return `${all.length}, last read ${last === "" ? "never" : last.slice(0, 16).replace("T", " ")}${troubled.map(({ url, lastProblem }) => `; ${url}: ${lastProblem ?? ""}`).join("")}`;
    }),
    await check("language model", MODEL_FIX, async () => {
      if (model === null) return withoutModel(await localOllamaModels(settings.ollamaBaseUrl));
      const budget = await spentToday();
      const left = budget === null ? "" : `; $${budget.spent.toFixed(2)} of today's $${budget.ceiling.toFixed(2)} spent`;
      return `${await tried(model, settings)}${left}`;
    }),
    ...(await Promise.all(otherModels.map((other) => check(`model ${other.name}`, MODEL_FIX, () => tried(other, settings))))),
  ];
}

/** A few tokens, and the only way to know that key, name and address are right. */
async function tried(model: LanguageModel, settings: Settings): Promise<string> {
  const began = performance.now();
  const { usage, inWords = false } = await model.generate({
    system: 'You are asked whether you work. Reply with the JSON object {"ready": true}.',
    user: "Ready?",
    schema: z.object({ ready: z.boolean() }),
    signal: AbortSignal.timeout(MODEL_WAIT_MS),
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const schema = inWords ? "fills a schema only when it is written into the prompt" : "fills a schema";
  const price = settings.modelPrices.get(model.name);
  const cost =
    price === undefined
      ? "its price is not known: costs are told as 0 unless MODEL_PRICES says it"
      : `$${price.join("/")} per million tokens`;
  return `${model.name} answers in ${seconds} s (${usage.input_tokens + usage.output_tokens} tokens), ${schema}; ${cost}`;
}

/** Digests that paused themselves. Gives no check where none is scheduled. */
export async function digestChecks(digests: () => Promise<DigestStore>): Promise<DoctorCheck[]> {
  const all: DigestSchedule[] = [];
  const opened = await check("digests", "Mend what it says, then /digest resume in Discord.", async () => {
    all.push(...(await (await digests()).schedules()));
    const troubled = all.filter(({ trouble }) => trouble !== null);
    if (troubled.length === 0) return `${all.length} scheduled, ${all.filter(({ paused }) => paused).length} paused`;
    throw new Error(
      troubled.map(({ id, channelId, trouble }) => `${id} in channel ${channelId} is paused: ${trouble}`).join(" "),
    );
  });
  return opened.ok && all.length === 0 ? [] : [opened];
}

/** Where a model could be had at once, the line that sets it. */
function withoutModel(local: string[] | null): string {
  const none = "none: answers are quotations from the sources";
  if (local === null) return none;
  if (local.length === 0) return `${none}. Ollama runs on this machine without a model: ollama pull llama3.1:8b`;
  return `${none}. Ollama runs on this machine with ${local.join(", ")}; the line for .env: MODEL=ollama:${local[0]}`;
}

async function check(name: string, fix: string, look: () => Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, ok: true, detail: await look(), fix: null };
  } catch (cause) {
    const detail = reasonOf(cause);
    return { name, ok: false, detail, fix: cause instanceof Failure ? cause.hint : fix };
  }
}
