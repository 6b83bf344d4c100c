// What was made of texts is remembered: each once, in order, and no more of them than there is room for.
import { expect, test } from "vitest";
import { createRecent, rememberTexts } from "../../src/text/recent.ts";

test("many at once: only what is not remembered is made, once each, and the answer keeps the order", async () => {
  const asked: string[][] = [];
  const lengths = rememberTexts(async (texts) => {
    asked.push([...texts]);
    return texts.map((text) => ({ length: text.length }));
  }, 2);
  expect(await lengths(["a", "bb", "a"])).toEqual([{ length: 1 }, { length: 2 }, { length: 1 }]);
  expect(await lengths(["ccc", "a"])).toEqual([{ length: 3 }, { length: 1 }]);
  // "bb" was not asked for longest
  await lengths(["a", "ccc"]);
  await lengths(["bb"]);
  expect(asked).toEqual([["a", "bb"], ["ccc"], ["bb"]]);
});

test("what was found is given back whatever others push out meanwhile", async () => {
  const waiting: (() => void)[] = [];
  const made = rememberTexts(async (texts) => {
    if (texts.includes("slow")) await new Promise<void>((resolve) => waiting.push(resolve));
    return texts.map((text) => ({ text }));
  }, 1);
  await made(["kept"]);
  const slow = made(["kept", "slow"]);
  await made(["other"]);
  for (const go of waiting) go();
  expect(await slow).toEqual([{ text: "kept" }, { text: "slow" }]);
});

test("one at a time: asked for again it is the same, until others have come", () => {
  const recent = createRecent<{ key: string }>(2);
  const get = (key: string): { key: string } => recent(key, () => ({ key }));
  const first = get("a");
  get("b");
  expect(get("a")).toBe(first);
  get("c");
  expect(get("a")).toBe(first);
  get("d");
  get("e");
  expect(get("a")).not.toBe(first);
});
