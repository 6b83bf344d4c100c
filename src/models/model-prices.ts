// List prices of some language models, for the cost shown with an answer. Not a bill: prices change, and discounts are unknown here.

/** US dollars per million tokens, as listed by the providers in 2025: input, output. The longest name that begins a model's name counts. */
const PRICES: Readonly<Record<string, readonly [number, number]>> = {
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
  "google-genai:gemini-2.5-flash": [0.3, 2.5],
  "google-genai:gemini-2.5-pro": [1.25, 10],
};

/** Cost in US dollars; 0 where the price is not known (another provider, a server of one's own). */
export function costOf(model: string, inputTokens: number, outputTokens: number): number {
  // a dated snapshot costs what its family costs (gpt-4.1-mini-2025-04-14), another version does not (gpt-5.1)
  const name = Object.keys(PRICES)
    .filter((known) => model === known || (model.startsWith(known) && /^-(?:\d|latest)/.test(model.slice(known.length))))
    .sort((a, b) => b.length - a.length)[0];
  const price = name === undefined ? undefined : PRICES[name];
  return price === undefined ? 0 : (inputTokens * price[0] + outputTokens * price[1]) / 1_000_000;
}
