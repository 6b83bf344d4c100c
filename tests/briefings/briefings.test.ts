// Check and summary as a person or script meets them: real processes on made-up notes and, where they are there, on the seed texts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../../src/domain.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import type { Changes, CheckReport, Timeline } from "../../src/results.ts";
import type { Replay } from "../../src/stores/state.ts";
import { runCommand, temporaryFolder } from "../support/run-command.ts";

const SEEDS = path.join(PROJECT_ROOT, "../shared/seeds");
const folder = temporaryFolder("briefings");
const places = ["--corpus", path.join(folder, "corpus"), "--index", path.join(folder, "index")];

const note = (front: Record<string, string>, text: string): string =>
  `---\n${Object.entries(front)
    .map(([key, value]) => `${key}: ${value}`)
    .join("\n")}\n---\n\n${text}\n`;

const WIRE =
  "The talks between Velmark and Dorn on the river tariff collapsed in Lirien on 8 March 2021 after five days. The Velmark delegation left the hall at noon. A new round of talks has not been agreed. About 300 barges are waiting on the river Isk.";

const NOTES: Record<string, string> = {
  "a.md": note({ title: "River talks collapse", publisher: "Baltic Wire", published: "2021-03-08", genre: "report" }, WIRE),
  "copy.md": note(
    { title: "Talks in Lirien collapse", publisher: "Isk Courier", published: "2021-03-09", genre: "report" },
    WIRE,
  ),
  "b.md": note(
    { title: "Deal in Lirien", publisher: "Dorn Tribune", published: "2021-03-09", genre: "report" },
    "The talks between Velmark and Dorn on the river tariff in Lirien were successful, diplomats said. The two sides reached an agreement on a lower tariff. The Dorn government will publish the text on Monday.",
  ),
  "c.md": note(
    {
      title: "The tariff must fall",
      publisher: "Velmark Review",
      author: "Edda Sorn",
      published: "2021-03-11",
      genre: "opinion",
    },
    "The river tariff between Velmark and Dorn should be abolished. It punishes the bargemen of Lirien for a quarrel of two capitals. The talks must not end without a new round.",
  ),
  "undated.md": note(
    { title: "Bees on the town hall", publisher: "Isk Courier", genre: "report" },
    "Bee keepers have put nine hives on the roof of the town hall in Skel. The honey will be sold at the Christmas market.",
  ),
};

const json = async <T>(...args: string[]): Promise<{ code: number | null; value: T }> => {
  const { code, stdout } = await runCommand([...args, "--json"]);
  return { code, value: JSON.parse(stdout) as T };
};

beforeAll(async () => {
  mkdirSync(path.join(folder, "corpus"));
  for (const [name, text] of Object.entries(NOTES)) writeFileSync(path.join(folder, "corpus", name), text);
  expect((await json<{ added: number }>("ingest", ...places)).value.added).toBe(5);
});

test("ask and search name the outlets of a text that was republished, and cite it once", async () => {
  const answer = (await json<Answer>("ask", "How many barges are waiting on the river Isk?", ...places)).value;
  expect(answer.warnings.join("\n")).toContain("Two outlets, one original: Baltic Wire (8 Mar 2021), also in Isk Courier");
  expect(new Set(answer.sources.map(({ document }) => document.publisher))).not.toContain("Isk Courier");
  const found = await json<{ passages: { text: string }[]; warnings: string[] }>("search", "barges on the river Isk", ...places);
  expect(found.value.passages.filter(({ text }) => text.includes("300 barges"))).toHaveLength(1);
  expect(found.value.warnings.join()).toContain("Two outlets, one original");
});

describe("check", () => {
  test("supported, contradicted and not covered, each with its quotes", async () => {
    const text =
      "About 300 barges are waiting on the river Isk. About 700 barges are waiting on the river Isk, and the town hall in Skel burned down. Is that so?";
    const { code, value } = await json<CheckReport>("check", text, ...places);
    expect(code).toBe(0);
    expect(value.claims.map((claim) => claim.verdict)).toEqual(["supported", "contradicted", "not_covered"]);
    const [right, wrong, silent] = value.claims;
    expect(value.sources[(right?.citations[0] ?? 0) - 1]?.quote).toContain("300 barges");
    expect(wrong?.why).toMatch(/700.*300|300.*700/);
    expect(silent?.citations).toEqual([]);
  });

  test("nothing published after --as-of is read", async () => {
    const claim = "The two sides reached an agreement on a lower tariff.";
    const now = await json<CheckReport>("check", claim, ...places);
    const then = await json<CheckReport>("check", claim, "--as-of", "2021-03-08", ...places);
    expect(now.value.claims[0]?.verdict).toBe("supported");
    expect(then.value.claims[0]?.verdict).not.toBe("supported");
  });

  test("a batch keeps ids; a line without a claim is refused in its place", async () => {
    const input = '{"id":1,"text":"Nine hives stand on the roof of the town hall in Skel."}\n{"id":2,"text":"Why?"}\n';
    const { code, stdout } = await runCommand(["check", "--batch", "-", ...places], { input });
    const [first, second] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as CheckReport & { id: number; error?: { code: string } });
    expect(code).toBe(3);
    expect(first).toMatchObject({ id: 1, claims: [{ verdict: "supported" }] });
    expect(second).toMatchObject({ id: 2, error: { code: "claim_missing" } });
  });
});

describe("summary", () => {
  test("of a topic: both sides, reports before opinions, opinions attributed, copies counted once", async () => {
    const { value } = await json<Answer>("summary", "river tariff talks between Velmark and Dorn", ...places);
    expect(value.status).toBe("answered");
    const genres = value.sentences.map(({ citations }) => value.sources[(citations[0] ?? 0) - 1]?.document.genre);
    expect(genres).toContain("opinion");
    expect(genres.lastIndexOf("report")).toBeLessThan(genres.indexOf("opinion"));
    const opinion = value.sentences.find((_, at) => genres[at] === "opinion");
    expect(opinion?.text).toMatch(/^Edda Sorn argues: “/);
    expect(value.sentences.every(({ check, citations }) => check.supported && citations.length > 0)).toBe(true);
    const sides = value.disagreements.flatMap((one) => one.sides.map((side) => side.text)).join("\n");
    expect(sides).toMatch(/collapsed/);
    expect(sides).toMatch(/successful|agreement/);
    expect(value.warnings.join("\n")).toContain("Two outlets, one original: Baltic Wire (8 Mar 2021), also in Isk Courier");
    expect(value.coverage).toMatchObject({ documents: 3, from: "2021-03-08", to: "2021-03-11" });
    const receipt = await json<{ answer: Answer }>("why", value.answer_id, ...places);
    expect(receipt.value.answer.sentences).toEqual(value.sentences);
  });

  test("of one document, in three lengths", async () => {
    const documents = (await json<{ documents: { id: string; title: string }[] }>("documents", ...places)).value.documents;
    const id = documents.find((document) => document.title === "River talks collapse")?.id ?? "";
    const lengths = [];
    for (const length of ["short", "long"]) {
      const { value } = await json<Answer>("summary", "--document", id, "--length", length, ...places);
      expect(new Set(value.sources.map((source) => source.document.id))).toEqual(new Set([id]));
      lengths.push(value.sentences.length);
    }
    expect(lengths[0]).toBeGreaterThan(0);
    expect(lengths[0]).toBeLessThanOrEqual(lengths[1] ?? 0);
    expect((await json("summary", "--length", "endless", ...places)).code).toBe(2);
    expect((await json("summary", "--document", "nowhere", ...places)).code).toBe(1);
  });

  test("of a window; what nobody wrote about, and a window in the future, are not covered", async () => {
    const window = await json<Answer>("summary", "--since", "2021-03-09", ...places);
    expect(window.value.sources.map((source) => source.document.published ?? "").every((date) => date >= "2021-03-09")).toBe(
      true,
    );
    expect(window.value.sentences.length).toBeGreaterThan(1);
    for (const args of [["chess championship in Lima"], ["river tariff", "--since", "2099"], ["--since", "2099"]]) {
      const { code, value } = await json<Answer>("summary", ...args, ...places);
      expect(code).toBe(0);
      expect(value).toMatchObject({ status: "not_covered", sentences: [], disagreements: [] });
    }
    expect((await json("summary", "--since", "2021-04", "--until", "2021-03", ...places)).code).toBe(2);
  });
});

describe("timeline", () => {
  test("events by their own dates, each with its sources; relative days are counted from the publication", async () => {
    const { value } = await json<Timeline>("timeline", "river tariff talks between Velmark and Dorn", ...places);
    const dates = value.events.map((event) => event.date);
    expect(dates).toEqual([...dates].sort());
    const end = value.events.find((event) => event.date === "2021-03-08");
    expect(end).toMatchObject({ precision: "day" });
    expect(end?.text).toContain("collapsed");
    // the Monday after a Tuesday paper
    expect(value.events.find((event) => event.date === "2021-03-15")?.text).toContain("publish");
    expect(value.undated.map((entry) => entry.text).join("\n")).not.toContain("collapsed");
    const cited = [...value.events, ...value.undated].flatMap((entry) => entry.citations);
    expect(cited.every((n) => value.sources[n - 1]?.n === n)).toBe(true);
    expect(value.warnings.join("\n")).toContain("one original: Baltic Wire");
  });

  test("as a picture, with its alt text on stderr", async () => {
    const file = path.join(folder, "timeline.png");
    const topic = "river tariff talks between Velmark and Dorn";
    const { code, stdout, stderr } = await runCommand(["timeline", topic, "--png", file, "--theme", "dark", "--json", ...places]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("events");
    expect(stderr).toMatch(/Alt text: Timeline of river tariff talks.*8 Mar 2021:\s/);
    expect(readFileSync(file).subarray(1, 4).toString()).toBe("PNG");
    expect((await runCommand(["timeline", topic, "--png", path.join(folder, "gone", "x.png"), ...places])).code).toBe(1);
  });

  test("a topic without dates has none, one nobody wrote about says so", async () => {
    const hives = (await json<Timeline>("timeline", "bee hives on the town hall in Skel", ...places)).value;
    expect(hives.events).toEqual([]);
    expect(hives.undated[0]?.text ?? "").toContain("hives");
    const nothing = (await json<Timeline>("timeline", "chess championship in Lima", ...places)).value;
    expect(nothing).toMatchObject({ events: [], undated: [], sources: [] });
    expect(nothing.warnings.join()).toContain("nothing of this");
    expect((await runCommand(["timeline", ...places])).code).toBe(2);
  });
});

describe("changes", () => {
  const own = temporaryFolder("changes");
  const at = ["--corpus", path.join(own, "corpus"), "--index", path.join(own, "index")];
  beforeAll(async () => {
    mkdirSync(path.join(own, "corpus"));
    const later = {
      "later.md": note(
        { title: "More barges wait", publisher: "Dorn Tribune", published: "2021-03-12", genre: "report" },
        "About 450 barges are waiting on the river Isk. The king of Sarn has offered to host a new meeting in April.",
      ),
    };
    for (const [name, text] of Object.entries({ ...NOTES, ...later })) writeFileSync(path.join(own, "corpus", name), text);
    await runCommand(["ingest", ...at]);
  });

  test("what is new, what changed with the value before, what is disputed; nothing that was told", async () => {
    const { value } = await json<Changes>("changes", "--since", "2021-03-09", ...at);
    const changed = value.items.find((item) => item.kind === "changed");
    expect(changed?.text).toContain("450 barges");
    expect(changed?.before).toMatch(/^Baltic Wire \(8 Mar 2021\): “About 300 barges/);
    expect(changed?.citations).toHaveLength(2);
    const disputed = value.items.find((item) => item.kind === "disputed");
    expect([disputed?.text, disputed?.before].join()).toMatch(/successful.*collapsed/s);
    const fresh = value.items.filter((item) => item.kind === "new");
    expect(fresh.map((item) => item.text).join("\n")).toContain("king of Sarn");
    expect(fresh.every((item) => item.before === null)).toBe(true);
    // the copy of the 9th tells nothing that the original of the 8th did not
    expect(fresh.map((item) => item.text).join("\n")).not.toMatch(/left the hall|300 barges/);
    const topical = await json<Changes>("changes", "barges waiting on the Isk", "--since", "2021-03-09", ...at);
    expect(topical.value.items[0]).toMatchObject({ kind: "changed" });
  });

  test("a day in the future, a topic nobody wrote about, dates the wrong way round, no day at all", async () => {
    const future = await json<Changes>("changes", "--since", "2099", ...at);
    expect(future.value.items).toEqual([]);
    expect(future.value.warnings.join()).toContain("since 2099-01-01");
    const nothing = await json<Changes>("changes", "chess championship in Lima", "--since", "2021-03-09", ...at);
    expect(nothing.value.items).toEqual([]);
    expect((await json("changes", "--since", "2021-04-02", "--until", "2021-04-01", ...at)).code).toBe(2);
    expect((await json("changes", ...at)).code).toBe(2);
  });
});

test("five hundred documents of the same wire text are one source", async () => {
  const own = temporaryFolder("wire");
  const at = ["--corpus", path.join(own, "corpus"), "--index", path.join(own, "index")];
  mkdirSync(path.join(own, "corpus"));
  const text = note({ title: "River talks collapse", publisher: "Baltic Wire", published: "2021-03-08", genre: "report" }, WIRE);
  for (let n = 0; n < 500; n += 1) writeFileSync(path.join(own, "corpus", `${n}.md`), text);
  expect((await runCommand(["ingest", ...at])).code).toBe(0);
  const summary = (await json<Answer>("summary", "river talks in Lirien", ...at)).value;
  expect(new Set(summary.sentences.map((sentence) => sentence.text)).size).toBe(summary.sentences.length);
  expect(summary.warnings.join()).toContain("500 documents of one outlet, one original");
  const timeline = (await json<Timeline>("timeline", "river talks in Lirien", ...at)).value;
  expect(timeline.events.map((event) => event.date)).toEqual(["2021-03-08"]);
  const changes = (await json<Changes>("changes", "--since", "2021-03-01", ...at)).value;
  expect(new Set(changes.items.map((item) => item.text)).size).toBe(changes.items.length);
  expect(changes.items.length).toBeLessThanOrEqual(4);
}, 120_000);

test("an answer and a summary are asked again: the same over the same index, what is gone and new over another", async () => {
  const own = temporaryFolder("replay");
  const at = ["--corpus", path.join(own, "corpus"), "--index", path.join(own, "index")];
  mkdirSync(path.join(own, "corpus"));
  writeFileSync(path.join(own, "corpus", "a.md"), NOTES["a.md"] ?? "");
  await runCommand(["ingest", ...at]);
  const ids: string[] = [];
  for (const command of [
    ["ask", "When did the talks in Lirien collapse?"],
    ["summary", "river talks in Lirien", "--length", "short"],
  ])
    ids.push((await json<Answer>(...command, ...at)).value.answer_id);
  const replays = async (): Promise<Replay[]> => {
    const found = [];
    for (const id of ids) found.push((await json<{ replay: Replay }>("why", id, "--replay", ...at)).value.replay);
    return found;
  };
  for (const replay of await replays()) expect(replay).toMatchObject({ same: true, index_changed: false, gone: [], added: [] });
  writeFileSync(path.join(own, "corpus", "a.md"), (NOTES["a.md"] ?? "").replace("8 March 2021 after", "7 March 2021 after"));
  await runCommand(["ingest", ...at]);
  for (const replay of await replays()) {
    expect(replay).toMatchObject({ same: false, index_changed: true, status: "answered" });
    expect(replay.gone.join()).toContain("8 March");
    expect(replay.added.join()).toContain("7 March");
  }
});

describe.skipIf(!existsSync(SEEDS))("over the seed texts", () => {
  test("a summary of the Istanbul talks holds the three accounts with their dates", async () => {
    const at = ["--corpus", SEEDS, "--index", path.join(folder, "seeds")];
    await runCommand(["ingest", ...at]);
    const { value } = await json<Answer>("summary", "Istanbul talks", ...at);
    const dates = value.disagreements.flatMap((one) => one.sides.map((side) => side.published?.slice(0, 10)));
    expect(dates).toEqual(expect.arrayContaining(["2025-10-27", "2025-10-31", "2025-11-04"]));
  });

  test("the timeline holds the events that the texts date, each with its source", async () => {
    const at = ["--corpus", SEEDS, "--index", path.join(folder, "seeds")];
    const { value } = await json<Timeline>("timeline", "Pakistan and the Taliban", ...at);
    const holds = (date: string, words: RegExp): boolean =>
      value.events.some(
        (event) => event.date.startsWith(date) && event.citations.some((n) => words.test(value.sources[n - 1]?.quote ?? "")),
      );
    expect(holds("2021", /takeover/)).toBe(true);
    expect(holds("2022-06", /ceasefire/)).toBe(true);
    expect(holds("2023", /fatwa/)).toBe(true);
    expect(holds("2023", /China/)).toBe(true);
  });
});
