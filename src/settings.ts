// The one table of settings. `loadSettings` reads them in the order flag, environment, default (`.env` is merged into the environment
// by the entry) and reports every problem at once. Nothing else in the program reads an environment variable.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.ts";
import { priceOf, type Price } from "./models/model-prices.ts";

export interface Settings {
  corpusDir: string;
  indexDir: string;
  /** `postgres://…` for the index and the bot's memory in place of the folder; null for files. */
  databaseUrl: string | null;
  /** `bundled`, `openai`, or the absolute path of a folder with an ONNX sentence model. */
  embeddings: string;
  embeddingsModel: string;
  /** `provider:model`, or null for extractive answers. */
  model: string | null;
  /** Writes while it is time to save; null for none. */
  modelSmall: string | null;
  modelTimeoutMs: number;
  /** `provider:model` that judges what was written, or `none`; null for the writing model itself. */
  judgeModel: string | null;
  /** US dollars a day for language models; null for no ceiling. */
  budgets: { day: number | null; server: number | null; person: number | null };
  openaiApiKey: string | null;
  openaiBaseUrl: string | null;
  anthropicApiKey: string | null;
  googleApiKey: string | null;
  /** Null for Ollama's usual address on this machine. */
  ollamaBaseUrl: string | null;
  /** Of the models that are set, where it is known: a server of one's own is free unless MODEL_PRICES says otherwise. */
  modelPrices: ReadonlyMap<string, Price>;
  discordToken: string | null;
  discordApiUrl: string;
  discordGuildId: string | null;
  /** The connections of this process, of all that the bot has; null for all of them, as many as Discord recommends. */
  discordShards: { ids: number[]; of: number } | null;
  /** `port` or `host:port`; null for no metrics. */
  metricsPort: string | null;
  /** Hosts, host:port or address ranges that may be read from the web though they are not public. */
  fetchAllow: string[];
  /** Address or e-mail that sites are given with every request; null for none. */
  fetchContact: string | null;
  logLevel: string;
}

interface Variable {
  name: string;
  /** Shown in .env.example; null means unset. */
  default: string | null;
  help: string;
  secret?: boolean;
  /** Null when the value is fine, else what is wrong and how to mend it. */
  problem?: (value: string) => string | null;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

const isHttpUrl = (value: string): string | null =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? null : `is not an http(s) address: ${value}`;

const isDollars = (value: string): string | null =>
  /^\d{1,6}(?:\.\d{1,6})?$/.test(value) && Number(value) > 0 ? null : `must be an amount in US dollars, e.g. 2.50: ${value}`;

const isModel = (value: string): string | null =>
  /^[\w-]+:\S+$/.test(value) ? null : `must look like provider:model, e.g. openai:gpt-4.1-mini: ${value}`;

export const VARIABLES = [
  { name: "CORPUS_DIR", default: "corpus", help: "Folder with the documents to read.", problem: mustNotBeFile },
  { name: "INDEX_DIR", default: "index", help: "Folder for the index and the bot's memory.", problem: mustNotBeFile },
  {
    name: "DATABASE_URL",
    default: null,
    help: "PostgreSQL with pgvector in place of INDEX_DIR, for several bots at once: postgres://user:password@host/database.",
    secret: true,
    problem: (value) =>
      URL.canParse(value) && /^postgres(?:ql)?:$/.test(new URL(value).protocol)
        ? null
        : "must look like postgres://user:password@host:5432/database",
  },
  {
    name: "EMBEDDINGS",
    default: "bundled",
    help: "Sentence model: bundled, openai, or a folder with an ONNX sentence model.",
    problem: (value) =>
      value === "bundled" || value === "openai" || existsSync(path.join(value, "tokenizer.json"))
        ? null
        : `must be "bundled", "openai" or a folder that holds tokenizer.json and an .onnx file: ${value}`,
  },
  { name: "EMBEDDINGS_MODEL", default: "text-embedding-3-small", help: "Model name for EMBEDDINGS=openai." },
  {
    name: "MODEL",
    default: null,
    help: "Language model for fluent answers, e.g. openai:gpt-4.1-mini. Without one, answers are quotations.",
    problem: isModel,
  },
  { name: "MODEL_SMALL", default: null, help: "Model that writes above 80 % of a budget.", problem: isModel },
  {
    name: "MODEL_TIMEOUT_SECONDS",
    default: "90",
    help: "How long a model may take for one answer before the extractive one is given.",
    problem: (value) =>
      /^\d{1,4}$/.test(value) && Number(value) >= 1 ? null : `must be a number of seconds from 1 to 9999: ${value}`,
  },
  {
    name: "JUDGE_MODEL",
    default: null,
    help: "Language model that judges whether the sources say what MODEL wrote: provider:model, or none. Without it, MODEL itself.",
    problem: (value) => (value === "none" ? null : isModel(value)),
  },
  { name: "OPENAI_API_KEY", default: null, help: "Key for openai models and embeddings.", secret: true },
  { name: "OPENAI_BASE_URL", default: null, help: "Address of an OpenAI-compatible server.", problem: isHttpUrl },
  { name: "ANTHROPIC_API_KEY", default: null, help: "Key for anthropic models.", secret: true },
  { name: "GOOGLE_API_KEY", default: null, help: "Key for google models (Gemini).", secret: true },
  { name: "OLLAMA_BASE_URL", default: null, help: "Address of Ollama, where it is not on this machine.", problem: isHttpUrl },
  {
    name: "MODEL_PRICES",
    default: null,
    help: "US dollars per million tokens, in/out, of models whose price is not known here: openai:my-model=0.4/1.6, with commas between.",
    problem: (value) =>
      /^(?:\s*[\w-]+:[^\s,=]+=\d+(?:\.\d+)?\/\d+(?:\.\d+)?\s*(?:,|$))+$/.test(value)
        ? null
        : `must look like openai:my-model=0.4/1.6, with commas between: ${value}`,
  },
  { name: "BUDGET_USD_DAY", default: null, help: "US dollars a day for language models, all together.", problem: isDollars },
  { name: "BUDGET_USD_SERVER_DAY", default: null, help: "US dollars a day for the questions of one server.", problem: isDollars },
  { name: "BUDGET_USD_PERSON_DAY", default: null, help: "US dollars a day for the questions of one person.", problem: isDollars },
  {
    name: "DISCORD_TOKEN",
    default: null,
    help: "Bot token: with it, npm start goes live on Discord.",
    secret: true,
    problem: (value) => (/\s/.test(value) ? "holds white space: copy the token again" : null),
  },
  {
    name: "DISCORD_API_URL",
    default: "https://discord.com/api",
    help: "Discord's REST address, for a proxy or a test server.",
    problem: isHttpUrl,
  },
  {
    name: "DISCORD_GUILD_ID",
    default: null,
    help: "Register the slash commands in this server only (they appear at once).",
    problem: (value) => (/^\d{17,20}$/.test(value) ? null : `must be a server id of 17 to 20 digits: ${value}`),
  },
  {
    name: "DISCORD_SHARDS",
    default: null,
    help: "Which of the bot's connections this process holds, where several processes share a token: 0/3, or 0,1/6.",
    problem: (value) => {
      const shards = shardsOf(value);
      return shards !== null && shards.ids.every((id) => id < shards.of)
        ? null
        : `must be numbers below a count, e.g. 0/3 or 0,1/6: ${value}`;
    },
  },
  {
    name: "METRICS_PORT",
    default: null,
    help: "Port for /metrics (Prometheus) and /healthz of the bot, on this machine only; host:port for another address.",
    problem: (value) =>
      /^(?:[\w.-]+:|\[[\da-f:]+\]:)?\d{1,5}$/i.test(value) && Number(value.slice(value.lastIndexOf(":") + 1)) < 65_536
        ? null
        : `must be a port, or host:port: ${value}`,
  },
  {
    name: "FETCH_ALLOW",
    default: null,
    help: "Hosts of an intranet that may be read, with commas between: wiki.example, 10.1.0.0/16, 127.0.0.1:8080. All others must be public.",
    problem: (value) =>
      /^[\w.:[\]/-]+(?:\s*,\s*[\w.:[\]/-]+)*$/.test(value) && !value.includes("//")
        ? null
        : `must be host names, host:port or address ranges with commas between: ${value}`,
  },
  {
    name: "FETCH_CONTACT",
    default: null,
    help: "Your address or e-mail, told to the sites that are read, so that they can reach you.",
    problem: (value) => (/^[\x21-\x7e]{3,200}$/.test(value) ? null : `must be an address or e-mail without blanks: ${value}`),
  },
  {
    name: "LOG_LEVEL",
    default: "warn",
    help: `How much is logged to stderr: ${LOG_LEVELS.join(", ")}.`,
    problem: (value) => (LOG_LEVELS.includes(value) ? null : `must be one of ${LOG_LEVELS.join(", ")}: ${value}`),
  },
] as const satisfies readonly Variable[];

/** Providers that take nothing without a key. */
const KEYS = [
  ["anthropic", "ANTHROPIC_API_KEY"],
  ["google", "GOOGLE_API_KEY"],
  ["google-genai", "GOOGLE_API_KEY"],
] as const;

export type VariableName = (typeof VARIABLES)[number]["name"];

/** Values given as flags; they beat the environment. */
export type SettingFlags = Partial<Record<VariableName, string>>;

/** Throws one Failure `settings_invalid` (exit 2) that lists every problem. Folders become absolute; nothing is created. */
export function loadSettings(env: Record<string, string | undefined>, flags: SettingFlags = {}): Settings {
  const values = new Map<string, string | null>();
  const problems: string[] = [];
  for (const variable of VARIABLES as readonly Variable[]) {
    const given = flags[variable.name as VariableName] ?? env[variable.name];
    const value = given === undefined || given.trim() === "" ? variable.default : given.trim();
    values.set(variable.name, value);
    const problem = value === null ? null : (variable.problem?.(value) ?? null);
    if (problem !== null) problems.push(`${variable.name} ${problem}`);
  }
  const get = (name: VariableName): string | null => values.get(name) ?? null;
  const must = (name: VariableName): string => get(name) ?? "";
  const models = (["MODEL", "MODEL_SMALL", "JUDGE_MODEL"] as const).filter((name) => get(name) !== null && get(name) !== "none");
  const needsKey = [
    ...(get("EMBEDDINGS") === "openai" ? ["EMBEDDINGS=openai"] : []),
    ...models.filter((name) => must(name).startsWith("openai:")).map((name) => `${name}=${must(name)}`),
  ];
  if (needsKey.length > 0 && get("OPENAI_API_KEY") === null && get("OPENAI_BASE_URL") === null) {
    problems.push(
      `OPENAI_API_KEY is missing, and ${needsKey.join(" and ")} needs it: set the key, or OPENAI_BASE_URL for a server without keys`,
    );
  }
  for (const [provider, key] of KEYS)
    for (const name of models)
      if (must(name).startsWith(`${provider}:`) && get(key) === null)
        problems.push(`${key} is missing, and ${name}=${must(name)} needs it`);
  const modelPrices = pricesOf(models.map(must), get("MODEL_PRICES"), get("OPENAI_BASE_URL") !== null);
  const dollars = (name: VariableName): number | null => (get(name) === null ? null : Number(get(name)));
  const budgets = {
    day: dollars("BUDGET_USD_DAY"),
    server: dollars("BUDGET_USD_SERVER_DAY"),
    person: dollars("BUDGET_USD_PERSON_DAY"),
  };
  const unpriced = models.map(must).filter((model) => !modelPrices.has(model));
  if (unpriced.length > 0 && Object.values(budgets).some((budget) => budget !== null))
    problems.push(`MODEL_PRICES must say what ${unpriced.join(" and ")} costs, or a budget cannot be kept`);
  if (problems.length > 0) {
    throw new Failure(
      "settings_invalid",
      problems.join("; "),
      "Mend these in .env, the environment or the flags; .env.example explains each.",
      { exit: 2 },
    );
  }
  const embeddings = must("EMBEDDINGS");
  return {
    corpusDir: path.resolve(must("CORPUS_DIR")),
    indexDir: path.resolve(must("INDEX_DIR")),
    databaseUrl: get("DATABASE_URL"),
    embeddings: embeddings === "bundled" || embeddings === "openai" ? embeddings : path.resolve(embeddings),
    embeddingsModel: must("EMBEDDINGS_MODEL"),
    model: get("MODEL"),
    modelSmall: get("MODEL_SMALL"),
    budgets,
    modelTimeoutMs: Number(must("MODEL_TIMEOUT_SECONDS")) * 1000,
    judgeModel: get("JUDGE_MODEL"),
    openaiApiKey: get("OPENAI_API_KEY"),
    openaiBaseUrl: get("OPENAI_BASE_URL"),
    anthropicApiKey: get("ANTHROPIC_API_KEY"),
    googleApiKey: get("GOOGLE_API_KEY"),
    ollamaBaseUrl: get("OLLAMA_BASE_URL"),
    modelPrices,
    discordToken: get("DISCORD_TOKEN"),
    discordApiUrl: must("DISCORD_API_URL").replace(/\/+$/, ""),
    discordGuildId: get("DISCORD_GUILD_ID"),
    discordShards: shardsOf(get("DISCORD_SHARDS") ?? ""),
    metricsPort: get("METRICS_PORT"),
    fetchAllow: (get("FETCH_ALLOW") ?? "")
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ""),
    fetchContact: get("FETCH_CONTACT"),
    logLevel: must("LOG_LEVEL"),
  };
}

/** What is written beats the list; a server of one's own costs nothing by the token. */
function pricesOf(models: readonly string[], written: string | null, ownServer: boolean): Map<string, Price> {
  const prices = new Map<string, Price>();
  for (const model of models) {
    const own = model.startsWith("ollama:") || (ownServer && model.startsWith("openai:"));
    const price = own ? ([0, 0] as const) : priceOf(model);
    if (price !== null) prices.set(model, price);
  }
  for (const [, model = "", input, output] of (written ?? "").matchAll(/([\w-]+:[^\s,=]+)=([\d.]+)\/([\d.]+)/g))
    prices.set(model, [Number(input), Number(output)]);
  return prices;
}

function mustNotBeFile(value: string): string | null {
  return existsSync(value) && !statSync(value).isDirectory() ? `is a file, a folder is needed: ${value}` : null;
}

function shardsOf(value: string): { ids: number[]; of: number } | null {
  const [, ids = "", of = ""] = /^(\d{1,4}(?:,\d{1,4})*)\/([1-9]\d{0,3})$/.exec(value.replace(/\s+/g, "")) ?? [];
  return ids === "" ? null : { ids: ids.split(",").map(Number), of: Number(of) };
}
