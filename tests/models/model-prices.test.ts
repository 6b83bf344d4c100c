import { expect, test } from "vitest";
import { costOf, priceOf } from "../../src/models/model-prices.ts";

test("a model costs its own price, a dated snapshot that of its family, an unknown one nothing", () => {
  expect(priceOf("openai:gpt-4.1-mini")).toEqual([0.4, 1.6]);
  expect(priceOf("openai:gpt-4.1-mini-2025-04-14")).toEqual([0.4, 1.6]);
  expect(priceOf("google:gemini-2.5-flash")).toEqual(priceOf("google-genai:gemini-2.5-flash"));
  expect([priceOf("openai:gpt-5.1"), priceOf("ollama:llama3:8b")]).toEqual([null, null]);
  expect(costOf(priceOf("openai:gpt-4.1-mini"), 1_000_000, 1_000_000)).toBeCloseTo(2);
  expect(costOf(null, 1_000_000, 1_000_000)).toBe(0);
});
