import { clusterEvents, tellingOf } from "../../src/briefings/digest/cluster-events.ts";
import { createDigester } from "../../src/briefings/digest/digester.ts";
import type { Embedder } from "../../src/models/embedder.ts";
// A made-up month, a digest a day, with the real sentence model: what became of its events.
import type { Digest, DigestItem } from "../../src/results.ts";
import { documentOf, newsLibrary, passageOf } from "./news-library.ts";
import type { NewsItem } from "./news-month.ts";

export interface MonthFigures {
  digests: Digest[];
  /** Pairwise F1 of grouping the whole month at once: over all events, those with an odd and those with an even number. */
  f1: { all: number; odd: number; even: number };
  /** Events that stand in more than one entry of a digest: day, event, and the texts of each entry. */
  twice: string[];
  /** Entries that hold more than one event. */
  mixed: string[];
  /** Entries of nothing but what had been told. */
  repeated: string[];
  later: number;
  updates: number;
  sided: number;
  /** Of those, events whose two numbers do not both stand in the entry. */
  oneSided: string[];
}

export async function monthFigures(items: readonly NewsItem[], embedder: Embedder): Promise<MonthFigures> {
  const library = await newsLibrary(items, embedder);
  const itemOf = (id: string): NewsItem => {
    const item = library.items.get(id);
    if (item === undefined) throw new Error(`no item ${id}`);
    return item;
  };
  const digests: Digest[] = [];
  for (let day = 0; day < 30; day += 1) {
    const now = new Date(Date.UTC(2031, 2, 1 + day, 23, 30));
    const embedSentences = (texts: readonly string[]) => embedder.embed(texts, "query");
    const digester = createDigester({ clock: { now: () => now }, embedSentences, notices: async () => [] });
    digests.push(await digester.digest(library, { date: now.toISOString().slice(0, 10) }));
  }
  const eventsOf = ({ documents }: DigestItem): Set<number> =>
    new Set(documents.map((id) => itemOf(id).event).filter((event) => event !== -1));
  const shown = ({ documents }: DigestItem): string =>
    documents.map((id) => `${itemOf(id).kind}: ${itemOf(id).text}`).join(" + ");
  const twice = digests.flatMap(({ items: entries, date }) => {
    const events = new Set(entries.flatMap((entry) => [...eventsOf(entry)]));
    return [...events].flatMap((event) => {
      const holding = entries.filter((entry) => eventsOf(entry).has(event));
      return holding.length < 2 ? [] : [`${date}, event ${event}: ${holding.map(shown).join(" | ")}`];
    });
  });
  const entries = digests.flatMap((digest) => digest.items);
  const kindsOf = ({ documents }: DigestItem): Set<string> => new Set(documents.map((id) => itemOf(id).kind));
  const later = entries.filter((entry) => kindsOf(entry).has("later"));
  const sided = items.filter(({ kind }) => kind === "other side");
  const oneSided = sided.filter((item) => {
    const entry = digests[item.day]?.items.find(({ documents }) => documents.includes(item.id));
    const number = /\d+/.exec(item.text)?.[0] ?? "";
    const told = [...(entry?.sentences ?? []), ...(entry?.disagreements ?? []).flatMap(({ sides }) => sides)].map(
      ({ text }) => text,
    );
    const both = told.some((text) => text.includes(number)) && told.some((text) => !text.includes(number));
    return (entry?.documents.length ?? 0) < 2 || !both;
  });
  return {
    digests,
    f1: await pairwiseF1(items, (id) => library.leadVectors(id, 1)),
    twice,
    mixed: entries.filter((entry) => eventsOf(entry).size > 1).map(shown),
    repeated: entries.filter((entry) => [...kindsOf(entry)].every((kind) => kind === "repeat")).map(({ headline }) => headline),
    later: later.length,
    updates: later.filter(({ earlier }) => earlier !== null).length,
    sided: sided.length,
    oneSided: oneSided.map(({ text }) => text),
  };
}

async function pairwiseF1(
  items: readonly NewsItem[],
  vectorsOf: (id: string) => Promise<Float32Array[]>,
): Promise<MonthFigures["f1"]> {
  const tellings = [];
  for (const item of items) tellings.push(tellingOf(documentOf(item), [passageOf(item)], (await vectorsOf(item.id))[0] ?? null));
  const group = new Map<string, number>();
  clusterEvents(tellings).forEach((each, at) => each.forEach(({ document }) => group.set(document.id, at)));
  const over = (own: readonly NewsItem[]): number => {
    let [right, wrong, missed] = [0, 0, 0];
    own.forEach((a, at) => {
      for (const b of own.slice(at + 1)) {
        const same = a.event !== -1 && a.event === b.event;
        const found = group.get(a.id) === group.get(b.id);
        if (same && found) right += 1;
        else if (same) missed += 1;
        else if (found) wrong += 1;
      }
    });
    return (2 * right) / (2 * right + wrong + missed);
  };
  const half = (rest: 0 | 1): number => over(items.filter(({ event }) => event === -1 || event % 2 === rest));
  return { all: over(items), odd: half(1), even: half(0) };
}
