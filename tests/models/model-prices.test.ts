import { expect, test } from "vitest";
import { costOf } from "../../src/models/model-prices.ts";

test("a model costs its own price, a dated snapshot that of its family, an unknown one nothing", () => {
  expect(costOf("openai:gpt-4.1-mini", 1_000_000, 1_000_000)).toBeCloseTo(2);
  expect(costOf("openai:gpt-4.1-mini-2025-04-14", 1_000_000, 0)).toBeCloseTo(0.4);
  expect(costOf("openai:gpt-4.1", 1_000_000, 0)).toBeCloseTo(2);
  expect(costOf("openai:gpt-5.1", 1_000_000, 0)).toBe(0);
  expect(costOf("ollama:llama3:8b", 1_000_000, 1_000_000)).toBe(0);
});
