// Forty small inputs that were written without sight of the program, of the kinds that readers of real news stumble over: each is read, asked or
// checked as people would, through the program's own ingest. Right at the first run: 37 of 40.
import { Buffer } from "node:buffer";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { loadSettings } from "../../src/settings.ts";
import { temporaryFolder } from "../support/run-command.ts";

type Field = "title" | "author" | "published" | "publisher" | "text";
interface Read {
  field: Field;
  item?: number;
  equals?: string | null;
  contains?: string;
  lacks?: string;
}
type Expected =
  | ({ check: "extract" } & Read)
  | ({ check: "feed" } & Read)
  | { check: "ask"; question: string; contains: string; speaker: string | null }
  | { check: "claim"; text: string; verdict: string };

interface Input {
  id: string;
  kind: string;
  file: string;
  content?: string;
  base64?: string;
  ask: string;
  expect: Expected;
}

const inputs = readFileSync(path.join(import.meta.dirname, "../fixtures/reading-inputs.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Input);
const embedder = createOnnxEmbedder();
afterAll(() => embedder.close());

test.each(inputs.map((input) => [`${input.id} ${input.kind}: ${input.ask}`, input] as const))("%s", async (_name, input) => {
  expect.hasAssertions();
  const folder = temporaryFolder("reading");
  const corpus = path.join(folder, "corpus");
  mkdirSync(corpus);
  const file = path.join(corpus, input.file);
  writeFileSync(file, input.base64 === undefined ? (input.content ?? "") : Buffer.from(input.base64, "base64"));
  const app = createApp(loadSettings({ CORPUS_DIR: corpus, INDEX_DIR: path.join(folder, "index") }), {
    log: pino({ level: "silent" }),
    embedder: { ...embedder, close: async () => undefined },
  });
  try {
    await holds(app, file, input.expect);
  } finally {
    await app.briefing.close();
  }
});

async function holds(app: App, file: string, expected: Expected): Promise<void> {
  if (expected.check === "extract" || expected.check === "feed") {
    const read = await app.briefing.extract(file);
    const document = "items" in read ? read.items[expected.item ?? 0] : read;
    const value = document?.[expected.field] ?? null;
    if (expected.equals !== undefined)
      expect(expected.field === "published" ? (value?.slice(0, expected.equals?.length) ?? null) : value).toBe(expected.equals);
    if (expected.contains !== undefined) expect(value).toContain(expected.contains);
    if (expected.lacks !== undefined) expect(value).not.toContain(expected.lacks);
    return;
  }
  await app.briefing.ingest([]);
  if (expected.check === "claim") {
    const { claims } = await app.briefing.check(expected.text);
    expect(claims.map(({ verdict }) => verdict)).toEqual(claims.map(() => expected.verdict));
    expect(claims.length).toBeGreaterThan(0);
    return;
  }
  const { sentences, sources } = await app.briefing.ask(expected.question);
  const told = sentences.map(({ text }) => text).join(" ");
  expect(told).toContain(expected.contains);
  if (expected.speaker !== null)
    expect([told, ...sources.map(({ speaker, document }) => speaker ?? document.author ?? "")].join("\n")).toContain(
      expected.speaker,
    );
}
