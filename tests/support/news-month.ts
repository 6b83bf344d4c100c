// A month of made-up news, the same for the same seed: events told by several outlets in different words and on several days, copies,
// edited items, opinions, and single reports of like matters elsewhere. Each article knows its event.
import { readFileSync } from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../../src/project.ts";

export interface NewsItem {
  id: string;
  /** -1 for what nobody else tells. */
  event: number;
  /** From 0. */
  day: number;
  kind: "report" | "copy" | "later" | "repeat" | "other side" | "opinion" | "single";
  title: string;
  publisher: string;
  published: string;
  genre: "report" | "opinion";
  text: string;
}

interface EventTexts {
  tell: string[];
  later: string;
  other?: string;
}

// enough names that two stories seldom share one by chance
const combined = (heads: string, tails: string): string[] =>
  heads.split(" ").flatMap((head) => tails.split(" ").map((tail) => head + tail));
const PLACES = combined(
  "Lind Or Kar Tess Quil Nor Vel As Mor Fenn Dun Skar Ivel Brant Cas",
  "haven sted vale mar by ham den brook wick port low holt",
);
const FIRST = combined("In Ol Kar Jon Mir To Ai Pi San Vik", "es of la as ela mas da et na tor");
const LAST = combined(
  "Fal Bran Win Mee Hol So Ta Rav Ost Lin Mo Az Kel Bo Hai",
  "k dt drow rens tmann relle mmer nsund row dqvist reau izi ler man dari",
);
const OUTLETS = ["Coast Wire", "The Harbour Post", "Northern Daily", "Valley Herald", "Morning Ledger", "Radio Meridian"];
const CLUBS = "Rovers Athletic City Wanderers Albion".split(" ");
const FIRMS = combined("Ver Bro Lum Cas Tri Ost Hal Pel", "anta kk ora dex vion mark gas tec").map(
  (name, at) => `${name}${at % 3 === 0 ? " Group" : ""}`,
);
const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** Matters that resemble the events and are others. */
const SINGLES = [
  "A storm flooded the camp site of {place} and {n} campers had to leave. Nobody was hurt.",
  "Bus drivers in {place} struck for a day over pay. About {n} buses stayed in their depots.",
  "The town council of {place} banned fireworks on New Year's Eve. {n} residents had signed a petition.",
  "A tram hit a delivery van in {place}; {n} passengers were treated for bruises.",
  "Teacher {who} from {place} found a meteorite of {n} grams on a beach.",
  "Bird flu broke out on a poultry farm near {place}, where {n} geese were culled.",
  "The brewery of {who} moves from {place} to the capital. {n} jobs are at stake, its owner {who} said.",
  "A clinic for sleep disorders opened in {place}. Doctor {who} expects {n} patients a year.",
  "Cyclist {who} won the tour of {place} by {n} seconds.",
  "The savings bank of {place} closes {n} branches in villages, its director {who} announced.",
  "A forger from {place} was sentenced to four years for {n} fake banknotes.",
  "The footpath along the cliffs of {place} is open again after {n} steps were rebuilt.",
  "The airport of {place} introduces a night curfew. {n} neighbours had sued against the noise.",
  "Archaeologists dug up {n} clay pots in a car park in {place}. {who} leads the excavation.",
  "Pupils of {place} elected {who} to lead the youth parliament with {n} votes.",
  "The public pool of {place} reopens with a slide of {n} metres.",
  "A choir from {place} with {n} singers goes on tour overseas, conductor {who} said.",
  "The university of {place} admitted {n} students to its new course in ocean engineering.",
  "The cable car of {place} got {n} new cabins. {who} of the tourist board rode first.",
  "A farmer near {place} grew a pumpkin of {n} kilograms. {who} fed it with goat's milk.",
  "Volunteers in {place} knitted {n} blankets for the hospital.",
  "Novelist {who} received the book prize of {place}, worth {n} crowns.",
  "The library of {place} lends out tools now. {n} drills are in demand, said librarian {who}.",
  "Film director {who} shoots a comedy in {place} with {n} extras.",
];

const SINGLES_OF_MARKETS = [
  "{team} drew with {team2} in front of {n} visitors.",
  "Coach {who} leaves {team} after {n} months. No successor has been named.",
  "The sugar maker {firm} raised its forecast for profit by {n} per cent.",
  "{firm} opens a warehouse near {place} with {n} robots.",
  "Coffee fell by {a} per cent in early trading. Dealers spoke of a good harvest in {land}.",
  "Rower {who} won the single sculls by {n} seconds.",
  "The exchange of {land} was closed for {n} minutes by a fault in its network.",
  "A student at the {lab} built a telescope from {n} old lenses.",
  "The {lab} received {n} million dollars for a new library.",
  "Geologists of the {lab} counted {n} tremors under a glacier. {who} sees no danger.",
  "The board game {game} was named game of the year. Its author {who} worked on it for {n} months.",
  "Unemployment in {land} stands at {a}.{b} per cent.",
  "{firm} recalls {n} thousand kettles because a handle can break.",
  "Swimmer {who} set a record for {land} over {n}00 metres.",
  "A meteor lit the sky over {place}; the {lab} asks for photographs.",
  "The insurer {firm} names {who} as its chief of finance.",
  "{team} fined its own captain {who} for coming late {a} times.",
  "{land} sold bonds for {n} billion dollars to investors abroad.",
  "The magazine of the {lab} appears for the {n}th time.",
  "A referee from {land} retired after {n} internationals.",
];

/** What a month is told about: its events, what resembles them, and how its outlets are called. */
const WORLDS = {
  towns: { file: "events", singles: SINGLES, outlets: OUTLETS },
  "markets, games, science": {
    file: "events-markets-games-science",
    singles: SINGLES_OF_MARKETS,
    outlets: ["Ledger Today", "Sport Echo", "The Weekly Orbit", "Capital Brief", "Evening Chronicle", "Network Nine"],
  },
};

/** Small, fast, and enough for made-up news. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 240 items of 30 days from 2031-03-01, in the order of publication. */
export function newsMonth(seed: number, world: keyof typeof WORLDS = "towns"): NewsItem[] {
  const { file, singles, outlets: papers } = WORLDS[world];
  const texts = JSON.parse(readFileSync(path.join(PROJECT_ROOT, `tests/fixtures/digest/${file}.json`), "utf8")) as EventTexts[];
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const items: NewsItem[] = [];
  const perDay = Array.from({ length: 30 }, () => 0);
  const filled = (text: string, slots: Record<string, string>): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? name);
  const slotsFor = (): Record<string, string> => {
    const n = 12 + Math.floor(random() * 80);
    const plain = {
      place: pick(PLACES),
      who: `${pick(FIRST)} ${pick(LAST)}`,
      n: String(n),
      m: String(n + 20 + Math.floor(random() * 30)),
    };
    if (world === "towns") return plain;
    const [team, team2] = [pick(CLUBS), pick(CLUBS)].map((club) => `${pick(PLACES)} ${club}`);
    return {
      ...plain,
      who2: `${pick(FIRST)} ${pick(LAST)}`,
      team: team ?? "",
      team2: team2 ?? "",
      firm: pick(FIRMS),
      firm2: pick(FIRMS),
      game: `${pick(LAST)} ${pick(["Rising", "of the Deep", "Tactics", "Legacy"])}`,
      ship: pick(LAST),
      land: `${pick(FIRST)}${pick(["ia", "stan", "land", "ora"])}`,
      lab: `${pick(PLACES)} ${pick(["Institute", "Laboratory", "University Hospital"])}`,
      a: String(2 + Math.floor(random() * 6)),
      b: String(Math.floor(random() * 2)),
    };
  };
  const put = (event: number, day: number, kind: NewsItem["kind"], publisher: string, text: string): void => {
    if (day > 29) return;
    const at = perDay[day] ?? 0;
    perDay[day] = at + 1;
    const date = new Date(Date.UTC(2031, 2, 1 + day, 5 + (at % 14), 7 * at));
    const words = text.split(/[.,;:]/)[0]?.split(" ") ?? [];
    items.push({
      id: `m${seed}-${items.length}`,
      event,
      day,
      kind,
      // outlets head their texts in their own way
      title: pick([
        words.slice(0, 5).join(" "),
        `${words.slice(-4).join(" ")}: what we know`,
        `News from ${pick(["the coast", "the region", "home"])}`,
      ]),
      publisher,
      published: date.toISOString(),
      genre: kind === "opinion" ? "opinion" : "report",
      text,
    });
  };
  const weekday = (day: number): string => DAYS[new Date(Date.UTC(2031, 2, 1 + day)).getUTCDay()] ?? "Monday";
  const taken = new Set<string>();
  texts.forEach((event, number) => {
    const start = Math.floor(random() * 24);
    let slots = slotsFor();
    while (taken.has(slots["place"] ?? "")) slots = slotsFor();
    taken.add(slots["place"] ?? "");
    slots["day"] = weekday(start);
    const outlets = [...papers].sort(() => random() - 0.5);
    event.tell.forEach((text, at) => put(number, start + (at === 2 ? 1 : 0), "report", outlets[at] ?? "", filled(text, slots)));
    const first = filled(event.tell[0] ?? "", slots);
    put(number, start, "copy", outlets[3] ?? "", `(${outlets[0]}) ${first}`);
    if (event.other !== undefined) put(number, start, "other side", outlets[4] ?? "", filled(event.other, slots));
    // the day after: the same once more, without news
    if (number % 2 === 0) put(number, start + 2, "repeat", outlets[4] ?? "", first);
    put(number, start + 3 + Math.floor(random() * 2), "later", outlets[5] ?? "", filled(event.later, slots));
    if (number % 4 === 1)
      put(
        number,
        start + 1,
        "opinion",
        outlets[5] ?? "",
        `${filled(event.tell[1] ?? "", slots)} Those in charge should be ashamed of it.`,
      );
  });
  for (let day = 0; day < 30; day += 1)
    while ((perDay[day] ?? 0) < 8) put(-1, day, "single", pick(papers), filled(pick(singles), slotsFor()));
  return items.sort((a, b) => (a.published < b.published ? -1 : 1));
}
