// Digests, timelines and changes in a model's words, over real HTTP: what is true reaches the reader, what is not is quoted, for that part alone.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openModelScene, type ModelScene, type Note } from "../support/model-scene.ts";
import { citing, type Asked, type Play, type Sentence } from "../support/play-model.ts";
import { refuse } from "../support/scripted-model/script.ts";

const note = (title: string, publisher: string, published: string, text: string, genre = "report"): Note => [
  { title, publisher, published, genre },
  text,
];

const NOTES: Note[] = [
  note(
    "River talks collapse",
    "Baltic Wire",
    "2031-03-08",
    "The talks between Velmark and Dorn on the river tariff collapsed in Lirien on 8 March 2031 after five days. About 300 barges are waiting on the river Isk. The Velmark delegation left the hall at noon.",
  ),
  note(
    "No deal on the tariff",
    "Dorn Tribune",
    "2031-03-08",
    "The talks of Velmark and Dorn on the river tariff ended in Lirien without a deal on Saturday, the Dorn minister Pavel Osk said. He counted 280 barges on the river Isk.",
  ),
  note(
    "Mill in Orsk lays off weavers",
    "Orsk Post",
    "2031-03-08",
    "Brell Mills in Orsk laid off 80 weavers on 8 March 2031. The mill chief Orla Venn spoke of weak sales of linen.",
  ),
  note(
    "Library of Tessmar opens",
    "Coast News",
    "2031-03-08",
    "The new library of Tessmar opened on 8 March 2031 with a concert. It holds 40,000 books and has cost 6 million crowns.",
  ),
  note(
    "Barges wait on the Isk",
    "Baltic Wire",
    "2031-03-01",
    "About 120 barges are waiting on the river Isk. The talks between Velmark and Dorn on the river tariff began in Lirien on 3 March 2031.",
  ),
];

interface Entry {
  headline: Sentence;
  sentences: Sentence[];
}

const TALKS: Entry = {
  headline: ["River talks in Lirien fail", "collapsed"],
  sentences: [
    ["Velmark and Dorn broke off their talks on the river tariff in Lirien on 8 March 2031.", "collapsed"],
    ["The Dorn minister Pavel Osk counted 280 barges on the river Isk.", "without a deal", "He counted"],
  ],
};
const MILL: Entry = {
  headline: ["Orsk mill lets 80 weavers go", "laid off"],
  sentences: [["Brell Mills in Orsk let 80 weavers go on 8 March 2031.", "laid off"]],
};
const LIBRARY: Entry = {
  headline: ["Tessmar opens its new library", "opened"],
  sentences: [["The new library of Tessmar holds 40,000 books.", "It holds", "The new library"]],
};

const said = ([text, ...words]: Sentence, asked: Asked, passages: readonly number[]) => ({
  text,
  cites: citing(asked, words, passages),
});

/** Of each entry, the one that shares words with its sentences. */
const writes =
  (...entries: Entry[]) =>
  (asked: Asked): object => ({
    entries: asked.entries.flatMap(({ entry, passages }) => {
      const own = entries.find(({ sentences: [first] }) => citing(asked, first?.slice(1) ?? [], passages).length > 0);
      if (own === undefined) return [];
      return {
        entry,
        headline: said(own.headline, asked, passages),
        sentences: own.sentences.map((sentence) => said(sentence, asked, passages)),
        disagreements: [],
      };
    }),
  });

let scene: ModelScene;
beforeAll(async () => {
  scene = await openModelScene(NOTES, { now: "2031-03-08T20:00:00Z", variables: { MODEL_TIMEOUT_SECONDS: "4" } });
}, 60_000);
afterAll(() => scene.close());

async function digest(play: Play) {
  scene.play(play);
  const found = await scene.app.briefing.digest({ date: "2031-03-08" });
  const holding = (word: string) => found.items.find(({ sentences }) => JSON.stringify(sentences).includes(word));
  return { found, talks: holding("Lirien"), mill: holding("weavers"), library: holding("Tessmar") };
}
const texts = (item: { sentences: { text: string }[] } | undefined): string[] => item?.sentences.map(({ text }) => text) ?? [];

describe("a digest", () => {
  test("in the model's words: headline and sentences, each cited and judged, documents of an event given together", async () => {
    const { found, talks, mill } = await digest({ entries: writes(TALKS, MILL, LIBRARY) });
    expect(found).toMatchObject({ status: "ready", mode: "model:openai:gpt-4.1-mini", warnings: [] });
    expect(found.usage?.input_tokens).toBeGreaterThan(0);
    expect(texts(talks)).toEqual(TALKS.sentences.map(([text]) => text));
    expect(talks?.headline).toBe(TALKS.headline[0]);
    expect(mill).toMatchObject({ headline: MILL.headline[0], headline_citations: [expect.any(Number)] });
    for (const { sentences } of found.items)
      for (const { citations, check } of sentences) {
        expect(check.method).toBe("facts and judge");
        expect(citations.length).toBeGreaterThan(0);
      }
    const asked = scene.model.requests.findLast(({ messages }) => messages[1]?.content.includes("Entries:"))?.messages[1]
      ?.content;
    expect(asked).toMatch(/passages 1, 2, 3; readers know 3 already/);
  });

  const LIES: [string, Sentence][] = [
    ["a number", ["Brell Mills in Orsk let 90 weavers go on 8 March 2031.", "laid off"]],
    ["a date", ["Brell Mills in Orsk let 80 weavers go on 9 March 2031.", "laid off"]],
    ["a name", ["Brell Mills in Tessmar let 80 weavers go.", "laid off"]],
    ["the sentence of another event", ["The new library of Tessmar holds 40,000 books.", "It holds"]],
    ["a link", ["Brell Mills in Orsk let 80 weavers go (https://orsk.example/go).", "laid off"]],
  ];
  test.each(LIES)("%s that is wrong: this entry is quoted, the others stand", async (_, lie) => {
    const lying = (asked: Asked): object => {
      const { entries } = writes(TALKS, MILL, LIBRARY)(asked) as { entries: { sentences: object[]; headline: object }[] };
      const anywhere = { text: lie[0], cites: citing(asked, lie.slice(1)) };
      return {
        entries: entries.map((entry) =>
          JSON.stringify(entry).includes("weavers") ? { ...entry, headline: anywhere, sentences: [anywhere] } : entry,
        ),
      };
    };
    const { found, talks, mill, library } = await digest({ entries: lying });
    expect(texts(talks)).toEqual(TALKS.sentences.map(([text]) => text));
    expect(texts(library)).toEqual(LIBRARY.sentences.map(([text]) => text));
    expect(texts(mill)[0]).toBe("Brell Mills in Orsk laid off 80 weavers on 8 March 2031.");
    expect(mill?.headline).toBe("Mill in Orsk lays off weavers");
    expect(found.mode).toBe("model:openai:gpt-4.1-mini");
    expect(found.warnings.join()).toContain("1 of 3 entries are made of quotations instead");
  });

  test.each<[string, Play]>([
    ["silence", { entries: () => ({ do: "silence" }) }],
    ["garbage", { entries: () => "Here is your digest!" }],
    ["another shape", { entries: () => ({ news: [] }) }],
    [
      "an entry that is not there",
      { entries: () => ({ entries: [{ entry: 9, sentences: [], headline: { text: "X", cites: [] } }] }) },
    ],
    ["a refusal", { entries: () => refuse(401, "revoked") }],
  ])("%s: on time, in quotations, marked", async (_, play) => {
    const { found, talks, mill, library } = await digest(play);
    expect(found).toMatchObject({ status: "ready", mode: "extractive" });
    expect(found.warnings.join()).toContain("3 of 3 entries are made of quotations instead");
    expect([talks, mill, library].every((item) => texts(item).length > 0)).toBe(true);
  });

  test("a judge that refuses one sentence: the entry keeps the other", async () => {
    const judge = ({ user }: Asked): object => ({
      verdicts: [...user.matchAll(/^(\d+)\. "(.*)$/gm)].map(([, claim, text = ""]) => ({
        claim: Number(claim),
        verdict: text.includes("280") ? "not_stated" : "supported",
        reason: "read",
      })),
    });
    const { talks, found } = await digest({ entries: writes(TALKS, MILL, LIBRARY), judge });
    expect(texts(talks)).toEqual([TALKS.sentences[0]?.[0]]);
    const { answer, trail } = await scene.app.briefing.why(found.answer_id ?? "");
    expect(answer.sentences.map(({ text }) => text)).toContain(TALKS.sentences[0]?.[0]);
    expect(trail.written?.find(({ text }) => text.includes("280"))).toMatchObject({ kept: false, judge: "not_stated: read" });
    expect(trail.prompt).toContain("entries-");
  });
});

describe("a timeline", () => {
  const line =
    (...lines: Sentence[]) =>
    (asked: Asked): object => ({
      entries: asked.entries.flatMap(({ entry, passages }) => {
        const own = lines.find(([, ...words]) => citing(asked, words, passages).length > 0);
        return own === undefined ? [] : { entry, sentences: [said(own, asked, passages)] };
      }),
    });

  test("one line each in the model's words; a line that does not hold at its date is quoted", async () => {
    scene.play({
      entries: line(
        ["Talks on the river tariff start in Lirien.", "began in Lirien"],
        ["The tariff talks end after nine days.", "collapsed"],
      ),
    });
    const timeline = await scene.app.briefing.timeline("river tariff talks of Velmark and Dorn", {});
    const at = (date: string) => timeline.events.find((event) => event.date === date);
    expect(at("2031-03-03")?.text).toBe("Talks on the river tariff start in Lirien.");
    expect(at("2031-03-08")?.text).toContain("after five days");
    expect(timeline.mode).toBe("model:openai:gpt-4.1-mini");
    const judged = scene.model.requests.findLast(({ messages }) => messages[1]?.content.includes("Claims:"))?.messages[1]
      ?.content;
    expect(judged).toContain('"3 Mar 2031: Talks on the river tariff start in Lirien."');
  });
});

describe("changes", () => {
  test("what is told now in the model's words, what was told before as it stood", async () => {
    scene.play({
      entries: (asked) => ({
        entries: asked.entries.flatMap(({ entry, passages }) =>
          citing(asked, ["300 barges"], passages).length === 0
            ? []
            : { entry, sentences: [said(["Some 300 barges now wait on the river Isk.", "300 barges"], asked, passages)] },
        ),
      }),
    });
    const changes = await scene.app.briefing.changes("2031-03-05", "barges waiting on the river Isk", {});
    const changed = changes.items.find(({ text }) => text === "Some 300 barges now wait on the river Isk.");
    expect(changed).toMatchObject({ kind: "changed", before: expect.stringContaining("120 barges") as string });
    expect(changed?.citations).toHaveLength(2);
    expect(changes.mode).toBe("model:openai:gpt-4.1-mini");
  });
});

describe("check", () => {
  const TEXT =
    "The new library of Tessmar opened on 8 March 2031. It holds 40,000 books and has cost 6 million crowns. Brell Mills let 80 weavers go.";
  const splits =
    (...claims: Sentence[]) =>
    (asked: Asked): object => ({ claims: claims.map(([text, ...words]) => ({ text, cites: citing(asked, words) })) });
  const refusing =
    (word: string) =>
    ({ user }: Asked): object => ({
      verdicts: [...user.matchAll(/^(\d+)\. "(.*)" \(cites/gm)].map(([, claim, text = ""]) => ({
        claim: Number(claim),
        verdict: text.includes(word) ? "contradicted" : "supported",
        reason: "it is otherwise",
      })),
    });

  test("a model splits the text and judges each claim; a claim that the text does not make is split by its wording", async () => {
    scene.play({
      claims: splits(
        ["The new library of Tessmar opened on 8 March 2031.", "library of Tessmar"],
        ["The new library of Tessmar holds 40,000 books.", "It holds", "library of Tessmar"],
        ["The new library of Tessmar has cost 6 million crowns.", "It holds", "library of Tessmar"],
        ["Brell Mills let 90 weavers go.", "Brell Mills"],
      ),
    });
    const { claims, mode, usage } = await scene.app.briefing.check(TEXT);
    expect(claims.map(({ text }) => text)).toEqual([
      "The new library of Tessmar opened on 8 March 2031.",
      "The new library of Tessmar holds 40,000 books.",
      "The new library of Tessmar has cost 6 million crowns.",
      "Brell Mills let 80 weavers go.",
    ]);
    expect(claims.every(({ verdict, citations }) => verdict === "supported" && citations.length > 0)).toBe(true);
    expect(mode).toBe("model:openai:gpt-4.1-mini");
    expect(usage?.input_tokens).toBeGreaterThan(0);
  });

  test("what the judge reads otherwise is contradicted; a number that is wrong whatever it says", async () => {
    scene.play({ judge: refusing("linen") });
    const claims = (
      await scene.app.briefing.check("Orla Venn spoke of good sales of linen. The library of Tessmar holds 70,000 books.")
    ).claims;
    expect(claims.map(({ verdict }) => verdict)).toEqual(["contradicted", "contradicted"]);
  });

  test.each<[string, Play]>([
    ["silence", { claims: () => ({ do: "silence" }) }],
    ["garbage", { claims: () => "The claims are true." }],
  ])("%s: the text is split by its wording, and a warning says so", async (_, play) => {
    scene.play(play);
    const { claims, warnings, mode } = await scene.app.briefing.check(TEXT);
    expect(claims).toHaveLength(3);
    expect(mode).toBe("extractive");
    expect(warnings.join()).toMatch(/in time|could not be used|unusable|reply/i);
  });
});

test("a provider that goes down in the middle of a digest: what was written stands, the rest is quoted, and a line says so", async () => {
  const towns = "Aldby Borley Corfell Dunsey Elmarn Farlow Gantry Hexlow Ilver Jarden".split(" ");
  const many = await openModelScene(
    towns.map((town, at) =>
      note(
        `Fair in ${town}`,
        "Coast News",
        "2031-03-08",
        [
          `The spring fair of ${town} drew ${310 + 17 * at} traders on 8 March 2031.`,
          ...Array.from(
            { length: 40 },
            (_, n) => `At stall ${n + 1} in ${town} somebody sold ${at + n + 2} baskets of ${town} wool.`,
          ),
        ].join(" "),
      ),
    ),
    { now: "2031-03-08T20:00:00Z" },
  );
  try {
    let requests = 0;
    many.play({
      entries: (asked) => {
        requests += 1;
        if (requests > 1) return refuse(401, "revoked");
        return {
          entries: asked.entries.map(({ entry, passages }) => {
            const town = towns.find((name) => citing(asked, [`fair of ${name}`], passages).length > 0) ?? "";
            const at = towns.indexOf(town);
            const said = {
              text: `Some ${310 + 17 * at} traders came to the spring fair of ${town}.`,
              cites: citing(asked, [`fair of ${town}`], passages),
            };
            return { entry, headline: { ...said, text: `Traders come to ${town}` }, sentences: [said], disagreements: [] };
          }),
        };
      },
    });
    const { items, mode, warnings } = await many.app.briefing.digest({ date: "2031-03-08" });
    expect(requests).toBeGreaterThan(1);
    const methods = items.map(({ sentences: [first] }) => first?.check.method);
    expect(methods).toHaveLength(towns.length);
    expect(methods).toContain("facts and judge");
    expect(methods).toContain("verbatim");
    const quoted = methods.filter((method) => method === "verbatim").length;
    expect(mode).toBe("model:openai:gpt-4.1-mini");
    expect(warnings.join("\n")).toContain(`${quoted} of ${towns.length} entries are made of quotations instead.`);
    expect(warnings.join("\n")).toMatch(/key|refused|401/i);
  } finally {
    await many.close();
  }
}, 60_000);
