// What speaks against an answer: corrected, superseded and disputed news of several domains, over a real index of made-up reports.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DraftAnswer } from "../../src/answer/answerer.ts";
import type { Article } from "../../src/domain.ts";
import { type Conversation, openConversation } from "../support/conversation.ts";
import { article } from "../support/documents.ts";

const report = (title: string, published: string, text: string, publisher = "Norrin Courier"): Article =>
  article(`${title}.md`, text, { title, publisher, published, genre: "report" });

let news: Conversation;
beforeAll(async () => {
  news = await openConversation([
    report(
      "Selvin lowers blood pressure",
      "2031-03-02",
      "The drug Selvin lowers blood pressure in elderly patients, researchers at the Ardal clinic reported on Sunday. The trial of Selvin ran for two years at the Ardal clinic. The researchers called the drug cheap and safe.",
    ),
    report(
      "Journal retracts Selvin paper",
      "2031-06-20",
      "The drug Selvin does not lower blood pressure in elderly patients, the journal Heart Notes wrote on Friday. It retracted the paper of the Ardal clinic because of an error in the tables.",
    ),
    report(
      "Ferry fare goes up",
      "2031-01-10",
      "The Osk ferry company raised the fare for the crossing to 8 crowns on Friday. Passengers complained about the fare at the harbour.",
    ),
    report(
      "Ferry fare goes up again",
      "2031-05-09",
      "The Osk ferry company raised the fare for the crossing to 9.5 crowns on Friday. The company named the price of fuel as the reason.",
    ),
    report(
      "Brask Steel sheds workers",
      "2031-04-08",
      "Brask Steel dismissed 310 workers at its mill on Tuesday, about a fifth of all that it employs, two weeks after the loss of its largest customer. The mill makes rails and girders.",
    ),
    report(
      "Owner of Brask Steel gives lower number",
      "2031-04-09",
      "“Brask Steel dismissed 220 workers, not 310,” said Ida Molin, who speaks for the owner. The owner disputed reports of a higher number.",
      "Tolm Evening Post",
    ),
    report(
      "Quarry Reds sell record number of tickets",
      "2031-04-11",
      "The football club Quarry Reds sold 41,000 season tickets this year, the club said on Friday. The stadium of the Quarry Reds will be enlarged.",
    ),
    report(
      "Quarry Reds tickets counted",
      "2031-04-11",
      "The football club Quarry Reds sold 29,000 season tickets this year, the league said on Friday.",
      "Tolm Evening Post",
    ),
    report(
      "Glass workers walk out",
      "2031-04-20",
      "Some 900 workers of the Lomsund glass works walked out on Sunday. They demand a supplement of 30 percent for night shifts.",
    ),
    report(
      "Glass strike ends",
      "2031-04-29",
      "The strike at the Lomsund glass works ended on Tuesday with a supplement of 21 percent for night shifts.",
    ),
    report(
      "Harbour Blues sign striker",
      "2031-04-12",
      "The football club Harbour Blues signed the striker Tim Varro on Saturday. Varro scored 19 goals last year for the club of his home town.",
    ),
    report(
      "Talks in Vellin fail",
      "2031-02-03",
      "The talks between Orsava and Belmark in Vellin collapsed on Monday over the fishing quota. The delegations of Orsava and Belmark left Vellin the same evening.",
    ),
    report(
      "Accord in Vellin",
      "2031-02-04",
      "The talks between Orsava and Belmark in Vellin were a success, the host said on Tuesday. The delegations of Orsava and Belmark will meet again in Vellin in June.",
      "Tolm Evening Post",
    ),
  ]);
});
afterAll(() => news.close());

const ask = (...questions: string[]): Promise<DraftAnswer> => news.ask(...questions);
const sidesOf = ({ disagreements }: DraftAnswer): string =>
  disagreements.flatMap(({ sides }) => sides.map(({ text }) => text)).join("\n");

describe("a later report that corrects or replaces leads the answer, with its date", () => {
  test.each([
    ["Does Selvin lower blood pressure in elderly patients?", /20 Jun 2031.*does not lower/s, "2031-03-02"],
    ["What is the fare for the Osk ferry crossing?", /9 May 2031.*9\.5 crowns/s, "2031-01-10"],
    ["What is the fare for the Osk ferry crossing now?", /9\.5 crowns/, "2031-01-10"],
  ])("%s", async (question, leads, before) => {
    const answer = await ask(question);
    expect(answer.sentences[0]?.text).toMatch(leads);
    expect(answer.disagreements.flatMap(({ sides }) => sides.map(({ published }) => published))).toContain(before);
    expect(answer.disagreements[0]?.note).toMatch(/^The later report/);
  });

  test("a denial is told as one, without words that nobody wrote", async () =>
    expect((await ask("Does Selvin lower blood pressure in elderly patients?")).disagreements[0]?.note).toBe(
      "The later report (20 Jun 2031) says otherwise than the earlier one (2 Mar 2031).",
    ));

  test("a fare that has changed since is no dispute about why it went up", async () =>
    expect((await ask("Why did passengers complain about the fare at the harbour?")).disagreements).toEqual([]));

  test("of a day that is past the statement of that day is told", async () =>
    expect((await ask("What was the fare for the Osk ferry crossing in January 2031?")).sentences[0]?.text).toContain(
      "8 crowns",
    ));
});

test.each(["How many workers did Brask Steel dismiss?", "Did Brask Steel dismiss 310 workers?", "What happened at Brask Steel?"])(
  "the other number is told beside the first, not settled: %s",
  async (question) => {
    const answer = await ask(question);
    expect(sidesOf(answer)).toMatch(/310 workers at its mill[\s\S]*220 workers, not 310/);
    expect(answer.disagreements[0]?.note).toBe("Not settled: “310” (8 Apr 2031), “220” (9 Apr 2031).");
  },
);

test("what was asked for is not what was got", async () => {
  const answer = await ask("How did the strike at the Lomsund glass works end?");
  expect(answer.sentences[0]?.text).toContain("21 percent");
  expect(answer.disagreements).toEqual([]);
});

test.each(["What happened in Vellin?", "How did the talks in Vellin end?"])("two accounts of the talks: %s", async (question) => {
  const { disagreements } = await ask(question);
  expect(disagreements.map(({ about }) => about)).toEqual(["how it went: talks between Orsava and Belmark in Vellin"]);
});

test.each([
  ["Whom did the football club Harbour Blues sign?"],
  ["What does Brask Steel's mill make?", "what about the Harbour Blues?"],
  ["How did the talks in Vellin end?", "what about the Quarry Reds stadium?"],
])("what others tell differently about something else is not told: %s %s", async (...questions) => {
  const answer = await ask(...questions);
  expect(answer.sentences).not.toEqual([]);
  expect(sidesOf(answer)).not.toMatch(/talks|310/);
  if (!questions.some((question) => question.includes("Quarry"))) expect(sidesOf(answer)).toBe("");
});

describe("is that true?", () => {
  test.each([
    ["Does Selvin lower blood pressure?", /does not lower/],
    ["How many workers did Brask Steel dismiss?", /220 workers/],
  ])("what speaks against the answer to %s", async (question, other) => {
    for (const back of ["is that true?", "are you sure?"]) {
      const answer = await ask(question, back);
      expect(sidesOf(answer)).toMatch(other);
      expect(answer.warnings.join()).not.toContain("no other document");
      const cited = answer.disagreements.flatMap(({ sides }) => sides.flatMap(({ citations }) => citations));
      expect(answer.sources.map(({ n }) => n)).toEqual(expect.arrayContaining(cited));
    }
  });

  test("of what nobody disputes it says so", async () => {
    const answer = await ask("Whom did the football club Harbour Blues sign?", "is that true?");
    expect(answer.disagreements).toEqual([]);
    expect(answer.warnings.join()).toContain("I saw no other document dispute it");
  });

  test("of an answer that goes on, where the sides were not set out", async () => {
    const answer = await ask("What does Brask Steel's mill make?", "tell me more", "is that true?");
    expect(sidesOf(answer)).toMatch(/220 workers/);
  });
});
