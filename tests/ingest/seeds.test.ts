// The five texts of ../shared/seeds: facts of the page found, nothing of the page in any block. Skipped where they are not at hand.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readText } from "../../src/ingest/notes/read-text.ts";
import type { ReadResult } from "../../src/ingest/read-result.ts";
import { PROJECT_ROOT } from "../../src/project.ts";

const SEEDS = path.join(PROJECT_ROOT, "../shared/seeds");
const there = existsSync(SEEDS);
if (!there) console.log("seeds are not at hand: their tests are skipped");
const files = there ? readdirSync(SEEDS).sort() : [];

const read = (start: string): Promise<ReadResult> => {
  const file = files.find((each) => each.startsWith(start)) ?? "";
  return readText(readFileSync(path.join(SEEDS, file)), { path: file, url: null, contentType: null });
};

const FACTS = [
  ["000", { publisher: "Caliber.Az", author: "Sabina Mammadli", published: "2025-10-31T23:03", updated: null }],
  ["001", { title: null, publisher: null, author: null, published: null, updated: null }],
  ["002", { publisher: null, author: "Mansoor Ahmad Khan, Amina Khan, Fahd Humayun", published: "2025-11-04", updated: null }],
  ["003", { publisher: null, author: "Muhammad Afzal", published: "2025-10-27", updated: null }],
  ["004", { publisher: "DID Press Agency", author: "Sulaiman Saber", published: null, updated: null, genre: "analysis" }],
] as const;

test.skipIf(!there).each(FACTS)("facts of %s", async (start, facts) => {
  expect(await read(start)).toMatchObject({ ...facts, language: "en", warnings: [] });
});

const NOT_THE_ARTICLE =
  /icon-|author image|©|hyperlink|follow us|views:|share-line|copy link|loading|leave a reply|required fields|email address|back to top|night_theme|apple store|looking for|^by \p{Lu}|^date:|^\d{1,2} \p{L}+ \d{4}|^mon oct|AfghanistanAnalysis|flash point|\p{Script=Cyrillic}|^(?:ads|print|search|world|twitter)$/imu;

test.skipIf(!there)("no line of the page is in a block, and every long line of the file is in one", async () => {
  for (const [start] of FACTS) {
    const result = await read(start);
    const blocks = result.blocks.map((block) => result.text.slice(block.start, block.end));
    expect(blocks.filter((block) => NOT_THE_ARTICLE.test(block))).toEqual([]);
    const file = readFileSync(path.join(SEEDS, files.find((each) => each.startsWith(start)) ?? ""), "utf8");
    const long = file
      .split("\n")
      .map((line) => line.replace(/\s+/g, " ").trim())
      .filter((line) => line.length > 120 && line.includes(" "));
    for (const line of long) expect(blocks).toContain(line);
    const titles = blocks.filter((block) => block === result.title);
    expect(titles).toEqual([]);
  }
});

test.skipIf(!there)("each expert of the symposium keeps a part and a role of their own", async () => {
  const result = await read("002");
  const voices = new Map(result.blocks.map((block) => [block.speaker, block.role]));
  expect([...voices.keys()]).toEqual(["Mansoor Ahmad Khan", "Amina Khan", "Fahd Humayun"]);
  for (const role of voices.values()) expect(role).toMatch(/Ambassador|Director|Professor/);
  const parts = [...voices.keys()].map(
    (speaker) => result.blocks.filter((block) => block.speaker === speaker && block.kind === "paragraph").length,
  );
  expect(parts).toEqual([1, 7, 3]);
});

test.skipIf(!there)("subheadings between paragraphs stay, as headings", async () => {
  const result = await read("003");
  expect(result.blocks.filter((block) => block.kind === "heading")).toHaveLength(5);
});
