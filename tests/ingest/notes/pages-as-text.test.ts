// Pages saved as text: what belongs to the article and what to the site, on made-up pages and on known prose among random interface lines.
import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readText } from "../../../src/ingest/notes/read-text.ts";
import type { ReadResult } from "../../../src/ingest/read-result.ts";

const read = (text: string, path = "page.txt"): Promise<ReadResult> =>
  readText(Buffer.from(text), { path, url: null, contentType: null });
const blocksOf = (result: ReadResult): string[] => result.blocks.map((block) => result.text.slice(block.start, block.end));

const PROSE = [
  "The harbour council approved a new ferry line on Tuesday after two years of hearings.",
  "Officials said the first boats would sail in spring, once the eastern pier has been repaired.",
  "Share prices of the two ferry companies rose by four percent within an hour of the vote.",
  "Follow-up hearings are planned for the winter, and residents may hand in written questions until then.",
  '"Nobody asked the fishermen," said a spokesman for the boat owners, who fear for their moorings.',
  "Comments from the opposition were brief: its members had already voted against the budget in May.",
  "It was the third attempt.",
  "Print shops along the quay reported more orders than in any year since the bridge was closed.",
  "Home owners near the pier complained about noise; the council promised measurements at night.",
  "Reading the report aloud, the chairwoman stopped twice and asked that one figure be checked again.",
  "Email was down in the town hall for most of the day, so the minutes were copied out by hand.",
  "Related costs, among them dredging, are not part of the sum of 14.2 million that was approved.",
];
const INTERFACE = [
  "Share",
  "Tweet",
  "facebook",
  "Facebook Twitter WhatsApp",
  "icon-facebook icon-twitter icon-whatsapp",
  "print",
  "copy link",
  "loading",
  "Loading...",
  "Leave a Reply",
  "Your email address will not be published. Required fields are marked *",
  "Back to top button",
  "Views: 478",
  "1,204 views",
  "3 min read",
  "Follow us on Instagram",
  "Subscribe to our newsletter",
  "Sign up for our daily briefing and never miss a story",
  "© 2025 The Quay Gazette. All rights reserved.",
  "Any use of materials is allowed only if there is a hyperlink to quaygazette.example",
  "We use cookies to improve your experience.",
  "Accept all cookies",
  "Advertisement",
  "ads",
  "Related articles",
  "Most read",
  "You may also like",
  "Read also: Council votes on bridge",
  "Home | World | Politics | Sport",
  "WORLD",
  "Home > News > Harbour",
  "PoliticsEconomySocietyCulture",
  "A+",
  "A-",
  "ru",
  "night_theme",
  "WHAT ARE YOU LOOKING FOR ?",
  "Ссылка скопирована",
  "share-lineLiked the story? Share it on social media!",
  "#ferry #harbour",
  "https://quaygazette.example/ferry",
  "0 Comments",
  "Skip to main content",
  "Log in",
  "Teilen",
  "Читайте также",
  "Tags: ferry, harbour, council",
  "Photo: Quay Gazette archive",
  "12",
  "—",
  "5 hours ago",
  "By clicking subscribe you agree to our terms.",
  "Download our app",
  "Story continues below advertisement",
  "Save my name, email, and website in this browser for the next time I comment.",
  "Get it on Google Play",
];

test("known prose survives and no interface line gets in, in whatever order they stand", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(PROSE, { minLength: 1 }),
      fc.array(fc.tuple(fc.constantFrom(...INTERFACE), fc.nat(20)), { maxLength: 40 }),
      fc.constantFrom("\n", "\n\n", "\r\n\r\n"),
      async (prose, noise, gap) => {
        const lines = [...prose];
        const added = noise.map(([line, at]) => {
          lines.splice(at % (lines.length + 1), 0, line);
          return line;
        });
        const result = await read(lines.join(gap));
        const blocks = blocksOf(result);
        for (const sentence of prose) expect(blocks).toContain(sentence);
        for (const line of added) expect(blocks).not.toContain(line);
        expect(blocks).toHaveLength(prose.length);
      },
    ),
    { numRuns: 300 },
  );
});

test("blocks of any text are slices in order that leave only white space between them", async () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      ...PROSE,
      ...INTERFACE,
      "# Head",
      "- item",
      "> quote",
      "```",
      "| a | b |",
      "|---|---|",
      "---",
      "",
      "By Ann Lee",
      "Ann Lee",
      "Director of the Institute",
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), fc.constantFrom("a.txt", "a.md"), async (pieces, path) => {
      const result = await read(`${PROSE[0]}\n\n${pieces.join("\n")}`, path);
      let reached = 0;
      for (const block of result.blocks) {
        expect(result.text.slice(reached, block.start).trim()).toBe("");
        expect(block.end).toBeGreaterThan(block.start);
        reached = block.end;
      }
      expect(reached).toBe(result.text.length);
    }),
    { numRuns: 300 },
  );
});

const page = (head: string, foot: string, body = PROSE): string => `${head}\n\n${body.join("\n\n")}\n\n${foot}`;

test.each([
  [
    "portal with menus",
    page(
      "Menu\nHome\nWorld\nPolitics\nSearch\nQUAY GAZETTE\nLog in\nSunday\nHarbour council votes for a new ferry line\nBy Maria Lindholm\n12 March 2024 09:15\nShare\nTweet",
      "Tags: ferry\nRelated articles\nBridge to stay closed until autumn\nWho pays for the pier\n© 2024 Quay Gazette. All rights reserved",
    ),
    {
      title: "Harbour council votes for a new ferry line",
      author: "Maria Lindholm",
      published: "2024-03-12T09:15",
      publisher: "Quay Gazette",
    },
  ],
  [
    "byline with outlet below the text",
    page(
      "HarbourNewsEconomyTransport\n\nA ferry line after two years of hearings",
      "By Tomas Vega — Northern Press Agency\n\nLeave a Reply\n\nBack to top",
    ),
    {
      title: "A ferry line after two years of hearings",
      author: "Tomas Vega",
      publisher: "Northern Press Agency",
      published: null,
    },
  ],
  [
    "published and updated",
    page(
      "News\nFerry line approved by the council of the harbour\nJane Roe | Published: March 12, 2024 | Updated: March 13, 2024 10:05 AM GMT\nListen",
      "Newsletter",
    ),
    { title: "Ferry line approved by the council of the harbour", published: "2024-03-12", updated: "2024-03-13T10:05Z" },
  ],
  [
    "today's date in the masthead is not the article's",
    page(
      "Friday, 15 March 2024\nHome\nNews\nWeather\nOpinion\nCouncil approves a new ferry line\nBy Ann Lee and Bo Chen, Staff Writers\nMarch 12, 2024",
      "Comments",
    ),
    { title: "Council approves a new ferry line", author: "Ann Lee, Bo Chen", published: "2024-03-12" },
  ],
  [
    "figures that could be swapped are no date",
    page("Home\nCouncil approves a new ferry line\n04/03/2024\nShare", "Share"),
    { title: "Council approves a new ferry line", published: null },
  ],
  [
    "a dateline names the outlet",
    page("Share\nCouncil approves a new ferry line", "print", [
      "NORTHERN PRESS: The harbour council approved a ferry line on Tuesday, after two years of hearings.",
      ...PROSE,
    ]),
    { title: "Council approves a new ferry line", publisher: null, author: null },
  ],
  ["prose alone", PROSE.join("\n"), { title: null, author: null, publisher: null, published: null, updated: null }],
])("%s", async (_name, text, expected) => {
  const result = await read(text);
  expect(result).toMatchObject(expected);
  const blocks = blocksOf(result);
  for (const sentence of PROSE) expect(blocks).toContain(sentence);
  expect(blocks.length).toBeLessThanOrEqual(PROSE.length + 1);
});
