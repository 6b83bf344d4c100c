// Claims against made-up notes, through the real index: half of the set was tuned on, the other half only reported.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkText } from "../../src/briefings/check.ts";
import type { Genre } from "../../src/domain.ts";
import type { CheckedClaim, CheckReport } from "../../src/results.ts";
import claims from "../fixtures/check/claims.json" with { type: "json" };
import notes from "../fixtures/check/notes.json" with { type: "json" };
import { article } from "../support/documents.ts";
import { openNotes, type NotesIndex } from "../support/notes-index.ts";

describe("checking claims", () => {
  let index: NotesIndex;
  const judged: { set: string; text: string; wanted: string; got: CheckedClaim; sources: CheckReport["sources"] }[] = [];

  beforeAll(async () => {
    index = await openNotes(
      notes.map(({ id, text, publisher, published, author, title, genre }) =>
        article(`${id}.md`, text, { publisher, published, author, title, genre: genre as Genre }),
      ),
    );
    for (const { set, text, verdict } of claims) {
      const report = await checkText(text, {
        retrieve: (query) => index.retriever.retrieve(query, { k: 12 }),
        verifier: index.verifier,
      });
      const [got] = report.claims;
      if (got === undefined) throw new Error(`no claim in ${text}`);
      judged.push({ set, text, wanted: verdict, got, sources: report.sources });
    }
  }, 120_000);
  afterAll(() => index.close());

  // of the plain and of the hard claims, the second half was never looked at while the checking was weighed
  test.each([
    ["open", 0.2],
    ["hidden", 0.2],
    // made to mislead: who did what to whom, and whether at all, needs a judge that reads
    ["hard-open", 0.5],
    ["hard-held", 0.5],
  ])("most are judged right, and silence is never shown as contradiction (%s half)", (set, most) => {
    const half = judged.filter((one) => one.set === set);
    const wrong = half.filter((one) => one.got.verdict !== one.wanted);
    console.log(
      `${set}: ${(half.length - wrong.length) / half.length}\n${wrong.map((one) => `${one.wanted} -> ${one.got.verdict}: ${one.text} (${one.got.why})`).join("\n")}`,
    );
    expect(wrong.length / half.length).toBeLessThanOrEqual(most);
    expect(wrong.filter((one) => one.wanted === "not_covered" && one.got.verdict === "contradicted")).toEqual([]);
  });

  test.each([
    ["The earthquake in the Lumen valley killed 48 people.", "Disputed by Free Lumen (22 Jan 2032, report): “112”, not “48”."],
    ["The fishing talks in Vell collapsed.", "Disputed by Mila Reck, Estermark Radio"],
    ["The talks in Vell were a success.", "Disputed by Nordhav Times"],
  ])("a supported claim that another source disputes says so and cites both: %s", (text, dispute) => {
    const { got, sources } = judged.find((one) => one.text === text) ?? {};
    expect(got).toMatchObject({ verdict: "supported" });
    expect(got?.why).toContain(dispute);
    expect(new Set(got?.citations.map((n) => sources?.[n - 1]?.document.id)).size).toBe(2);
  });
});

describe("what neighbours, the title and a wish say of a claim, without a judge", () => {
  let index: NotesIndex;
  beforeAll(async () => {
    index = await openNotes([
      article(
        "jets.md",
        "Velmark Air has agreed to buy 30 jets from Orsava. The order is valued at 8.8 billion crowns at list prices. Ivo Brandt is in final talks to lead the airline. The hangar in Dorn costs $449K.",
        { title: "Velmark Air orders jets", publisher: "Coast News" },
      ),
      article("meeting.md", "The round of talks in Lirien is deadlocked over fish.", {
        title: "Talks in Lirien",
        publisher: "Coast News",
      }),
    ]);
  }, 60_000);
  afterAll(() => index.close());

  test.each([
    [
      "Velmark Air buys 30 jets from Orsava valued at 8.8 billion crowns.",
      "supported",
      "30 jets from Orsava. The order is valued at 8.8",
    ],
    ["The order of Velmark Air is valued at 9.9 billion crowns.", "contradicted", "8.8 billion"],
    ["Ivo Brandt will lead the airline.", "not_covered", "in final talks to lead"],
    ["The hangar in Dorn costs 449,000 dollars.", "supported", "$449K"],
    ["The hangar in Dorn costs 4 million dollars.", "contradicted", "$449K"],
    ["The round of talks in Lirien over fish collapsed.", "not_covered", null],
  ])("%s %s: %s", async (text, verdict, quoted) => {
    const retrieve = (query: string) => index.retriever.retrieve(query, { k: 12 });
    const { claims, sources } = await checkText(text, { retrieve, verifier: index.verifier });
    expect(claims.map((claim) => claim.verdict)).toEqual([verdict]);
    if (quoted !== null) expect(sources[0]?.quote).toContain(quoted);
  });
});

describe("whose matter a sentence is, without a judge", () => {
  let index: NotesIndex;
  beforeAll(async () => {
    index = await openNotes([
      article(
        "cup.md",
        "Velmark came from behind on the second day. Orsava also needed the last match to beat Lirien 2-1 and win the river cup.",
        { title: "Velmark keeps Dorn waiting in the river cup", publisher: "Coast News" },
      ),
    ]);
  }, 60_000);
  afterAll(() => index.close());

  test.each([
    ["Orsava beat Lirien in the river cup.", "supported"],
    ["Velmark beat Dorn in the river cup.", "not_covered"],
    ["Tessmar won the harbour regatta in 2019.", "not_covered"],
  ])("%s %s", async (text, verdict) => {
    const retrieve = (query: string) => index.retriever.retrieve(query, { k: 12 });
    const { claims } = await checkText(text, { retrieve, verifier: index.verifier });
    expect(claims.map((claim) => claim.verdict)).toEqual([verdict]);
  });
});

test("rows of a table are not taken together: each tells of its own line", async () => {
  const rows = [
    ["Corry Line", 9],
    ["Dale Line", 13],
    ["Moor Line", 4],
  ].map(([name, minutes]) => `${name}: Trains in May 88 %; Average delay ${minutes} minutes.`);
  const index = await openNotes([article("trains.md", rows.join("\n"), { publisher: "Halden Post", published: "2032-06-01" })]);
  const verdictOf = async (claim: string): Promise<string | undefined> => {
    const retrieve = (query: string): ReturnType<typeof index.retriever.retrieve> => index.retriever.retrieve(query, { k: 12 });
    return (await checkText(claim, { retrieve, verifier: index.verifier })).claims[0]?.verdict;
  };
  expect(await verdictOf("The average delay on the Dale Line was 13 minutes.")).toBe("supported");
  expect(await verdictOf("The average delay on the Corry Line was 13 minutes.")).toBe("contradicted");
  await index.close();
});
