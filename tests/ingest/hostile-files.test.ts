// Hostile files: YAML that unfolds, names and links that lead out of the corpus, dates of tomorrow. None has an effect, each is told.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Article, ReadOutcome } from "../../src/domain.ts";
import { createInputReader } from "../../src/ingest/sources/read-inputs.ts";

const folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const clock = { now: () => new Date("2025-11-05T10:00:00Z") };
const BODY = "The mill on the river was closed on Monday, its owner said, because the wheel had cracked in the frost.";
let files = 0;

async function readAll(inputs: string[], corpusDir = path.join(folder, "none")): Promise<ReadOutcome[]> {
  const all: ReadOutcome[] = [];
  for await (const outcome of (await createInputReader({ corpusDir, clock }).plan(inputs, new Map())).outcomes) all.push(outcome);
  return all;
}

async function readFront(yaml: string): Promise<Article> {
  const file = path.join(folder, `${(files += 1)}.md`);
  writeFileSync(file, `---\n${yaml}\n---\n\n${BODY}\n`);
  const [outcome] = await readAll([file]);
  if (outcome?.kind !== "article") throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome.article;
}

const unfolding = [
  "a: &a [x, x, x, x, x, x, x, x, x, x]",
  ..."bcdefghi"
    .split("")
    .map((name, at) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${"abcdefghi"[at] ?? ""}`).join(", ")}]`),
].join("\n");

// family 9: YAML
test.each([
  ["aliases that unfold to a billion", unfolding, "not valid YAML"],
  ["an alias of itself", "a: &a [*a]\ntitle: *a", "not valid YAML"],
  ["nesting without end", `a: ${"[".repeat(20_000)}`, "not valid YAML"],
  ["an address that is a script", "url: javascript:alert(1)", "url is not an http or https address"],
  ["an address with a password", "url: https://user:pw@paper.example/", "url is not"],
  ["a map where a title belongs", "title: {toString: x}", "title is not a line of text"],
  ["a genre of its own", "genre: constructor", "genre is not one of"],
  ["a date that the calendar lacks", "published: 2025-02-31", "published is not a date"],
  ["a date in the future", "published: 2031-01-01", "lies in the future"],
  ["an update in the future", "published: 2025-11-04\nupdated: 2025-11-20T10:00:00Z", "lies in the future"],
])("front matter with %s is told and leaves the document as it is", async (_, yaml, warning) => {
  const { text, warnings, document } = await readFront(yaml);
  expect(text).toBe(BODY);
  expect(warnings.join()).toContain(warning);
  expect(JSON.stringify(document).length).toBeLessThan(1_000);
  expect([document.title, document.url, document.updated, document.genre]).not.toContain("x");
});

test.each([
  ["code", "x: !!js/function 'function () { process.exit(1) }'"],
  ["the object's prototype", "__proto__: {id: chosen, polluted: yes}\nconstructor: {prototype: {polluted: yes}}"],
  ["an id that is a path", "id: ../../../../etc/passwd"],
  ["an id that is an option", "id: --index"],
])("front matter with %s has no effect", async (_, yaml) => {
  const { text, document } = await readFront(yaml);
  expect(text).toBe(BODY);
  expect(document.id).toMatch(/^[a-z0-9][\w-]*-[0-9a-f]{8}$/);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("a date of tomorrow is one of another time zone", async () => {
  expect((await readFront("published: 2025-11-06")).document.published).toBe("2025-11-06");
});

// family 10: links and names
test("links that leave the corpus and names that climb out of it are not followed", async () => {
  const corpus = path.join(folder, "corpus");
  const outside = path.join(folder, "outside");
  mkdirSync(path.join(corpus, "sub"), { recursive: true });
  mkdirSync(outside);
  writeFileSync(path.join(outside, "secret.md"), `Secret. ${BODY}`);
  writeFileSync(path.join(corpus, "%2e%2e%2fescape.md"), BODY);
  symlinkSync(path.join(outside, "secret.md"), path.join(corpus, "file.md"));
  symlinkSync(outside, path.join(corpus, "folder"));
  symlinkSync("../../outside/secret.md", path.join(corpus, "sub", "climbing.md"));
  symlinkSync("/dev/zero", path.join(corpus, "endless.md"));
  symlinkSync(corpus, path.join(corpus, "sub", "round"));
  symlinkSync(path.join(outside, "secret.md"), path.join(corpus, "feeds.opml"));
  const all = await readAll([], corpus);
  const read = all.flatMap((outcome) => (outcome.kind === "article" ? [outcome.article.document.path] : []));
  expect(read).toEqual(["%2e%2e%2fescape.md"]);
  expect(JSON.stringify(all)).not.toContain("Secret");
  const refused = all.flatMap((outcome) => (outcome.kind === "refused" ? [`${outcome.input} ${outcome.code}`] : []));
  expect(refused.sort()).toEqual(
    ["endless.md", "feeds.opml", "file.md", "folder", "sub/climbing.md"].map((name) => `${name} input_link_outside`),
  );
});

test.each(["/dev/zero", "a\0b.md", "x".repeat(5_000), "file:///etc/passwd", "\\\\server\\share\\x"])(
  "the input %j is refused",
  async (input) => {
    expect((await readAll([input])).map(({ kind }) => kind)).toEqual(["refused"]);
  },
);
