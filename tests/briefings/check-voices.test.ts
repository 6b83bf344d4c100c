// What a check says beside its verdict: whose words it rests on, what was earlier, and that the halves of a sentence are about one event.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkText } from "../../src/briefings/check.ts";
import type { Judge } from "../../src/models/judge.ts";
import type { CheckedClaim } from "../../src/results.ts";
import { createVerifier } from "../../src/verify/verifier.ts";
import { article } from "../support/documents.ts";
import { openNotes, type NotesIndex } from "../support/notes-index.ts";

const NOTES = [
  article("rate-autumn.md", "The Bank of Osk raised its deposit rate by a quarter of a point to 2.25 percent on Thursday.", {
    publisher: "Osk Courier",
    published: "2031-10-09",
    title: "Bank of Osk raises deposit rate to 2.25 percent",
    genre: "report",
  }),
  article("rate-summer.md", "The Bank of Osk raised its deposit rate to 2 percent from 1.75 percent on Thursday.", {
    publisher: "Osk Courier",
    published: "2031-06-04",
    title: "Bank of Osk lifts deposit rate to 2 percent",
    genre: "report",
  }),
  article(
    "toll-autumn.md",
    "The Tarn Bridge Authority raised the toll for lorries to 14 crowns. Four of the seven board members voted for the rise.\n\n" +
      "Transport Minister Edda Roke called the rise a burden. Roke told the station Radio Tarn that it would drive away 300 hauliers. She did not say how she had reached the figure.\n\n" +
      "Union leader Sven Maltby accused Roke of inaction and called for her dismissal. Roke said that she would not resign.",
    {
      publisher: "Tarn Herald",
      published: "2031-10-06",
      author: "Ulla Brandt",
      title: "Bridge toll rises to 14 crowns",
      genre: "report",
    },
  ),
  article(
    "toll-spring.md",
    "The Tarn Bridge Authority raised the toll for lorries to 12 crowns. The decision of the board was unanimous.",
    {
      publisher: "Tarn Herald",
      published: "2031-03-04",
      author: "Ulla Brandt",
      title: "Bridge toll rises to 12 crowns",
      genre: "report",
    },
  ),
  article(
    "brewery.md",
    "The Osk brewery was founded in 1962 and was bought by the group Hallmark Vell in 2024 for 18 million crowns.\n\n" +
      "The brewery is not planning a second plant in Osk, its director Jana Pohl said. She added that exports had doubled since the sale.\n\n" +
      "Petra Lind, who designed the bottle, left in May. The label was drawn by Omar Kessel, a student in Osk.",
    {
      publisher: "Osk Courier",
      published: "2031-09-12",
      author: "Theo Marsh",
      title: "Osk brewery after the sale",
      genre: "report",
    },
  ),
];

NOTES.push(
  article(
    "harbour.md",
    "The head of the dockers' union, Olaf Brenn, accused the port of Kell of hiding three accidents. “The port falsified its safety records for two years,” Brenn told reporters on Monday. The port of Kell employs 900 people.",
    { publisher: "Kell Times", published: "2031-10-09", title: "Union attacks port", genre: "report" },
  ),
);

describe("a check says whose words a claim rests on", () => {
  let index: NotesIndex;
  beforeAll(async () => {
    index = await openNotes(NOTES);
  }, 60_000);
  afterAll(() => index.close());

  const check = async (text: string): Promise<CheckedClaim[]> =>
    (await checkText(text, { retrieve: (query) => index.retriever.retrieve(query, { k: 12 }), verifier: index.verifier })).claims;

  test.each([
    ["The toll rise will drive away 300 hauliers.", "supported", "Said by Edda Roke in Tarn Herald (6 Oct 2031, report)."],
    ["Exports have doubled since the sale.", "supported", "Said by Jana Pohl in Osk Courier"],
    ["The port of Kell hid three accidents.", "supported", "Said by Olaf Brenn in Kell Times"],
    ["The port falsified its safety records for two years.", "supported", "Said by Olaf Brenn in Kell Times"],
    ["The port of Kell employs 900 people.", "supported", "Kell Times (9 Oct 2031, report) says so, in close words."],
    ["The Osk brewery was founded in 1962.", "supported", "Osk Courier (12 Sep 2031, report) says so, in close words."],
    ["The deposit rate is 2.25 percent.", "supported", "Earlier: 2 percent (4 Jun 2031)."],
    ["The deposit rate is 2 percent.", "supported", "Later: 2.25 percent (9 Oct 2031)."],
    ["Edda Roke resigned.", "contradicted", "Tarn Herald (6 Oct 2031, report) has it otherwise"],
    ["Edda Roke said she would resign.", "contradicted", "Tarn Herald (6 Oct 2031, report) has it otherwise"],
    ["The Osk brewery is planning a second plant in Osk.", "contradicted", "has it otherwise: "],
    ["The Osk brewery was bought by Hallmark Vell in 2022.", "contradicted", "says 2022, the source says 2024"],
    [
      "Edda Roke said the toll rise would drive away 300 hauliers.",
      "supported",
      "Tarn Herald (6 Oct 2031, report) says so, in close words.",
    ],
  ])("%s", async (text, verdict, why) => {
    const [claim] = await check(text);
    expect(claim).toMatchObject({ verdict, why: expect.stringContaining(why) });
  });

  test("an accusation that a judge finds in other words is the speaker's, not the paper's", async () => {
    const supported = { verdict: "supported", score: 1, reason: "it says so" } as const;
    const judge: Judge = {
      name: "agrees",
      reads: "judge",
      judge: async (claims) => ({ judgements: claims.map(() => supported), usage: null }),
    };
    const verifier = createVerifier({ judge, wording: judge });
    const found = await checkText("Kell's port forged its safety papers.", {
      retrieve: (query) => index.retriever.retrieve(query, { k: 12, filter: { publisher: "Kell Times" } }),
      verifier,
    });
    expect(found.claims[0]).toMatchObject({
      verdict: "supported",
      why: expect.stringMatching(/^Said by Olaf Brenn in Kell Times/),
    });
  });

  test.each(["Maltby called for Roke's dismissal.", "Petra Lind designed the bottle.", "Maltby accused Roke of inaction."])(
    "support where the same one did it: %s",
    async (text) => {
      const [claim] = await check(text);
      expect(claim?.verdict).toBe("supported");
    },
  );

  test.each([
    ["The Tarn Bridge Authority raised the toll for lorries to 14 crowns, and the decision was unanimous.", "not_covered"],
    ["The Tarn Bridge Authority raised the toll for lorries to 14 crowns. The decision was unanimous.", "not_covered"],
    ["The Tarn Bridge Authority raised the toll for lorries to 12 crowns, and the decision was unanimous.", "supported"],
    ["The Tarn Bridge Authority raised the toll for lorries to 12 crowns. The decision was unanimous.", "supported"],
  ])("the second half is looked for in the event of the first: %s", async (text, verdict) => {
    const [first, second] = await check(text);
    expect([first?.verdict, second?.verdict]).toEqual(["supported", verdict]);
  });
});
