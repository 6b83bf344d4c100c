// A document that was read is corrected or withdrawn: what digests say of it, through the whole program with files and a store.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp, type App } from "../../../src/app.ts";
import { loadSettings } from "../../../src/settings.ts";
import { vectorOf } from "../../support/documents.ts";

const folder = mkdtempSync(path.join(tmpdir(), "corrections-"));
let now = new Date("2031-03-02T09:00:00Z");
let app: App;

const write = (name: string, text: string): void =>
  writeFileSync(
    path.join(folder, "corpus", `${name}.md`),
    `---\ntitle: Crash at ${name}\npublisher: The ${name} Post\npublished: 2031-03-01\n---\n\n${text}\n`,
  );

const FIRST = "A tram left the rails at the depot on Friday.";
const LAST = "The line stays closed until Monday, the operator said.";

beforeAll(async () => {
  mkdirSync(path.join(folder, "corpus"));
  const settings = loadSettings({ CORPUS_DIR: path.join(folder, "corpus"), INDEX_DIR: path.join(folder, "index") });
  app = createApp(settings, {
    log: pino({ level: "silent" }),
    clock: { now: () => now },
    embedder: {
      identity: "letters",
      embed: async (texts) => texts.map((text) => vectorOf(text, 64)),
      close: async () => undefined,
    },
  });
  for (const name of ["Lindhaven", "Orsted", "Karvale", "Tessmar"]) write(name, `${FIRST} Some 34 people were hurt. ${LAST}`);
  await app.briefing.ingest([]);
  now = new Date("2031-03-03T09:00:00Z");
  write(
    "Lindhaven",
    `${FIRST} Some 43 people were hurt. ${LAST}\n\nCorrection: an earlier version named a wrong number of injured people.`,
  );
  write("Orsted", "This article has been retracted.\n\nThe newsroom could not stand by what it had reported on the tram.");
  write("Karvale", `${FIRST} Some 34 people were hurt, six of them badly. ${LAST}`);
  await app.briefing.ingest([]);
});
afterAll(() => app.briefing.close());

test("a correction gives the publisher's line, the new wording and the old; a mere change is none", async () => {
  const { items, sources } = await app.briefing.corrections("2031-03-01");
  expect(items.map(({ kind, text }) => [kind, text])).toEqual(
    expect.arrayContaining([
      ["corrected", "The Lindhaven Post has corrected “Crash at Lindhaven”."],
      ["withdrawn", "The Orsted Post has withdrawn “Crash at Orsted”."],
    ]),
  );
  expect(items).toHaveLength(2);
  const corrected = items.find(({ kind }) => kind === "corrected");
  expect(corrected?.sentences.map(({ text }) => text)).toEqual([
    "Correction: an earlier version named a wrong number of injured people.",
    "Some 43 people were hurt.",
  ]);
  expect(corrected?.before).toBe("Some 34 people were hurt.");
  for (const { sentences } of items)
    for (const { text, citations, check } of sentences) {
      expect(check.supported).toBe(true);
      expect(citations.map((n) => sources[n - 1]?.quote.replace(/\s+/g, " "))).toContain(text);
    }
});

test("each has a name of its own that stays, and what a reader may not see is not spoken of", async () => {
  const [first, again] = [await app.briefing.corrections("2031-03-01"), await app.briefing.corrections("2031-03-01")];
  expect(first.items.map(({ id }) => id)).toEqual(again.items.map(({ id }) => id));
  expect(new Set(first.items.map(({ id }) => id)).size).toBe(2);
  const hidden = first.items.map(({ document }) => document);
  expect((await app.briefing.corrections("2031-03-01", { hidden })).items).toEqual([]);
  expect((await app.briefing.corrections("2031-03-04")).items).toEqual([]);
});

test("the digest of a day has the corrections of that day; one of a schedule leaves them to replies", async () => {
  expect((await app.briefing.digest({ date: "2031-03-03" })).corrections).toHaveLength(2);
  expect((await app.briefing.digest({ date: "2031-03-02" })).corrections).toEqual([]);
  // and no entry takes the publisher's note for news of the event
  const { items } = await app.briefing.digest({ date: "2031-03-01" });
  expect(items.flatMap(({ sentences }) => sentences.map(({ text }) => text)).join(" ")).not.toContain("Correction:");
  expect(items.length).toBeGreaterThan(0);
  expect((await app.briefing.digest({ date: "2031-03-03", publisher: "The Orsted Post" })).corrections).toHaveLength(1);
  expect((await app.briefing.digest({ from: new Date("2031-03-02T00:00:00Z"), told: [] })).corrections).toEqual([]);
});
