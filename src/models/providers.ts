// What differs between the providers of language models that work without installing anything: LangChain's name for each, where key and
// address are set, and how a reply is bounded. Any other provider of LangChain works once its package is installed.

export interface ProviderTraits {
  langchain: string;
  /** The setting that holds the key; null where none is needed. */
  keyName: string | null;
  /** The setting that holds the address of a server of one's own. */
  addressName: string | null;
  /** Tokens that it reads; it cuts off what is longer without a word. Null where it refuses a longer text. */
  context: number | null;
  /** Calls that it works on at once, where that is fewer than usual: the others would only wait there, with their time running. */
  atOnce?: number;
  /** How its LangChain class is told of a server of one's own, and of the most tokens of a reply. */
  address(baseUrl: string): Record<string, unknown>;
  limit: string;
  more?: Record<string, unknown>;
}

/** Ollama cuts a longer prompt without a word, and its own default of 4,096 is shorter than an answer's passages. */
const OLLAMA_CONTEXT = 12_288;

/** Of a provider that is not known here: it reads the variables that its LangChain package documents. */
const other = (name: string): ProviderTraits => ({
  langchain: name,
  keyName: `${name.toUpperCase().replaceAll("-", "_")}_API_KEY`,
  addressName: null,
  context: null,
  address: (baseUrl) => ({ baseUrl }),
  limit: "maxTokens",
});

const openai: ProviderTraits = {
  ...other("openai"),
  addressName: "OPENAI_BASE_URL",
  // a server of one's own may want no key, but the package insists on one
  address: (baseURL) => ({ apiKey: "none", configuration: { baseURL } }),
};

const anthropic: ProviderTraits = { ...other("anthropic"), address: (anthropicApiUrl) => ({ anthropicApiUrl }) };

const google: ProviderTraits = { ...other("google-genai"), keyName: "GOOGLE_API_KEY", limit: "maxOutputTokens" };

const ollama: ProviderTraits = {
  ...other("ollama"),
  keyName: null,
  addressName: "OLLAMA_BASE_URL",
  context: OLLAMA_CONTEXT,
  atOnce: 2,
  limit: "numPredict",
  more: { numCtx: OLLAMA_CONTEXT },
};

const BUILT_IN: Readonly<Record<string, ProviderTraits>> = { openai, anthropic, google, "google-genai": google, ollama };

/** More than any answer needs; keeps a model that rambles from running up a bill. */
const REPLY_TOKENS = 1_500;
/** Of models that think first: their thoughts count. */
const THINKING_TOKENS = 12_000;

/** Most tokens of one reply of a model, named as in MODEL. */
export function replyLimit(model: string): number {
  return takesNoTemperature(model) || /^google(?:-genai)?:gemini-(?:2\.5|[3-9])/.test(model) ? THINKING_TOKENS : REPLY_TOKENS;
}

/** Models of OpenAI that think before they write. */
export function takesNoTemperature(model: string): boolean {
  return /^openai:(?:o\d|gpt-5)/.test(model);
}

export const traitsOf = (name: string): ProviderTraits => BUILT_IN[name] ?? other(name);
