// The one table of settings; .env.example says what each is for. `loadSettings` reads them in the order flag, environment, default (`.env` is
// merged into the environment by the entry) and reports every problem at once. Nothing else in the program reads an environment variable.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { misuse } from "./failure.ts";
import { priceOf, type Price } from "./models/model-prices.ts";

interface Variable<N extends string, T> {
  name: N;
  /** Null means unset. */
  default: string | null;
  /** What is wrong with a value and how to mend it; null when it is fine. */
  problem: (value: string) => string | null;
  read: (value: string | null) => T;
}

type Problem = Variable<string, unknown>["problem"];

/** A variable that need not be set. */
function optional<N extends string>(name: N, problem: Problem = () => null): Variable<N, string | null> {
  return { name, default: null, problem, read: (value) => value };
}

/** A variable that always has a value. */
function usual<N extends string>(name: N, otherwise: string, problem: Problem = () => null): Variable<N, string> {
  return { name, default: otherwise, problem, read: (value) => value ?? otherwise };
}

/** The same variable, and what its value means. */
function meaning<N extends string, V, T>({ read, ...rest }: Variable<N, V>, mean: (value: V) => T): Variable<N, T> {
  return { ...rest, read: (value) => mean(read(value)) };
}

const must =
  (form: RegExp | ((value: string) => boolean), what: string): Problem =>
  (value) =>
    (typeof form === "function" ? form(value) : form.test(value)) ? null : `${what}: ${value}`;

const isFolder = must((value) => !existsSync(value) || statSync(value).isDirectory(), "is a file, a folder is needed");
const isHttpUrl = must((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), "is not an http(s) address");
const isModel = must(/^[\w-]+:\S+$/, "must look like provider:model, e.g. openai:gpt-4.1-mini");
const isDollars = must(
  (value) => /^\d{1,6}(?:\.\d{1,6})?$/.test(value) && Number(value) > 0,
  "must be an amount in US dollars, e.g. 2.50",
);
const dollars = <N extends string>(name: N): Variable<N, number | null> =>
  meaning(optional(name, isDollars), (value) => (value === null ? null : Number(value)));

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];
const NO_PATH = ["bundled", "openai"];

const TABLE = {
  corpusDir: meaning(usual("CORPUS_DIR", "corpus", isFolder), (value) => path.resolve(value)),
  indexDir: meaning(usual("INDEX_DIR", "index", isFolder), (value) => path.resolve(value)),
  /** `postgres://…` for the index and the bot's memory in place of the folder; its password stands in no message. */
  databaseUrl: optional("DATABASE_URL", (value) =>
    URL.canParse(value) && /^postgres(?:ql)?:$/.test(new URL(value).protocol)
      ? null
      : "must look like postgres://user:password@host:5432/database",
  ),
  /** `bundled`, `openai`, or the absolute path of a folder with an ONNX sentence model. */
  embeddings: meaning(
    usual(
      "EMBEDDINGS",
      "bundled",
      must(
        (value) => NO_PATH.includes(value) || existsSync(path.join(value, "tokenizer.json")),
        'must be "bundled", "openai" or a folder that holds tokenizer.json and an .onnx file',
      ),
    ),
    (value) => (NO_PATH.includes(value) ? value : path.resolve(value)),
  ),
  embeddingsModel: usual("EMBEDDINGS_MODEL", "text-embedding-3-small"),
  /** Null for extractive answers. */
  model: optional("MODEL", isModel),
  /** Writes while it is time to save. */
  modelSmall: optional("MODEL_SMALL", isModel),
  modelTimeoutMs: meaning(
    usual("MODEL_TIMEOUT_SECONDS", "90", must(/^(?!0+$)\d{1,4}$/, "must be a number of seconds from 1 to 9999")),
    (value) => Number(value) * 1000,
  ),
  /** Judges what was written, or `none`; null for the writing model itself. */
  judgeModel: optional("JUDGE_MODEL", (value) => (value === "none" ? null : isModel(value))),
  openaiApiKey: optional("OPENAI_API_KEY"),
  openaiBaseUrl: optional("OPENAI_BASE_URL", isHttpUrl),
  anthropicApiKey: optional("ANTHROPIC_API_KEY"),
  googleApiKey: optional("GOOGLE_API_KEY"),
  /** Null for Ollama's usual address on this machine. */
  ollamaBaseUrl: optional("OLLAMA_BASE_URL", isHttpUrl),
  /** As they are written: model, input, output. */
  writtenPrices: meaning(
    optional(
      "MODEL_PRICES",
      must(
        /^(?:\s*[\w-]+:[^\s,=]+=\d+(?:\.\d+)?\/\d+(?:\.\d+)?\s*(?:,|$))+$/,
        "must look like openai:my-model=0.4/1.6, with commas between",
      ),
    ),
    (value) => [...(value ?? "").matchAll(/([\w-]+:[^\s,=]+)=([\d.]+)\/([\d.]+)/g)],
  ),
  budgetDay: dollars("BUDGET_USD_DAY"),
  budgetServer: dollars("BUDGET_USD_SERVER_DAY"),
  budgetPerson: dollars("BUDGET_USD_PERSON_DAY"),
  discordToken: optional("DISCORD_TOKEN", (value) => (/\s/.test(value) ? "holds white space: copy the token again" : null)),
  discordApiUrl: meaning(usual("DISCORD_API_URL", "https://discord.com/api", isHttpUrl), (value) => value.replace(/\/+$/, "")),
  discordGuildId: optional("DISCORD_GUILD_ID", must(/^\d{17,20}$/, "must be a server id of 17 to 20 digits")),
  /** The connections of this process, of all that the bot has; null for all of them, as many as Discord recommends. */
  discordShards: meaning(
    optional(
      "DISCORD_SHARDS",
      must(
        (value) => shardsOf(value)?.ids.every((id) => id < (shardsOf(value)?.of ?? 0)) === true,
        "must be numbers below a count, e.g. 0/3 or 0,1/6",
      ),
    ),
    (value) => shardsOf(value ?? ""),
  ),
  /** `port` or `host:port`. */
  metricsPort: optional(
    "METRICS_PORT",
    must(
      (value) => /^(?:[\w.-]+:|\[[\da-f:]+\]:)?\d{1,5}$/i.test(value) && Number(value.slice(value.lastIndexOf(":") + 1)) < 65_536,
      "must be a port, or host:port",
    ),
  ),
  /** Hosts, host:port or address ranges that may be read from the web though they are not public. */
  fetchAllow: meaning(
    optional(
      "FETCH_ALLOW",
      must(
        /^(?!.*\/\/)[\w.:[\]/-]+(?:\s*,\s*[\w.:[\]/-]+)*$/,
        "must be host names, host:port or address ranges with commas between",
      ),
    ),
    (value) => value?.split(",").map((entry) => entry.trim()) ?? [],
  ),
  /** Address or e-mail that sites are given with every request. */
  fetchContact: optional("FETCH_CONTACT", must(/^[\x21-\x7e]{3,200}$/, "must be an address or e-mail without blanks")),
  logLevel: usual(
    "LOG_LEVEL",
    "warn",
    must((value) => LOG_LEVELS.includes(value), `must be one of ${LOG_LEVELS.join(", ")}`),
  ),
};

export const VARIABLES = Object.values(TABLE);

type Read = { [K in keyof typeof TABLE]: ReturnType<(typeof TABLE)[K]["read"]> };

export interface Settings extends Omit<Read, "writtenPrices" | "budgetDay" | "budgetServer" | "budgetPerson"> {
  /** US dollars a day for language models; null for no ceiling. */
  budgets: { day: number | null; server: number | null; person: number | null };
  /** Of the models that are set, where it is known: a server of one's own is free unless MODEL_PRICES says otherwise. */
  modelPrices: ReadonlyMap<string, Price>;
}

/** Providers that take nothing without a key. */
const KEYS = [
  ["anthropic", "ANTHROPIC_API_KEY", "anthropicApiKey"],
  ["google", "GOOGLE_API_KEY", "googleApiKey"],
  ["google-genai", "GOOGLE_API_KEY", "googleApiKey"],
] as const;

/** Values given as flags; they beat the environment. */
export type SettingFlags = Partial<Record<(typeof VARIABLES)[number]["name"], string>>;

/** Throws one Failure `settings_invalid` (exit 2) that lists every problem. Folders become absolute; nothing is created. */
export function loadSettings(env: Record<string, string | undefined>, flags: SettingFlags = {}): Settings {
  const problems: string[] = [];
  const values = Object.entries(TABLE).map(([key, variable]) => {
    const value = (flags[variable.name] ?? env[variable.name])?.trim() || variable.default;
    const problem = value === null ? null : variable.problem(value);
    if (problem !== null) problems.push(`${variable.name} ${problem}`);
    return [key, variable.read(value)];
  });
  const { writtenPrices, budgetDay, budgetServer, budgetPerson, ...read } = Object.fromEntries(values) as Read;
  const models = (
    [
      ["MODEL", read.model],
      ["MODEL_SMALL", read.modelSmall],
      ["JUDGE_MODEL", read.judgeModel],
    ] as const
  ).flatMap(([name, model]) => (model === null || model === "none" ? [] : [{ name, model }]));
  const needsKey = [
    ...(read.embeddings === "openai" ? ["EMBEDDINGS=openai"] : []),
    ...models.filter(({ model }) => model.startsWith("openai:")).map(({ name, model }) => `${name}=${model}`),
  ];
  if (needsKey.length > 0 && read.openaiApiKey === null && read.openaiBaseUrl === null)
    problems.push(
      `OPENAI_API_KEY is missing, and ${needsKey.join(" and ")} needs it: set the key, or OPENAI_BASE_URL for a server without keys`,
    );
  for (const [provider, variable, key] of KEYS)
    for (const { name, model } of models)
      if (model.startsWith(`${provider}:`) && read[key] === null)
        problems.push(`${variable} is missing, and ${name}=${model} needs it`);
  const modelPrices = new Map<string, Price>();
  for (const { model } of models) {
    // a server of one's own costs nothing by the token
    const own = model.startsWith("ollama:") || (read.openaiBaseUrl !== null && model.startsWith("openai:"));
    const price = own ? ([0, 0] as const) : priceOf(model);
    if (price !== null) modelPrices.set(model, price);
  }
  for (const [, model = "", input, output] of writtenPrices) modelPrices.set(model, [Number(input), Number(output)]);
  const budgets = { day: budgetDay, server: budgetServer, person: budgetPerson };
  const unpriced = models.map(({ model }) => model).filter((model) => !modelPrices.has(model));
  if (unpriced.length > 0 && Object.values(budgets).some((budget) => budget !== null))
    problems.push(`MODEL_PRICES must say what ${unpriced.join(" and ")} costs, or a budget cannot be kept`);
  if (problems.length > 0) {
    const hint = "Mend these in .env, the environment or the flags; .env.example explains each.";
    throw misuse("settings_invalid", problems.join("; "), hint);
  }
  return { ...read, budgets, modelPrices };
}

function shardsOf(value: string): { ids: number[]; of: number } | null {
  const [, ids = "", of = ""] = /^(\d{1,4}(?:,\d{1,4})*)\/([1-9]\d{0,3})$/.exec(value.replace(/\s+/g, "")) ?? [];
  return ids === "" ? null : { ids: ids.split(",").map(Number), of: Number(of) };
}
