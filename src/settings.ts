// The one table of settings; .env.example says what each is for. `loadSettings` reads them in the order flag, environment, default (`.env` is
// merged into the environment by the entry) and reports every problem at once. Nothing else in the program reads an environment variable.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { misuse, reasonOf } from "./failure.ts";
import { priceOf, type Price } from "./models/model-prices.ts";

/** What a value that is set means. Throws what is wrong with it and how to mend it. */
type Reader = (value: string) => unknown;

const must =
  (form: RegExp | ((value: string) => boolean), what: string, { secret = false } = {}) =>
  (value: string): string => {
    if (typeof form === "function" ? form(value) : form.test(value)) return value;
    throw new Error(secret ? what : `${what}: ${value}`);
  };

const isUrl =
  (protocol: RegExp) =>
  (value: string): boolean =>
    URL.canParse(value) && protocol.test(new URL(value).protocol);
const any = (value: string): string => value;
const httpUrl = must(isUrl(/^https?:$/), "is not an http(s) address");
const modelName = must(/^[\w-]+:\S+$/, "must look like provider:model, e.g. openai:gpt-4.1-mini");
const isHosts = must(
  /^(?!.*\/\/)[\w.:[\]/-]+(?:\s*,\s*[\w.:[\]/-]+)*$/,
  "must be host names, host:port or address ranges with commas between",
);
const hosts = (value: string): string[] =>
  value === ""
    ? []
    : isHosts(value)
        .split(",")
        .map((entry) => entry.trim());
const isSeconds = must(/^(?!0+$)\d{1,4}$/, "must be a number of seconds from 1 to 9999");
const seconds = (value: string): number => Number(isSeconds(value)) * 1000;

function folder(value: string): string {
  const isFolder = !existsSync(value) || statSync(value).isDirectory();
  return path.resolve(must(() => isFolder, "is a file, a folder is needed")(value));
}

function dollars(value: string): number {
  const sound = /^\d{1,6}(?:\.\d{1,6})?$/.test(value) && Number(value) > 0;
  return Number(must(() => sound, "must be an amount in US dollars, e.g. 2.50")(value));
}

function shards(value: string): { ids: number[]; of: number } {
  const [, given = "", count = ""] = /^(\d{1,4}(?:,\d{1,4})*)\/([1-9]\d{0,3})$/.exec(value.replace(/\s+/g, "")) ?? [];
  const [ids, of] = [given.split(",").map(Number), Number(count)];
  must(() => given !== "" && ids.every((id) => id < of), "must be numbers below a count, e.g. 0/3 or 0,1/6")(value);
  return { ids, of };
}

/** `bundled`, `openai`, or the absolute path of a folder with an ONNX sentence model. */
function embeddings(value: string): string {
  if (["bundled", "openai"].includes(value)) return value;
  const isModel = existsSync(path.join(value, "tokenizer.json"));
  const problem = 'must be "bundled", "openai" or a folder that holds tokenizer.json and an .onnx file';
  return path.resolve(must(() => isModel, problem)(value));
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** The variables of each setting, how they are read, and what is taken where they are not set; null without that. */
const TABLE = {
  corpusDir: ["CORPUS_DIR", folder, "corpus"],
  indexDir: ["INDEX_DIR", folder, "index"],
  /** `postgres://…` for the index and the bot's memory in place of the folder; its password stands in no message. */
  databaseUrl: [
    "DATABASE_URL",
    must(isUrl(/^postgres(?:ql)?:$/), "must look like postgres://user:password@host:5432/database", { secret: true }),
  ],
  embeddings: ["EMBEDDINGS", embeddings, "bundled"],
  embeddingsModel: ["EMBEDDINGS_MODEL", any, "text-embedding-3-small"],
  /** Null for extractive answers. */
  model: ["MODEL", modelName],
  /** Writes while it is time to save. */
  modelSmall: ["MODEL_SMALL", modelName],
  modelTimeoutMs: ["MODEL_TIMEOUT_SECONDS", seconds, "90"],
  /** Judges what was written, or `none`; null for the writing model itself. */
  judgeModel: ["JUDGE_MODEL", (value: string) => (value === "none" ? value : modelName(value))],
  openaiApiKey: ["OPENAI_API_KEY", any],
  openaiBaseUrl: ["OPENAI_BASE_URL", httpUrl],
  anthropicApiKey: ["ANTHROPIC_API_KEY", any],
  googleApiKey: ["GOOGLE_API_KEY", any],
  /** Null for Ollama's usual address on this machine. */
  ollamaBaseUrl: ["OLLAMA_BASE_URL", httpUrl],
  writtenPrices: [
    "MODEL_PRICES",
    must(
      /^(?:\s*[\w-]+:[^\s,=]+=\d+(?:\.\d+)?\/\d+(?:\.\d+)?\s*(?:,|$))+$/,
      "must look like openai:my-model=0.4/1.6, with commas between",
    ),
  ],
  budgetDay: ["BUDGET_USD_DAY", dollars],
  budgetServer: ["BUDGET_USD_SERVER_DAY", dollars],
  budgetPerson: ["BUDGET_USD_PERSON_DAY", dollars],
  discordToken: ["DISCORD_TOKEN", must(/^\S*$/, "holds white space: copy the token again", { secret: true })],
  discordApiUrl: ["DISCORD_API_URL", (value: string) => httpUrl(value).replace(/\/+$/, ""), "https://discord.com/api"],
  discordGuildId: ["DISCORD_GUILD_ID", must(/^\d{17,20}$/, "must be a server id of 17 to 20 digits")],
  /** The connections of this process, of all that the bot has; null for all of them, as many as Discord recommends. */
  discordShards: ["DISCORD_SHARDS", shards],
  /** `port` or `host:port`. */
  metricsPort: [
    "METRICS_PORT",
    must(
      (value) => /^(?:[\w.-]+:|\[[\da-f:]+\]:)?\d{1,5}$/i.test(value) && Number(value.slice(value.lastIndexOf(":") + 1)) < 65_536,
      "must be a port, or host:port",
    ),
  ],
  /** Hosts, host:port or address ranges that may be read from the web though they are not public. */
  fetchAllow: ["FETCH_ALLOW", hosts, ""],
  /** Address or e-mail that sites are given with every request. */
  fetchContact: ["FETCH_CONTACT", must(/^[\x21-\x7e]{3,200}$/, "must be an address or e-mail without blanks")],
  logLevel: ["LOG_LEVEL", must((value) => LOG_LEVELS.includes(value), `must be one of ${LOG_LEVELS.join(", ")}`), "warn"],
} as const satisfies Record<string, readonly [name: string, read: Reader, otherwise?: string]>;

type Table = typeof TABLE;
type Read = { [K in keyof Table]: ReturnType<Table[K][1]> | (Table[K] extends readonly [string, Reader, string] ? never : null) };

export const VARIABLES = Object.values(TABLE).map(([name, , otherwise = null]) => ({ name, default: otherwise }));

export interface Settings extends Omit<Read, "writtenPrices" | "budgetDay" | "budgetServer" | "budgetPerson"> {
  /** US dollars a day for language models; null for no ceiling. */
  budgets: { day: number | null; server: number | null; person: number | null };
  /** Of the models that are set, where it is known: a server of one's own is free unless MODEL_PRICES says otherwise. */
  modelPrices: ReadonlyMap<string, Price>;
}

/** Providers that take nothing without a key, and where a server of one's own needs none. */
const KEYS = [
  ["openai", "OPENAI_API_KEY", "openaiApiKey", "openaiBaseUrl", ": set the key, or OPENAI_BASE_URL for a server without keys"],
  ["anthropic", "ANTHROPIC_API_KEY", "anthropicApiKey", null, ""],
  ["google", "GOOGLE_API_KEY", "googleApiKey", null, ""],
  ["google-genai", "GOOGLE_API_KEY", "googleApiKey", null, ""],
] as const;

/** Values given as flags; they beat the environment. */
export type SettingFlags = Partial<Record<(typeof VARIABLES)[number]["name"], string>>;

/** Throws one Failure `settings_invalid` (exit 2) that lists every problem. Folders become absolute; nothing is created. */
export function loadSettings(env: Record<string, string | undefined>, flags: SettingFlags = {}): Settings {
  const problems: string[] = [];
  const values = Object.entries<readonly [string, Reader, string?]>(TABLE).map(([key, [name, read, otherwise]]) => {
    const value = ((flags as Record<string, string | undefined>)[name] ?? env[name])?.trim() || otherwise;
    try {
      return [key, value === undefined ? null : read(value)];
    } catch (cause) {
      problems.push(`${name} ${reasonOf(cause)}`);
      return [key, null];
    }
  });
  const { writtenPrices, budgetDay, budgetServer, budgetPerson, ...read } = Object.fromEntries(values) as Read;
  const named = { MODEL: read.model, MODEL_SMALL: read.modelSmall, JUDGE_MODEL: read.judgeModel };
  const models = Object.entries(named).flatMap(([name, model]) => (model === null || model === "none" ? [] : [{ name, model }]));
  for (const [provider, variable, key, server, wayOut] of KEYS) {
    const needing = models.filter(({ model }) => model.startsWith(`${provider}:`)).map(({ name, model }) => `${name}=${model}`);
    if (provider === "openai" && read.embeddings === "openai") needing.unshift("EMBEDDINGS=openai");
    if (needing.length > 0 && read[key] === null && (server === null || read[server] === null))
      problems.push(`${variable} is missing, and ${needing.join(" and ")} needs it${wayOut}`);
  }
  const modelPrices = new Map<string, Price>();
  for (const { model } of models) {
    // a server of one's own costs nothing by the token
    const own = model.startsWith("ollama:") || (read.openaiBaseUrl !== null && model.startsWith("openai:"));
    const price = own ? ([0, 0] as const) : priceOf(model);
    if (price !== null) modelPrices.set(model, price);
  }
  for (const [, model = "", input, output] of (writtenPrices ?? "").matchAll(/([\w-]+:[^\s,=]+)=([\d.]+)\/([\d.]+)/g))
    modelPrices.set(model, [Number(input), Number(output)]);
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
