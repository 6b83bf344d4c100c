// Questions for one thing, put in other words than the news: found, said first, and nothing else around it. Made-up texts, the real chain.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFolder, type SeedBriefing } from "../support/seed-briefing.ts";

const TEXTS: [head: { title: string; publisher: string; published: string }, text: string][] = [
  [
    { title: "Brannock Mining cuts deep at Ostrel", publisher: "Northern Courier", published: "2031-02-11" },
    "Brannock Mining made 260 miners redundant at its Ostrel pit on Monday, a fifth of those who go underground there. The pit delivered 41,000 tonnes of zinc last year.\n\n" +
      "Managing director Petra Vinje said that the price of zinc had halved since summer. Those who go will get ten weeks of severance pay.\n\nThe smelter in Callis is not touched by the measure.",
  ],
  [
    { title: "Unions count fewer notices at Ostrel", publisher: "Callis Messenger", published: "2031-02-13" },
    "Brannock Mining laid off 190 miners at Ostrel, not 260, the pit workers' union said on Wednesday. The rest had left in autumn.\n\nThe union will go to the labour court, which is due to hear the case on 9 June 2031.",
  ],
  [
    { title: "Lumio takes over Hesk", publisher: "Trade Notes", published: "2030-04-20" },
    "The lighting group Lumio bought the lamp maker Hesk on Tuesday for 75 million crowns. Hesk was set up by Arno Tell in 1987.\n\nLumio's shares lost 2 percent after the news. Hesk wants to take on 40 engineers in Fosna by autumn.",
  ],
  [
    { title: "Silje Marr to step down", publisher: "Northern Courier", published: "2031-04-04" },
    "Transport minister Silje Marr will step down on 3 May 2031, her office said on Friday. She will be succeeded by Odd Renner, who now runs the port of Fosna.\n\nThe office gave no reason. The opposition had called the minister tired.",
  ],
  [
    { title: "Ringdal lift the cup", publisher: "Sports Page", published: "2031-05-18" },
    "Ringdal beat Tolvik 3-1 in the cup final on Saturday before 18,500 spectators. Nora Eide scored twice.\n\nIt is the first cup for coach Sven Aker. Tolvik lost their captain to a red card.",
  ],
  [
    { title: "Storm Ragna hits Sund", publisher: "Callis Messenger", published: "2031-01-20" },
    "Storm Ragna killed eleven villagers on the coast of Sund on Sunday. Some 3,400 residents had to leave their homes.\n\nThe power failed in 16 villages. Governor Tora Lind asked the army to help with boats.",
  ],
  [
    { title: "Bank of Tolvik lifts its rate", publisher: "Trade Notes", published: "2031-03-06" },
    "The Bank of Tolvik raised its key rate to 3.25 percent from 3 percent on Thursday. Governor Amal Reyes said that rents were rising too fast.",
  ],
  [
    { title: "Four moons for Ymir", publisher: "Science Letter", published: "2031-03-28" },
    "Astronomers at Mount Orsa have detected four small moons around the planet Ymir. The work was led by Hana Okabe, who built the camera.\n\nThe camera cost 6 million crowns.",
  ],
];

let briefing: SeedBriefing;
const folder = mkdtempSync(path.join(tmpdir(), "asked-otherwise-"));

beforeAll(async () => {
  const corpus = path.join(folder, "corpus");
  mkdirSync(corpus);
  TEXTS.forEach(([head, text], n) => {
    const lines = Object.entries(head).map(([key, value]) => `${key}: ${value}`);
    writeFileSync(path.join(corpus, `${n}.md`), `---\n${lines.join("\n")}\n---\n\n${text}\n`);
  });
  briefing = await openFolder(corpus, "2031-06-01T12:00:00Z");
}, 60_000);

afterAll(async () => {
  await briefing.close();
  rmSync(folder, { recursive: true, force: true });
});

const TOLD: [question: string, expected: string][] = [
  ["How many people did Brannock Mining lay off?", "260|190"],
  ["How many workers did Brannock fire at Ostrel?", "260|190"],
  ["How many jobs were cut at Brannock Mining?", "260|190"],
  ["how many staff did brannock dismiss", "260|190"],
  ["When is the labour court hearing?", "9 June 2031"],
  ["Who owns Hesk?", "Lumio"],
  ["How much did Lumio pay for Hesk?", "75 million"],
  ["What did Hesk cost?", "75 million"],
  ["When was Hesk founded?", "1987"],
  ["Who founded Hesk?", "Arno Tell"],
  ["How many people does Hesk plan to hire?", "40 engineers"],
  ["When does Silje Marr leave?", "3 May 2031"],
  ["when does marr resign", "3 May 2031"],
  ["Who replaces Silje Marr?", "Odd Renner"],
  ["Who won the cup final?", "Ringdal"],
  ["How many people watched the cup final?", "18,500"],
  ["How many people died in storm Ragna?", "eleven"],
  ["How many people were displaced by storm Ragna?", "3,400"],
  ["how many people were killed in sund", "eleven"],
  ["What was the key rate in March?", "3.25"],
  ["How many moons were discovered around Ymir?", "four"],
  ["How much money did the camera cost?", "6 million"],
];
// A measured set: 7 of 22 and 7 of 8 since the table of words that was written beside it went, for which real pages were answered better
// (first sentences right 16 of 30, 14 with it). Whoever ranks better raises the figures.
test("questions put in other words than the news: said first, with little around it", async () => {
  const right = [];
  for (const [question, expected] of TOLD) {
    const { sentences } = await briefing.ask(question);
    right.push(new RegExp(`\\b(?:${expected})`).test(sentences[0]?.text ?? "") && sentences.length <= 2);
  }
  expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(7);
}, 60_000);

test("a name typed in small letters is read as the texts write it, without a word about it", async () => {
  const { question, warnings } = await briefing.ask("did hesk ask the power plant of sund for help");
  expect(question).toBe("did Hesk ask the power plant of Sund for help");
  expect(warnings.join()).not.toContain("Read as");
});
