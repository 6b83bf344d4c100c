// What went wrong at a model provider, in plain words and free of secrets: one reading for language models and embeddings.
// Decides nothing but whether another attempt makes sense; the waiting is in steadily.
import type { Usage } from "../domain.ts";
import { Failure } from "../failure.ts";

/** What an error says of the next call. */
export interface Passing {
  transient: boolean;
  /** It came too late or not at all, for no fault of the request. */
  late: boolean;
  /** Sent, and the connection broke before the answer was there. */
  unanswered: boolean;
  retryAfterMs: number | null;
}

export interface Trouble extends Passing {
  /** HTTP status, or null where no answer came. */
  status: number | null;
  /** A sentence part for people: `refused the key (401)`. Redacted, one line. */
  what: string;
  hint: string;
}

export interface Provider {
  name: string;
  /** Address when it is not the provider's own; user name, password and query are never shown. */
  baseUrl: string | null;
  /** The setting that holds the key; null where none is needed. */
  keyName: string | null;
  /** The setting that holds the address of a server of one's own. */
  addressName: string | null;
  secrets: readonly (string | null)[];
}

const UNUSABLE_REPLY = "UnusableReply";
const LONGEST_SHOWN = 200;
/** Key-like strings of the known providers, wherever they come from. */
const KEY_LIKE = /\b(?:sk|pk|rk|gsk|xai|key|hf|pplx|csk|fw)[-_][\w*.-]{6,}|\bBearer\s+\S+|\bAIza[\w-]{10,}/g;
/** What providers say of a text that is longer than the model reads. */
const TOO_LONG =
  /context.?(?:length|window|size)|exceeds? the (?:maximum|available)|(?:prompt|input|request).{0,40}too (?:long|large)|too many tokens/i;

/** What to throw when a reply came but cannot be used; the problem is told to the reader. */
export function unusableReply(problem: string): Error {
  return Object.assign(new Error(problem), { name: UNUSABLE_REPLY });
}

/** Reads an error of the openai package, of LangChain, of fetch or of a socket. */
export function troubleOf(error: unknown, provider: Provider): Trouble {
  const chain = causes(error);
  const status = first(chain, ({ status, statusCode, status_code }) => [status, statusCode, status_code].find(isNumber)) ?? null;
  const code = first(chain, ({ code }) => (typeof code === "string" ? code : undefined)) ?? "";
  const text = first(chain, ({ message }) => (typeof message === "string" && message !== "" ? message : undefined)) ?? "";
  const names = chain.map(({ name }) => String(name));
  const said = plain(text.replace(/^\d{3}\s+/, ""), provider);
  const told = status === null ? withoutAnswer(code, text, said, names, provider) : byStatus(status, code, said, provider);
  const { what, hint, transient = false, late = false, unanswered = false } = told;
  return { status, what, hint, transient, late, unanswered, retryAfterMs: transient ? retryAfter(chain) : null };
}

/** Failure with a plain message. Its cause keeps trouble and stack without request, headers, key or body, and what was spent. */
export function failureOf(
  code: "model_failed" | "embeddings_failed",
  trouble: Trouble,
  provider: Provider,
  original: unknown,
  usage?: Usage,
): Failure {
  const reason = plain(original instanceof Error ? original.message : "", provider) || trouble.what;
  const cause = Object.assign(new Error(reason), { trouble }, usage === undefined ? {} : { usage });
  if (original instanceof Error && original.stack !== undefined)
    cause.stack = `Error: ${reason}\n${(original.stack.match(/^\s+at .*$/gm) ?? []).join("\n")}`;
  // credentials of the address are not shown
  const at = provider.baseUrl === null || !URL.canParse(provider.baseUrl) ? "" : ` at ${new URL(provider.baseUrl).origin}`;
  return new Failure(code, `${provider.name}${at} ${trouble.what}.`, trouble.hint, { cause });
}

/** Of what a model threw: its failures carry it, and a deadline of the caller's is lateness too. */
export function passingOf(thrown: unknown): Passing {
  const { trouble } = ((thrown as { cause?: unknown } | null)?.cause ?? {}) as { trouble?: Passing };
  const late = thrown instanceof Error && thrown.name === "TimeoutError";
  return trouble ?? { transient: false, late, unanswered: late, retryAfterMs: null };
}

type Told = Pick<Trouble, "what" | "hint"> & Partial<Passing>;

/** `text` is the first message in the chain as it stands, `said` the same for people. */
function withoutAnswer(code: string, text: string, said: string, names: readonly string[], provider: Provider): Told {
  if (names[0] === UNUSABLE_REPLY)
    return { what: `gave a reply that cannot be used: ${said}`, hint: "Try again, or use a model that follows JSON schemas." };
  if (names.some((name) => /^(?:TimeoutError|APIConnectionTimeoutError)$/.test(name)))
    return { what: "did not answer in time", hint: "Try again later, or raise MODEL_TIMEOUT_SECONDS.", late: true };
  const missing = /(?:Unable to import |Cannot find (?:package|module) ')(@?[\w-]+(?:\/[\w-]+)?)/.exec(text)?.[1];
  if (missing !== undefined) return { what: `needs a package that is not installed: ${missing}`, hint: `npm install ${missing}` };
  if (/Unsupported \{ modelProvider/.test(text)) {
    const hint = said.replace(/^.*?Supported model providers are:/, "Known providers:");
    return { what: "is of a provider that LangChain cannot load", hint };
  }
  if (/api[ _-]?key|credentials|environment variable/i.test(text))
    return { what: `is not set up: ${said}`, hint: `Set the provider's key (${provider.keyName ?? "none"}) in .env.` };
  if (/length limit was reached/.test(text)) {
    const what = "gave a reply that cannot be used: the reply was cut off at its token limit";
    return { what, hint: "Try again, or use another model." };
  }
  if (/content filter/.test(text))
    return { what: "withheld its reply (content filter)", hint: "Ask differently, or use another model." };
  const hint = addressHint(provider);
  if (/ENOTFOUND|EAI_AGAIN/.test(code))
    return { what: "has an address that cannot be found", hint, transient: code === "EAI_AGAIN" };
  if (/ECONNREFUSED/.test(code)) return { what: "refused the connection", hint, transient: true };
  if (
    /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(code) ||
    /connection error|fetch failed|terminated|socket hang up|premature close/i.test(text)
  ) {
    const later = `Try again later; if it stays so: ${hint}`;
    return { what: "broke the connection", hint: later, transient: true, unanswered: true };
  }
  if (names[0] === "SyntaxError" || /JSON/.test(text))
    return { what: "sent an answer that is not JSON", hint: "Check that the address is that of a model server." };
  return { what: said === "" ? "failed without a reason" : `failed: ${said}`, hint: "Try again later, or use another model." };
}

function byStatus(status: number, code: string, said: string, { name, keyName, addressName }: Provider): Told {
  const because = said === "" ? "" : `: ${said}`;
  const words = `${code} ${said}`;
  if (status === 401 || status === 403 || (status === 400 && /api.?key/i.test(said)))
    return {
      what: `refused the key (${status})`,
      hint: keyName === null ? "Look at what the server demands." : `Check ${keyName} in .env.`,
    };
  if (status === 404 && addressName === "OLLAMA_BASE_URL")
    return { what: `does not hold this model (404)${because}`, hint: `Run: ollama pull ${name.slice(name.indexOf(":") + 1)}` };
  if (status === 404) {
    const address = addressName === null ? "" : `, and ${addressName} if it is set`;
    return { what: `does not know this model or address (404)${because}`, hint: `Check the model's name${address}.` };
  }
  if (status === 402 || ([400, 429].includes(status) && /insufficient.?quota|billing|credit balance/i.test(words)))
    return { what: `has no credit left on this key (${status})`, hint: "Add credit at the provider, or use another key." };
  if (status === 429) return { what: "is asked too often (429)", hint: "Wait a little and try again.", transient: true };
  if (status === 413 || (status < 500 && TOO_LONG.test(words)))
    return {
      what: `cannot read that much text (${status})${because}`,
      hint: "Use a model with a larger context, or fewer passages (-k).",
    };
  if (status >= 500 || status === 408 || status === 409)
    return { what: `has trouble of its own (${status})`, hint: "Try again later.", transient: true };
  return { what: `refused the request (${status})${because}`, hint: "Check the model's name; another model may do." };
}

function addressHint({ addressName, baseUrl }: Provider): string {
  if (addressName === "OLLAMA_BASE_URL") return "Start Ollama (ollama serve), or set OLLAMA_BASE_URL.";
  return baseUrl === null || addressName === null
    ? "Check the network."
    : `Check ${addressName}, and that the server there is running.`;
}

function plain(text: string, provider: Provider): string {
  let clean = text.replace(/\s*Troubleshooting URL:.*$/s, "");
  for (const secret of provider.secrets) if (secret !== null && secret !== "") clean = clean.replaceAll(secret, "(hidden)");
  clean = clean.replace(KEY_LIKE, "(hidden)").replace(/\s+/g, " ").trim();
  return clean.length > LONGEST_SHOWN ? `${clean.slice(0, LONGEST_SHOWN).replace(/\s\S*$/, "")} …` : clean;
}

type Link = Readonly<Record<string, unknown>>;

/** The error and what caused it, outermost first; at most eight, so that a ring ends. */
function causes(error: unknown): Link[] {
  const chain: Link[] = [];
  for (let link = error; typeof link === "object" && link !== null && chain.length < 8; link = (link as Link)["cause"]) {
    chain.push(link as Link);
    if (link instanceof AggregateError) chain.push(...(link.errors as Link[]).slice(0, 2));
  }
  return chain;
}

const first = <T>(chain: readonly Link[], read: (link: Link) => T | undefined): T | undefined =>
  chain.map(read).find((value) => value !== undefined);

const isNumber = (value: unknown): value is number => typeof value === "number";

/** `Retry-After` in seconds or as a date, or `retry-after-ms`. */
function retryAfter(chain: readonly Link[]): number | null {
  const waits = chain.flatMap(({ headers }) => {
    const read = (name: string): unknown =>
      headers instanceof Headers ? headers.get(name) : (headers as Link | undefined)?.[name];
    const [ms, value] = [read("retry-after-ms"), read("retry-after")].map((each) => (typeof each === "string" ? each : "x"));
    return [Number(ms), Number(value) * 1000, Date.parse(value ?? "") - Date.now()];
  });
  const wait = waits.find((each) => Number.isFinite(each));
  return wait === undefined ? null : Math.max(0, wait);
}
