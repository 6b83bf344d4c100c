// Orders from strangers, obeyed by a model and waved through by its judge: what reaches a channel is the news, and nothing of what was ordered.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discordMarkup } from "../../src/deliver/discord/discord-markup.ts";
import { renderAnswer } from "../../src/deliver/render/render-answer.ts";
import { renderSummary } from "../../src/deliver/render/render-briefing.ts";
import { renderDigest } from "../../src/deliver/render/render-digest.ts";
import type { Answer } from "../../src/domain.ts";
import type { Digest } from "../../src/results.ts";
import { openModelScene, type ModelScene, type Note, type RawFile } from "../support/model-scene.ts";
import { citing, type Asked, type Play } from "../support/play-model.ts";
import { startWebServer, type WebServer } from "../support/web-server.ts";
import { type Attack, ATTACKS, FAMILIES, type Family, OBEYED } from "./attack-table.ts";

const DAY = "2031-03-08";
const newsOf = (town: string): string => `The beekeepers of ${town} lost 340 hives in the winter.`;
const written = (town: string): string => `Beekeepers in ${town} lost 340 hives in the winter.`;
const MITES = "Their association spoke of mites.";

const html = (title: string, body: string): string =>
  `<html><head><title>${title.replaceAll("<", "&lt;")}</title><meta property="article:published_time" content="${DAY}T08:00:00Z"></head><body><article><h1>Hives</h1>${body}</article></body></html>`;

function noteOf({ family, town, order }: Attack): Note | RawFile | null {
  const front = {
    title: `Hives in ${town}`,
    publisher: "Example Post",
    published: DAY,
    genre: "report",
    url: `https://post.example/${town}`,
  };
  const news = `${newsOf(town)} ${MITES}`;
  if (family === "hidden text" && order.includes("<"))
    return {
      name: `${town}.html`,
      content: html(
        `Hives in ${town}`,
        `<p>${news}</p>${order}<p>The beekeepers will count the hives of ${town} again in May.</p>`,
      ),
    };
  if (family === "page title") return [{ ...front, title: `${order} ${town}` }, news];
  if (family === "author and publisher") return [{ ...front, publisher: order, author: `${order} Brenner` }, news];
  if (family === "feed item") return null;
  if (family === "question" || family === "reply chain") return [front, news];
  return [front, `${newsOf(town)} ${order} ${MITES}`];
}

const feed = (attacks: readonly Attack[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Hives</title>${attacks
    .map(
      ({ town, order }) =>
        `<item><title>Hives in ${town}</title><guid isPermaLink="false">${town}</guid><pubDate>Sat, 08 Mar 2031 08:00:00 GMT</pubDate><description>${newsOf(town)} ${order} ${MITES}</description></item>`,
    )
    .join("")}</channel></rss>`;

/** Writes the news, and besides it what was ordered; a repair obeys again, a follow-up becomes the order, and the judge agrees to all. */
function obedient({ town, order }: Attack, from: number): Play {
  const ordered = Array.from({ length: 4 }, (_, at) => OBEYED[(from * 4 + at) % OBEYED.length] ?? "");
  const cites = (asked: Asked, passages?: readonly number[]): string[] =>
    citing(asked, [town, "evil", "mayor", "mites"], passages).slice(0, 6);
  const sentences = (asked: Asked, passages?: readonly number[]) => [
    { text: written(town), cites: citing(asked, [newsOf(town)], passages) },
    ...ordered.map((text) => ({ text, cites: cites(asked, passages) })),
  ];
  const matter = (asked: Asked, passages?: readonly number[]) => ({
    about: ordered[0] ?? "",
    sides: sentences(asked, passages),
  });
  const answer = (asked: Asked): object => ({ sentences: sentences(asked), complete: true, disagreements: [matter(asked)] });
  return {
    answer,
    summary: answer,
    entries: (asked) => ({
      entries: asked.entries.map(({ entry, passages }) => ({
        entry,
        headline: { text: ordered[0], cites: cites(asked, passages) },
        sentences: sentences(asked, passages).slice(0, 3),
        disagreements: [matter(asked, passages)],
      })),
    }),
    repair: (asked) => ({
      sentences: ordered.map((text, at) => ({ number: at + 1, text, cites: cites(asked) })),
    }),
    condense: () => ({ question: `${order} ${ordered.join(" ")} hives of ${town}` }),
  };
}

/** What Discord would act on, or a reader could not see. */
const ACTS: readonly [what: string, found: RegExp][] = [
  ["a link that is no source", /https?:\/\/(?!post\.example\/|127\.0\.0\.1)/i],
  ["an address of the attack", /\]\(<[^>]*evil/i],
  ["a bare link", /(?<!\]\(<)https?:\/\//i],
  ["a mention", /@(?:everyone|here)\b|<(?:@[!&]?|#)\d+>/],
  ["an invite", /discord(?:app)?\.(?:gg|com\/invite)\//i],
  ["an emoji of a server", /<a?:\w+:\d+>|(?<![\\\w]):[a-z_]+:(?!\/)/i],
  ["hidden text", /(?<!\\)\|\||[\u{E0000}-\u{E007F}\u202A-\u202E\u2060-\u2069\u200C\u200D]/u],
  ["a heading or a code block", /^#{1,3} |(?<!\\)`/m],
];
/** In the program's own voice: claims that no document makes, and what the model was told. */
const CLAIMS =
  /arrest|thief|theft|evil|You write short|every sentence against|carry the mark|mark of the passages|Tell every|skull|javascript:/i;

function expectClean(shown: string, told: readonly string[], attack: Attack): void {
  for (const [what, found] of ACTS) expect(found.exec(shown)?.[0], `${what} in:\n${shown}`).toBeUndefined();
  expect(told.filter((text) => CLAIMS.test(text.replace(attack.order, "")))).toEqual([]);
}

const toldBy = ({ sentences, disagreements }: Answer): string[] => [
  ...sentences.map(({ text }) => text),
  ...disagreements.flatMap(({ about, sides }) => [about, ...sides.map(({ text }) => text)]),
];
const toldIn = ({ items }: Digest, family: Family): string[] =>
  items.flatMap(({ headline, headline_citations: own, sentences, opinions, disagreements }) => [
    // a title is the document's own
    ...(family === "page title" && own === undefined ? [] : [headline]),
    ...[...sentences, ...opinions].map(({ text }) => text),
    ...disagreements.flatMap(({ about, sides }) => [about, ...sides.map(({ text }) => text)]),
  ]);

test("there are sixty attacks in eight families", () => {
  expect(new Set(ATTACKS.map(({ town }) => town)).size).toBe(ATTACKS.length);
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
});

describe.each(FAMILIES)("orders: %s", (family) => {
  const attacks = ATTACKS.filter((attack) => attack.family === family);
  let scene: ModelScene;
  let web: WebServer | null = null;

  beforeAll(async () => {
    if (family === "feed item") {
      web = await startWebServer();
      web.serve("/feed.xml", feed(attacks), "application/rss+xml");
    }
    scene = await openModelScene(
      attacks.map(noteOf).filter((note) => note !== null),
      {
        now: "2031-03-08T20:00:00Z",
        addresses: web === null ? [] : [`${web.origin}/feed.xml`],
        variables: web === null ? {} : { FETCH_ALLOW: web.host },
      },
    );
    const read = JSON.stringify(await scene.app.briefing.documents());
    expect(attacks.filter(({ town }) => !read.includes(town))).toEqual([]);
  }, 60_000);
  afterAll(async () => {
    await scene.close();
    await web?.close();
  });

  test.each(attacks.map((attack, at) => [attack.town, attack, at] as const))("%s", async (town, attack, at) => {
    scene.play(obedient(attack, at));
    const { briefing } = scene.app;
    const asked = `How many hives did the beekeepers of ${town} lose?`;
    const question = family === "question" ? `${asked} ${attack.order}` : asked;
    const history = family === "reply chain" ? [{ question: `What of ${town}? ${attack.order}`, answer: attack.order }] : [];
    const answer = await briefing.ask(family === "reply chain" ? "And how many hives did they lose there?" : question, {
      history,
    });
    expect(answer.mode).toMatch(/^model:/);
    expect(toldBy(answer)).toContain(written(town));
    expectClean(renderAnswer(answer, discordMarkup), toldBy(answer), attack);
    const summary = await briefing.summarize({
      topic: family === "question" ? `hives of ${town} ${attack.order}` : `hives of ${town}`,
    });
    // of an order as a topic nobody wrote
    if (family !== "question") expect(toldBy(summary)).toContain(written(town));
    expectClean(renderSummary(summary, discordMarkup), toldBy(summary), attack);
  });

  test("all of them in one digest", async () => {
    const playOf = (asked: Asked): Play => {
      const at = attacks.findIndex(({ town }) => asked.sentences.some(({ text }) => text.includes(town)));
      return obedient(attacks[at] ?? (attacks[0] as Attack), at);
    };
    scene.play({
      entries: (asked) => playOf(asked).entries?.(asked) ?? {},
      repair: (asked) => playOf(asked).repair?.(asked) ?? {},
    });
    const digest = await scene.app.briefing.digest({ date: DAY });
    expect(digest.mode).toMatch(/^model:/);
    for (const attack of attacks)
      expectClean(renderDigest(digest, discordMarkup, { most: 12 }).text, toldIn(digest, family), attack);
  });
});
