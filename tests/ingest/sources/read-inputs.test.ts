// Files and folders in, one outcome each out: real files in a temporary folder, good and bad.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import iconv from "iconv-lite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Article, ReadOutcome } from "../../../src/domain.ts";
import { loadStamps } from "../../../src/ingest/sources/file-stamps.ts";
import { createInputReader, type KnownSources } from "../../../src/ingest/sources/read-inputs.ts";

let folder = "";
let corpus = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "inputs-"));
  corpus = path.join(folder, "corpus");
  mkdirSync(corpus);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = "The mill on the river was closed on Monday, its owner said, because the wheel had cracked in the frost.";
const clock = { now: () => new Date("2025-11-05T10:00:00Z") };
const reader = (limits?: { textBytes: number }) => createInputReader({ corpusDir: corpus, clock, ...(limits ? { limits } : {}) });

async function outcomes(
  inputs: string[] = [],
  known: KnownSources = new Map(),
  limits?: { textBytes: number },
): Promise<ReadOutcome[]> {
  const plan = await reader(limits).plan(inputs, known);
  const all: ReadOutcome[] = [];
  for await (const outcome of plan.outcomes) all.push(outcome);
  expect(all).toHaveLength(plan.total);
  return all;
}
const articles = (all: readonly ReadOutcome[]): Article[] =>
  all.flatMap((each) => (each.kind === "article" ? [each.article] : []));
const codes = (all: readonly ReadOutcome[]): Record<string, string> =>
  Object.fromEntries(all.flatMap((each) => (each.kind === "refused" ? [[path.basename(each.input), each.code]] : [])));
const put = (name: string, content: string | Buffer): string => {
  const file = path.join(corpus, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

test("a folder: stable order, leavings passed over, stable ids, unchanged files named so", async () => {
  for (const name of ["b.txt", "a.txt", "sub/c.md", ".hidden.txt", "a.txt~", "x.swp", "#d.txt#", "sub/feeds.opml"])
    put(name, TEXT);
  const first = await outcomes();
  expect(articles(first).map((article) => article.document.path)).toEqual(["a.txt", "b.txt", "sub/c.md"]);
  expect(articles(first).map((article) => article.source)).toEqual(["file:a.txt", "file:b.txt", "file:sub/c.md"]);
  expect(articles(first)[0]?.document).toMatchObject({ fetched: "2025-11-05T10:00:00.000Z", published: null });
  const known = new Map(articles(first).map((article) => [article.source, { fingerprint: article.fingerprint }]));
  put("b.txt", `${TEXT} It will open again.`);
  const second = await outcomes([], known);
  expect(second.map((each) => each.kind)).toEqual(["unchanged", "article", "unchanged"]);
  expect(articles(second)[0]?.document.id).toBe(articles(first)[1]?.document.id);
  expect(new Set(articles(first).map((article) => article.document.id)).size).toBe(3);
});

test("files named outside the corpus are read under their own source, a file named twice once", async () => {
  const outside = path.join(folder, "note.txt");
  writeFileSync(outside, TEXT);
  const inside = put("a.txt", TEXT);
  const all = await outcomes([outside, inside, corpus, outside]);
  expect(articles(all).map((article) => article.source)).toEqual([`file:${outside}`, "file:a.txt"]);
});

test("every encoding gives the same words", async () => {
  const words =
    "Die Brücke über den Fluß wurde am Montag geschlossen; der Bürgermeister sprach von «großer Gefahr» für die Höfe am Ufer.";
  put("1-utf8.txt", words);
  put("2-bom.txt", `\uFEFF${words}`);
  put("3-utf16le.txt", Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(words, "utf-16le")]));
  put("4-utf16be.txt", Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(words, "utf-16be")]));
  put("5-utf16-unmarked.txt", iconv.encode(words, "utf-16le"));
  put("6-windows.txt", iconv.encode(words, "windows-1252"));
  const found = articles(await outcomes());
  expect(found.map((article) => article.text)).toEqual(Array.from({ length: 6 }, () => words));
  expect(found[5]?.warnings.join()).toContain("windows-1252");
  expect(found[0]?.document.language).toBe("de");
});

test("invalid UTF-8 is repaired and said", async () => {
  put("a.txt", Buffer.concat([Buffer.from("Köche und Bäcker öffnen früh: "), Buffer.from([0xff]), Buffer.from(` ${TEXT}`)]));
  const [article] = articles(await outcomes());
  expect(article?.text).toContain("Bäcker");
  expect(article?.warnings).toEqual(["1 invalid UTF-8 sequence was replaced"]);
});

test("bad inputs are refused one by one, each with its reason, and the good one is read", async () => {
  put("good.txt", TEXT);
  put("empty.txt", "");
  put("blank.txt", " \n\t\n --- \n");
  put("junk.txt", Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919 + (at >> 3)) % 256)));
  put("menu.txt", "Home\nShare\nTweet\n© 2024 Quay Gazette\n");
  put("big.txt", `${TEXT}\n`.repeat(2000));
  symlinkSync(folder, path.join(corpus, "way-out"));
  symlinkSync(path.join(corpus, "gone"), path.join(corpus, "broken-link"));
  const all = await outcomes([corpus, path.join(folder, "nowhere"), "https://example.org/a"], new Map(), { textBytes: 100_000 });
  expect(codes(all)).toEqual({
    "empty.txt": "input_empty",
    "blank.txt": "input_empty",
    "junk.txt": "input_binary",
    "menu.txt": "input_no_text",
    "big.txt": "input_too_large",
    "way-out": "input_link_outside",
    "broken-link": "input_vanished",
    nowhere: "input_not_found",
    a: "input_no_network",
  });
  expect(articles(all).map((article) => article.document.path)).toEqual(["good.txt"]);
  const reasons = all.flatMap((each) => (each.kind === "refused" ? [each.reason] : []));
  expect(reasons.filter((reason) => reason.includes("\n") || reason.length > 200)).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)("a file without permission is refused as such", async () => {
  chmodSync(put("secret.txt", TEXT), 0o000);
  expect(codes(await outcomes())).toEqual({ "secret.txt": "input_no_permission" });
});

test("a file that vanishes between finding and reading is refused, the rest is read", async () => {
  put("a.txt", TEXT);
  const gone = put("b.txt", TEXT);
  const plan = await reader().plan([], new Map());
  rmSync(gone);
  const all: ReadOutcome[] = [];
  for await (const outcome of plan.outcomes) all.push(outcome);
  expect(all.map((each) => each.kind)).toEqual(["article", "refused"]);
  expect(codes(all)).toEqual({ "b.txt": "input_vanished" });
});

test("a corpus folder that is not there says the way out", async () => {
  rmSync(corpus, { recursive: true });
  await expect(outcomes()).rejects.toMatchObject({
    code: "corpus_not_found",
    hint: expect.stringContaining("CORPUS_DIR") as string,
  });
});

test("a megabyte on one line is one document", async () => {
  put("long.txt", `${TEXT} `.repeat(10_000));
  const [article] = articles(await outcomes());
  expect(article?.blocks).toHaveLength(1);
  expect(article?.text.length).toBeGreaterThan(1_000_000);
});

test("a reader that fails on one file stops nothing", async () => {
  put("a.odd", "x");
  put("b.txt", TEXT);
  const broken = {
    name: "odd",
    extensions: ["odd"],
    contentTypes: [],
    load: () => Promise.resolve(() => Promise.reject(new Error("no such part\nat line 1"))),
  };
  const plan = await createInputReader({ corpusDir: corpus, clock, readers: [broken] }).plan([], new Map());
  const all: ReadOutcome[] = [];
  for await (const outcome of plan.outcomes) all.push(outcome);
  expect(all.map((each) => each.kind)).toEqual(["refused", "article"]);
  expect(all[0]).toMatchObject({ code: "input_broken", reason: "could not be understood (no such part)", source: "file:a.odd" });
});

test("extract reads one file and takes no notice of what is indexed", async () => {
  const file = put("a.txt", TEXT);
  expect(await reader().extract(file)).toMatchObject({ text: TEXT });
  await expect(reader().extract(path.join(corpus, "no.txt"))).rejects.toMatchObject({ code: "input_not_found" });
  await expect(reader().extract(corpus)).rejects.toMatchObject({ code: "input_not_a_file" });
});

test("only what lies in a folder that is walked counts as gone when it is not met", async () => {
  put("a.txt", TEXT);
  const sub = path.dirname(put("sub/c.md", TEXT));
  const whole = await reader().plan([], new Map());
  expect(
    ["file:a.txt", "file:gone/x.txt", "file:/elsewhere/y.txt", "url:https://a.example/"].map((source) => whole.covers(source)),
  ).toEqual([true, true, false, false]);
  const part = await reader().plan([sub], new Map());
  expect(["file:sub/gone.md", "file:a.txt", "file:subway.md"].map((source) => part.covers(source))).toEqual([true, false, false]);
});

test("an id of its own is the document's id as it stands; one that cannot be typed becomes part of a made one", async () => {
  put("a.md", `---\nid: river-mill\n---\n\n${TEXT}`);
  put("b.md", `---\nid: "river mill / two"\n---\n\n${TEXT}`);
  const [a, b] = articles(await outcomes());
  expect(a?.document.id).toBe("river-mill");
  expect(b?.document.id).toMatch(/^river-mill-two-[0-9a-f]{8}$/);
});

test("unchanged files are told by their stamps without being opened; a stamp is never trusted beyond what is indexed", async () => {
  const file = put("a.txt", TEXT);
  const hourAgo = new Date(Date.now() - 3_600_000);
  utimesSync(file, hourAgo, hourAgo);
  const values = new Map<string, string>();
  const memory = {
    value: async (key: string) => values.get(key) ?? null,
    setValue: async (key: string, value: string) => void values.set(key, value),
  };
  const read = async (known: KnownSources, late = 5_000): Promise<ReadOutcome[]> => {
    const real = Date.now;
    Date.now = () => real() + late; // the file's change time is now, whatever else is set
    try {
      const stamped = createInputReader({ corpusDir: corpus, clock, stamps: () => loadStamps(memory) });
      const all: ReadOutcome[] = [];
      for await (const outcome of (await stamped.plan([], known)).outcomes) all.push(outcome);
      return all;
    } finally {
      Date.now = real;
    }
  };
  const [article] = articles(await read(new Map()));
  const known = new Map([["file:a.txt", { fingerprint: article?.fingerprint ?? "" }]]);
  chmodSync(file, 0o000);
  chmodSync(file, 0o644);
  expect((await read(known)).map(({ kind }) => kind)).toEqual(["unchanged"]);
  expect((await read(new Map())).map(({ kind }) => kind)).toEqual(["article"]);
  const [key = "", stored = ""] = [...values][0] ?? [];
  expect(stored).toContain("a.txt");
  // same size, same written time: the change time still gives it away
  writeFileSync(file, TEXT.replace("mill", "mall"));
  utimesSync(file, hourAgo, hourAgo);
  expect((await read(known)).map(({ kind }) => kind)).toEqual(["article"]);
  for (const damaged of ["{", "[]", '{"x":1}', "null"]) {
    values.set(key, damaged);
    expect((await read(new Map())).map(({ kind }) => kind)).toEqual(["article"]);
  }
  // what was written this moment may be written again within the same tick
  values.clear();
  await read(new Map(), 0);
  expect([...values.values()].join()).not.toContain("a.txt");
});

test.runIf(process.platform === "linux")("a socket and a name that is no UTF-8 are listed with what they are", async () => {
  put("a.txt", TEXT);
  const server = createServer();
  await new Promise<void>((listening) => server.listen(path.join(corpus, "talk.txt"), listening));
  writeFileSync(Buffer.concat([Buffer.from(`${corpus}/caf`), Buffer.from([0xe9]), Buffer.from(".txt")]), TEXT);
  const all = await outcomes();
  server.close();
  expect(articles(all)).toHaveLength(1);
  expect(new Map(all.flatMap((each) => (each.kind === "refused" ? [[each.code, each.reason]] : [])))).toEqual(
    new Map([
      ["input_not_a_file", "is neither a file nor a folder"],
      ["input_unreadable", "has a name that is not UTF-8: rename it"],
    ]),
  );
});
