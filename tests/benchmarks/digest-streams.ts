// Events of real news: the 982 texts of ECB+ on 86 events that people told apart, as two streams of two weeks (the texts of 2008, and those that were added
// five years later on other events of the same kinds), and both at once, where each event has a twin. Counts both errors: an event told twice among
// what a day brings, an entry of two events. ECB+ is not shipped: its XML stands in ECB+_LREC2014/ECB+ of github.com/tommasoc80/EventStoryLine. Build and run:
//   npx esbuild tests/benchmarks/digest-streams.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/digest-streams.mjs
//   node dist/digest-streams.mjs ECB+
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { clusterEvents, type Telling, tellingOf } from "../../src/briefings/digest/cluster-events.ts";
import { chunkArticle } from "../../src/index/chunk.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { articleOf } from "./evaluation/article.ts";
import { createCachedEmbedder } from "./evaluation/cached-embedder.ts";

interface Told {
  event: string;
  day: number;
  telling: Telling;
}

const [corpus = ""] = process.argv.slice(2);
const DAYS = 10;
/** Hours after an event at which texts on it come. */
const AFTER = [0, 5, 10, 14, 24, 31, 48, 74];

/** The same for the same text at every run. */
const chance = (text: string, of: number): number => createHash("md5").update(text).digest().readUInt32BE() % of;

const plain = (tokens: readonly string[]): string =>
  tokens
    .join(" ")
    .replace(/&quot;|``|''/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, "&")
    .replace(/ ([.,;:!?)%]|'s\b|n't\b|'re\b|'ve\b|'ll\b)/g, "$1")
    .replace(/([($]) /g, "$1")
    .replace(/(\w) - (\w)/g, "$1-$2");

/** Without the address and the lines of time in front; a short line without a full stop is the title. */
function read(topic: string, file: string): { title: string | null; text: string } {
  const xml = readFileSync(path.join(corpus, topic, file), "utf8");
  const sentences: string[][] = [];
  for (const [, at, token] of xml.matchAll(/<token t_id="\d+" sentence="(\d+)"[^>]*>(.*?)<\/token>/g))
    (sentences[Number(at)] ??= []).push(token ?? "");
  const told = sentences.filter((tokens) => !/^https?:/.test(tokens.join(""))).map(plain);
  while (told.length > 1 && (told[0]?.length ?? 0) < 60 && /\b(?:19|20)\d\d\b/.test(told[0] ?? "")) told.shift();
  const [first = ""] = told;
  const title = told.length > 1 && first.length < 110 && !/[.!?"]$/.test(first) ? first : null;
  return { title, text: (title === null ? told : told.slice(1)).join(" ") };
}

const embedder = await createCachedEmbedder(createOnnxEmbedder(), path.join(tmpdir(), "briefing-eval-vectors"));
const all: Told[] = [];
for (const topic of readdirSync(corpus).filter((name) => /^\d+$/.test(name)))
  for (const file of readdirSync(path.join(corpus, topic)).filter((name) => name.endsWith(".xml"))) {
    const id = file.replace(".xml", "");
    const { title, text } = read(topic, file);
    if (text.length <= 100) continue;
    const { document, ...article } = articleOf({ id, title, text, genre: "report" });
    const drafts = [...chunkArticle({ ...article, document })];
    const [vector = null] = await embedder.embed([`${drafts[0]?.context}\n${drafts[0]?.text}`.trim()], "passage");
    // the twin of an event comes within the same days
    const late = id.endsWith("plus") ? chance(`twin ${topic}`, 5) : 0;
    const hours = (((Number(topic) * 7) % DAYS) + late) * 24 + (AFTER[chance(id, AFTER.length)] ?? 0);
    const published = new Date(Date.UTC(2031, 2, 1, hours)).toISOString();
    const passages = drafts.slice(0, 3).map((draft) => ({ ...draft, id: 0, document }));
    const telling = tellingOf({ ...document, published }, passages, vector);
    all.push({ event: `${topic}${id.endsWith("plus") ? "+" : ""}`, day: Math.floor(hours / 24), telling });
  }
await embedder.close();

/** Events of a day and those told twice, entries of a day and those of two events, pairs found together rightly, wrongly, and missed. */
type Counts = Record<"events" | "twice" | "entries" | "mixed" | "right" | "wrong" | "missed", number>;

function count(told: readonly Told[], counts: Counts): void {
  const groupOf = new Map<string, number>();
  clusterEvents(told.map(({ telling }) => telling)).forEach((group, at) =>
    group.forEach(({ document: { id } }) => groupOf.set(id, at)),
  );
  const placed = told.map(({ event, day, telling }) => ({ event, day, group: groupOf.get(telling.document.id) ?? -1 }));
  for (const day of new Set(placed.map((one) => one.day))) {
    const today = placed.filter((one) => one.day === day);
    for (const event of new Set(today.map((one) => one.event))) {
      counts.events += 1;
      if (new Set(today.filter((one) => one.event === event).map(({ group }) => group)).size > 1) counts.twice += 1;
    }
    for (const group of new Set(today.map((one) => one.group))) {
      counts.entries += 1;
      // with what was told of it before
      const held = placed.filter((one) => one.group === group && one.day <= day);
      if (new Set(held.map(({ event }) => event)).size > 1) counts.mixed += 1;
    }
  }
  placed.forEach((a, at) => {
    for (const b of placed.slice(at + 1)) {
      const [same, found] = [a.event === b.event, a.group === b.group];
      if (same || found) counts[same && found ? "right" : same ? "missed" : "wrong"] += 1;
    }
  });
}

function report(what: string, streams: readonly (readonly Told[])[]): void {
  const counts: Counts = { events: 0, twice: 0, entries: 0, mixed: 0, right: 0, wrong: 0, missed: 0 };
  for (const told of streams) count(told, counts);
  const { events, twice, entries, mixed, right, wrong, missed } = counts;
  const share = (part: number, whole: number): string => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
  const f1 = ((2 * right) / (2 * right + wrong + missed)).toFixed(3);
  console.log(
    `${what}: events told twice ${share(twice, events)}, entries of two events ${share(mixed, entries)}, pairs F1 ${f1}`,
  );
}

const few = (told: readonly Told[], most: number): Told[] => {
  const counts = new Map<string, number>();
  return told.filter(({ event }) => {
    counts.set(event, (counts.get(event) ?? 0) + 1);
    return (counts.get(event) ?? 0) <= most;
  });
};
const [first, second] = [all.filter(({ event }) => !event.endsWith("+")), all.filter(({ event }) => event.endsWith("+"))];
for (const [what, told] of [
  ["2008", first],
  ["2013", second],
  ["with twins", all],
] as const) {
  report(`${what}, all texts`, [told]);
  report(`${what}, four texts an event`, [few(told, 4)]);
}
const events = [...new Set(all.map(({ event }) => event))];
const drawn = <T>(list: readonly T[], seed: string, name: (one: T) => string): T[] =>
  list.toSorted((a, b) => chance(seed + name(a), 1e9) - chance(seed + name(b), 1e9));
const days = Array.from({ length: 40 }, (_, at) => {
  const chosen = drawn(events, `day ${at}`, (event) => event).slice(0, 12);
  const told = drawn(
    all.filter(({ event }) => chosen.includes(event)),
    `day ${at}`,
    ({ telling }) => telling.document.id,
  );
  return few(told, 3).map(({ event, telling }) => ({ event, day: 0, telling: { ...telling, at: 0 } }));
});
report("forty days of twelve events, three texts each", days);
