// What went wrong at a model provider, in plain words and free of secrets: one reading for language models and embeddings.
// Decides nothing but whether another attempt makes sense; the waiting is in steadily.
import type { Usage } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { Passing } from "./steadily.ts";

export interface Trouble extends Passing {
  /** HTTP status, or null where no answer came. */
  status: number | null;
  /** A sentence part for people: `refused the key (401)`. Redacted, one line. */
  what: string;
  /** The way out. */
  hint: string;
}

/** Who was called, for the message. */
export interface Provider {
  /** `openai:gpt-4.1-mini` */
  name: string;
  /** Address when it is not the provider's own; user name, password and query are never shown. */
  baseUrl: string | null;
  /** The setting that holds the key; null where none is needed. */
  keyName: string | null;
  /** The setting that holds the address of a server of one's own. */
  addressName: string | null;
  /** Never to be seen in a message. */
  secrets: readonly (string | null)[];
}

const UNUSABLE_REPLY = "UnusableReply";

/** What to throw when a reply came but cannot be used; the problem is told to the reader. */
export function unusableReply(problem: string): Error {
  return Object.assign(new Error(problem), { name: UNUSABLE_REPLY });
}

const LONGEST_SHOWN = 200;

/** Key-like strings of the known providers, wherever they come from. */
const KEY_LIKE = /\b(?:sk|pk|rk|gsk|xai|key|hf|pplx|csk|fw)[-_][\w*.-]{6,}|\bBearer\s+\S+|\bAIza[\w-]{10,}/g;

/** The text in one line, without secrets, at most 200 characters. */
function plain(text: string, provider: Provider): string {
  let clean = text.replace(/\s*Troubleshooting URL:.*$/s, "");
  for (const secret of provider.secrets) if (secret !== null && secret !== "") clean = clean.replaceAll(secret, "(hidden)");
  clean = clean.replace(KEY_LIKE, "(hidden)").replace(/\s+/g, " ").trim();
  return clean.length > LONGEST_SHOWN ? `${clean.slice(0, LONGEST_SHOWN).replace(/\s\S*$/, "")} …` : clean;
}

/** Where it was sent, without credentials: `http://localhost:8080`. */
function place(provider: Provider): string {
  if (provider.baseUrl === null || !URL.canParse(provider.baseUrl)) return provider.name;
  return `${provider.name} at ${new URL(provider.baseUrl).origin}`;
}

/** Reads an error of the openai package, of LangChain, of fetch or of a socket. */
export function troubleOf(error: unknown, provider: Provider): Trouble {
  const chain = causes(error);
  const status = first(
    chain,
    (link) => numberIn(link, "status") ?? numberIn(link, "statusCode") ?? numberIn(link, "status_code"),
  );
  const text = chain.map((link) => (link instanceof Error ? link.message : "")).find((message) => message !== "") ?? "";
  const said = plain(text.replace(/^\d{3}\s+/, ""), provider);
  const code = first(chain, (link) => textIn(link, "code")) ?? "";
  const make = (what: string, hint: string, transient = false): Trouble => ({
    status,
    what,
    hint,
    transient,
    late: false,
    unanswered: false,
    retryAfterMs: transient ? retryAfter(chain) : null,
  });
  if (status !== null) return byStatus(status, said, code, provider, make);
  if (error instanceof Error && error.name === UNUSABLE_REPLY)
    return make(`gave a reply that cannot be used: ${said}`, "Try again, or use a model that follows JSON schemas.");
  if (chain.some((link) => link instanceof Error && /^(?:TimeoutError|APIConnectionTimeoutError)$/.test(link.name)))
    return { ...make("did not answer in time", "Try again later, or raise MODEL_TIMEOUT_SECONDS."), late: true };
  const install =
    /Unable to import (@?[\w-]+(?:\/[\w-]+)?)/.exec(text) ?? /Cannot find (?:package|module) '(@?[\w/.-]+)'/.exec(text);
  if (install?.[1] !== undefined)
    return make(`needs a package that is not installed: ${install[1]}`, `npm install ${install[1]}`);
  if (/Unsupported \{ modelProvider/.test(text))
    return make(
      "is of a provider that LangChain cannot load",
      said.replace(/^.*?Supported model providers are:/, "Known providers:"),
    );
  if (/api[ _-]?key|credentials|environment variable/i.test(text))
    return make(`is not set up: ${said}`, `Set the provider's key (${provider.keyName ?? "none"}) in .env.`);
  if (/length limit was reached/.test(text))
    return make("gave a reply that cannot be used: the reply was cut off at its token limit", "Try again, or use another model.");
  if (/content filter/.test(text)) return make("withheld its reply (content filter)", "Ask differently, or use another model.");
  if (/ENOTFOUND|EAI_AGAIN/.test(code))
    return make("has an address that cannot be found", addressHint(provider), code === "EAI_AGAIN");
  if (/ECONNREFUSED/.test(code)) return make("refused the connection", addressHint(provider), true);
  if (
    /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(code) ||
    /connection error|fetch failed|terminated|socket hang up|premature close/i.test(text)
  )
    return {
      ...make("broke the connection", `Try again later; if it stays so: ${addressHint(provider)}`, true),
      unanswered: true,
    };
  if (error instanceof SyntaxError || /JSON/.test(text))
    return make("sent an answer that is not JSON", "Check that the address is that of a model server.");
  return make(said === "" ? "failed without a reason" : `failed: ${said}`, "Try again later, or use another model.");
}

type Make = (what: string, hint: string, transient?: boolean) => Trouble;

/** What providers say of a text that is longer than the model reads. */
const TOO_LONG =
  /context.?(?:length|window|size)|exceeds? the (?:maximum|available)|(?:prompt|input|request).{0,40}too (?:long|large)|too many tokens/i;

function byStatus(status: number, said: string, code: string, provider: Provider, make: Make): Trouble {
  const because = said === "" ? "" : `: ${said}`;
  const [model, key] = [provider.name.slice(provider.name.indexOf(":") + 1), provider.keyName];
  if (status === 401 || status === 403 || (status === 400 && /api.?key/i.test(said)))
    return make(`refused the key (${status})`, key === null ? "Look at what the server demands." : `Check ${key} in .env.`);
  if (status === 404 && provider.addressName === "OLLAMA_BASE_URL")
    return make(`does not hold this model (404)${because}`, `Run: ollama pull ${model}`);
  if (status === 404)
    return make(
      `does not know this model or address (404)${because}`,
      `Check the model's name${provider.addressName === null ? "" : `, and ${provider.addressName} if it is set`}.`,
    );
  if (
    status === 402 ||
    ([400, 403, 429].includes(status) && /insufficient.?quota|billing|credit balance/i.test(`${code} ${said}`))
  )
    return make(`has no credit left on this key (${status})`, "Add credit at the provider, or use another key.");
  if (status === 429) return make("is asked too often (429)", "Wait a little and try again.", true);
  if (status === 413 || (status < 500 && TOO_LONG.test(`${code} ${said}`)))
    return make(`cannot read that much text (${status})${because}`, "Use a model with a larger context, or fewer passages (-k).");
  if (status >= 500 || status === 408 || status === 409)
    return make(`has trouble of its own (${status})`, "Try again later.", true);
  return make(`refused the request (${status})${because}`, "Check the model's name; another model may do.");
}

/** Failure with a plain message. Its cause keeps status and stack without request, headers, key or body, and what was spent. */
export function failureOf(
  code: "model_failed" | "embeddings_failed",
  trouble: Trouble,
  provider: Provider,
  original: unknown,
  usage?: Usage,
): Failure {
  const reason = plain(original instanceof Error ? original.message : "", provider) || trouble.what;
  const cause = Object.assign(new Error(reason), {
    status: trouble.status,
    passing: {
      transient: trouble.transient,
      late: trouble.late,
      unanswered: trouble.unanswered,
      retryAfterMs: trouble.retryAfterMs,
    },
    ...(usage === undefined ? {} : { usage }),
  });
  if (original instanceof Error && original.stack !== undefined)
    cause.stack = `Error: ${reason}\n${(original.stack.match(/^\s+at .*$/gm) ?? []).join("\n")}`;
  return new Failure(code, `${place(provider)} ${trouble.what}.`, trouble.hint, { cause });
}

/** Of what a model threw: its failures carry it, and a deadline of the caller's is lateness too. */
export function passingOf(thrown: unknown): Passing {
  const { passing } = (field(thrown, "cause") ?? {}) as { passing?: Passing };
  const late = thrown instanceof Error && thrown.name === "TimeoutError";
  return passing ?? { transient: false, late, unanswered: late, retryAfterMs: null };
}

function addressHint({ addressName, baseUrl }: Provider): string {
  if (addressName === "OLLAMA_BASE_URL") return "Start Ollama (ollama serve), or set OLLAMA_BASE_URL.";
  return baseUrl === null || addressName === null
    ? "Check the network."
    : `Check ${addressName}, and that the server there is running.`;
}

/** The error and what caused it, outermost first; at most eight, so that a ring ends. */
function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link !== undefined && link !== null && chain.length < 8; link = (link as { cause?: unknown }).cause) {
    chain.push(link);
    if (typeof link !== "object") break;
    if (link instanceof AggregateError) chain.push(...(link.errors as unknown[]).slice(0, 2));
  }
  return chain;
}

function first<T>(chain: unknown[], read: (link: unknown) => T | null): T | null {
  for (const link of chain) {
    const value = read(link);
    if (value !== null) return value;
  }
  return null;
}

function field(link: unknown, name: string): unknown {
  return typeof link === "object" && link !== null ? (link as Record<string, unknown>)[name] : undefined;
}

function numberIn(link: unknown, name: string): number | null {
  const value = field(link, name);
  return typeof value === "number" ? value : null;
}

function textIn(link: unknown, name: string): string | null {
  const value = field(link, name);
  return typeof value === "string" ? value : null;
}

/** `Retry-After` in seconds or as a date, or `retry-after-ms`. */
function retryAfter(chain: unknown[]): number | null {
  return first(chain, (link) => {
    const headers = field(link, "headers");
    const read = (name: string): string | null => (headers instanceof Headers ? headers.get(name) : textIn(headers, name));
    const ms = Number(read("retry-after-ms") ?? Number.NaN);
    if (Number.isFinite(ms)) return Math.max(0, ms);
    const value = read("retry-after");
    if (value === null) return null;
    const seconds = Number(value);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const date = Date.parse(value);
    return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
  });
}
