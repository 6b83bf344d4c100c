// Which texts tell one event, with nearness of meaning given by hand.
import { expect, test } from "vitest";
import { clusterEvents, tellingOf } from "../../../src/briefings/digest/cluster-events.ts";
import { documentOf, passageOf } from "../../support/news-library.ts";
import type { NewsItem } from "../../support/news-month.ts";

/** Groups as lists of numbers of the texts, all as near in meaning as `meaning` says. */
function groups(texts: readonly string[], meaning: number): number[][] {
  const filler = ["Bees lost their hives.", "A choir sang in the harbour.", "Snow closed two passes."];
  const tellings = [...texts, ...filler].map((text, at) => {
    const item: NewsItem = {
      id: String(at),
      event: -1,
      day: 0,
      kind: "report",
      title: "News",
      publisher: `Paper ${at}`,
      published: "2031-03-01T08:00:00Z",
      genre: "report",
      text,
    };
    // one direction for those that are asked about, and one of its own each
    const near = at < texts.length ? meaning : 0;
    const vector = new Float32Array(texts.length + filler.length + 1);
    vector[0] = Math.sqrt(near);
    vector[at + 1] = Math.sqrt(1 - near);
    return tellingOf(documentOf(item), [passageOf(item)], vector);
  });
  return clusterEvents(tellings)
    .map((each) => each.map(({ document }) => Number(document.id)).toSorted((a, b) => a - b))
    .filter(([first]) => (first ?? 0) < texts.length)
    .sort(([a = 0], [b = 0]) => a - b);
}

test("one event in other words: a name that begins a sentence counts where another text shows that it is one", () => {
  const texts = [
    "The airline Halvion ordered 34 wide-body jets for its routes to Asia.",
    "Halvion placed the largest order in its history: 34 long-haul aircraft.",
  ];
  expect(groups(texts, 0.5)).toEqual([[0, 1]]);
});

test.each([
  ["names", ["Rower Karla Winrens won the single sculls by 54 seconds.", "Rower Toet Tak won the single sculls by 41 seconds."]],
  [
    "places",
    [
      "The town council of Asby banned fireworks on New Year's Eve.",
      "The town council of Orlow banned fireworks on New Year's Eve.",
    ],
  ],
  [
    "firms",
    [
      "Brodex recalls 20 thousand kettles because a handle can break.",
      "Tridex recalls 89 thousand kettles because a handle can break.",
    ],
  ],
])("reports of one mould with other %s are several events, however near in meaning", (_what, texts) => {
  expect(groups(texts, 0.95)).toEqual([[0], [1]]);
});

test("a copy with a line in front is one event with its original", () => {
  const text =
    "The bridge over the strait at Dunwick was closed after engineers saw cracks in 41 cables, and ferries carry commuters.";
  expect(groups([text, `(Coast Wire) ${text}`], 0.9)).toEqual([[0, 1]]);
});
