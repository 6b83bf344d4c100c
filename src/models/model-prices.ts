// List prices of some language models, for the cost shown with an answer. Not a bill: prices change, and discounts are unknown here.

/** US dollars per million tokens: input, output. */
export type Price = readonly [input: number, output: number];

/** As listed by the providers in 2025. The longest name that begins a model's name counts. */
const PRICES: Readonly<Record<string, Price>> = {
  "openai:gpt-4o": [2.5, 10],
  "openai:gpt-4o-mini": [0.15, 0.6],
  "openai:gpt-4.1": [2, 8],
  "openai:gpt-4.1-mini": [0.4, 1.6],
  "openai:gpt-4.1-nano": [0.1, 0.4],
  "openai:gpt-5": [1.25, 10],
  "openai:gpt-5-mini": [0.25, 2],
  "openai:gpt-5-nano": [0.05, 0.4],
  "openai:o3": [2, 8],
  "openai:o4-mini": [1.1, 4.4],
  "anthropic:claude-sonnet-4": [3, 15],
  "anthropic:claude-3-5-haiku": [0.8, 4],
  "google:gemini-2.5-flash": [0.3, 2.5],
  "google:gemini-2.5-pro": [1.25, 10],
};

/** The list price; null where it is not known. */
export function priceOf(model: string): Price | null {
  const wanted = model.replace(/^google-genai:/, "google:");
  // a dated snapshot costs what its family costs (gpt-4.1-mini-2025-04-14), another version does not (gpt-5.1)
  const name = Object.keys(PRICES)
    .filter((known) => wanted === known || (wanted.startsWith(known) && /^-(?:\d|latest)/.test(wanted.slice(known.length))))
    .sort((a, b) => b.length - a.length)[0];
  return name === undefined ? null : (PRICES[name] ?? null);
}

/** In US dollars; 0 where the price is not known. */
export function costOf(price: Price | null, inputTokens: number, outputTokens: number): number {
  return price === null ? 0 : (inputTokens * price[0] + outputTokens * price[1]) / 1_000_000;
}
