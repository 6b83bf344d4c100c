// Genres of sixty short made-up documents, half of them never looked at while the wording was weighed.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { GENRES } from "../../../src/domain.ts";
import { genreOf } from "../../../src/ingest/notes/genre.ts";
import { readText } from "../../../src/ingest/notes/read-text.ts";

const cases = readFileSync(path.join(import.meta.dirname, "../../fixtures/genres.txt"), "utf8")
  .trim()
  .split("\n")
  .map((line) => {
    const [genre = "", set = "", title = "", text = ""] = line.split("|");
    return { genre, set, title, text: text.replaceAll("¶", "\n\n") };
  });

async function told(set: string): Promise<{ expected: string; found: string }[]> {
  const found = [];
  for (const { genre, title, text } of cases.filter((each) => each.set === set)) {
    const result = await readText(Buffer.from(`# ${title}\n\n${text}\n`), { path: "a.md", url: null, contentType: null });
    found.push({ expected: genre, found: result.genre ?? "none" });
  }
  return found;
}

const macroF1 = (pairs: readonly { expected: string; found: string }[]): number =>
  GENRES.map((genre) => {
    const hits = pairs.filter((pair) => pair.expected === genre && pair.found === genre).length;
    const all = pairs.filter((pair) => pair.expected === genre).length + pairs.filter((pair) => pair.found === genre).length;
    return all === 0 ? 0 : (2 * hits) / all;
  }).reduce((sum, f1) => sum + f1 / GENRES.length, 0);

// hard: letters, columns, press releases, notices, communiqués, interviews without labels, agency reports, explainers
test.each([
  ["tune", 30, 0.85],
  ["held", 30, 0.85],
  ["hard-open", 12, 0.85],
  ["hard-held", 12, 0.75],
])("macro-F1 on the %s half of %i texts: at least %f", async (set, count, least) => {
  const pairs = await told(set);
  console.log(
    pairs.filter((pair) => pair.expected !== pair.found),
    macroF1(pairs),
  );
  expect(pairs).toHaveLength(count);
  expect(macroF1(pairs)).toBeGreaterThanOrEqual(least);
});

test("labels of the page beat the wording, and too little says nothing", () => {
  const none = { title: null, labels: [], text: "The wheel turned.", interview: false };
  expect(genreOf(none)).toBeNull();
  expect(genreOf({ ...none, labels: ["Home", "Opinion"] })?.value).toBe("opinion");
  expect(genreOf({ ...none, title: "Editorial: the wheel" })?.value).toBe("opinion");
  expect(genreOf({ ...none, title: "The wheel | Analysis" })?.value).toBe("analysis");
  expect(genreOf({ ...none, labels: ["Press Release"] })?.value).toBe("statement");
});
