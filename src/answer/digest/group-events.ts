// Which documents tell the same event: nearness of meaning, shared rare names, words and numbers, and time, joined by the average over
// all pairs, so that no chain of half-likenesses runs two events together. Copies are joined first. Knows no store.
import type { Telling } from "./telling.ts";

export interface EventGroup {
  /** In the order of their publication. */
  tellings: Telling[];
}

/** Found on one half of the made-up month in tests; the other half is what is reported. */
export const LIKENESS = { meaning: 0.5, words: 0.5, same: 0.4, perDay: 0.012 };
/** Pairs further apart in meaning are not looked at. */
const FAR = 0.3;
const COPY = 0.5;
const DAY_MS = 86_400_000;
const LONGEST_GAP_MS = 14 * DAY_MS;

interface Weighed extends Telling {
  /** Unit length over the idf of the terms. */
  words: Map<string, number>;
}

interface Cluster {
  members: Weighed[];
  vector: Float32Array | null;
  words: Map<string, number>;
  at: number;
}

/** Every telling is in one group. `others` only tell how rare a word is. */
export function groupEvents(tellings: readonly Telling[], others: readonly Telling[] = []): EventGroup[] {
  const weighed = weigh(tellings, [...tellings, ...others]);
  const clusterOf = weighed.map((one): Cluster => ({ members: [one], vector: one.vector, words: one.words, at: one.at }));
  const edges: { a: number; b: number; likeness: number }[] = [];
  for (let a = 0; a < weighed.length; a += 1) {
    for (let b = a + 1; b < weighed.length; b += 1) {
      const [one, other] = [weighed[a], weighed[b]];
      if (one === undefined || other === undefined) continue;
      const likeness = likenessOf(one, other);
      if (likeness >= LIKENESS.same) edges.push({ a, b, likeness });
    }
  }
  edges.sort((x, y) => y.likeness - x.likeness || x.a - y.a || x.b - y.b);
  const home = clusterOf.map((_, index) => index);
  for (const { a, b, likeness } of edges) {
    const [x, y] = [home[a] ?? a, home[b] ?? b];
    const [one, other] = [clusterOf[x], clusterOf[y]];
    if (x === y || one === undefined || other === undefined) continue;
    if (likeness < 1 && between(one, other) < LIKENESS.same) continue;
    clusterOf[x] = merged(one, other);
    home.forEach((at, index) => {
      if (at === y) home[index] = x;
    });
  }
  return [...new Set(home)].map((at) => ({
    tellings: (clusterOf[at]?.members ?? []).toSorted((p, q) => p.at - q.at || (p.document.id < q.document.id ? -1 : 1)),
  }));
}

/** For each group the earlier tellings of the same event. An earlier telling goes to one group at most. */
export function earlierOf(groups: readonly EventGroup[], earlier: readonly Telling[]): Telling[][] {
  const all = groups.flatMap((group) => group.tellings);
  const known = weigh([...all, ...earlier], [...all, ...earlier]);
  const byId = new Map(known.map((one) => [one.document.id, one]));
  const clusters = groups.map((group) =>
    group.tellings
      .map((telling): Cluster | null => {
        const one = byId.get(telling.document.id);
        return one === undefined ? null : { members: [one], vector: one.vector, words: one.words, at: one.at };
      })
      .filter((cluster) => cluster !== null)
      .reduce(merged),
  );
  const found: Telling[][] = groups.map(() => []);
  for (const telling of earlier) {
    const one = byId.get(telling.document.id);
    if (one === undefined) continue;
    const alone: Cluster = { members: [one], vector: one.vector, words: one.words, at: one.at };
    let best = -1;
    let most = LIKENESS.same;
    clusters.forEach((cluster, at) => {
      const likeness = cluster.members.some((member) => isCopy(member, one)) ? 1 : between(cluster, alone);
      if (likeness >= most) [best, most] = [at, likeness];
    });
    found[best]?.push(telling);
  }
  return found;
}

function weigh(tellings: readonly Telling[], all: readonly Telling[]): Weighed[] {
  const holding = new Map<string, number>();
  for (const { terms } of all) for (const term of terms.keys()) holding.set(term, (holding.get(term) ?? 0) + 1);
  return tellings.map((telling) => {
    const words = new Map<string, number>();
    let square = 0;
    for (const [term, weight] of telling.terms) {
      const value = weight * Math.log(1 + all.length / (holding.get(term) ?? 1));
      words.set(term, value);
      square += value * value;
    }
    const length = Math.sqrt(square) || 1;
    for (const [term, value] of words) words.set(term, value / length);
    return { ...telling, words };
  });
}

function likenessOf(a: Weighed, b: Weighed): number {
  const apart = Math.abs(a.at - b.at);
  if (apart > LONGEST_GAP_MS) return 0;
  const meaning = a.vector === null || b.vector === null ? null : dot(a.vector, b.vector);
  if (meaning !== null && meaning < FAR) return 0;
  return isCopy(a, b) ? 1 : joined(meaning, shared(a.words, b.words), apart);
}

function between(a: Cluster, b: Cluster): number {
  const pairs = a.members.length * b.members.length;
  const meaning = a.vector === null || b.vector === null ? null : dot(a.vector, b.vector) / pairs;
  return joined(meaning, shared(a.words, b.words) / pairs, Math.abs(a.at - b.at));
}

function joined(meaning: number | null, words: number, apart: number): number {
  const nearness = meaning === null ? words : LIKENESS.meaning * meaning + LIKENESS.words * words;
  return nearness - LIKENESS.perDay * (apart / DAY_MS);
}

/** Sums instead of means: the product of two sums is the sum over all pairs. */
function merged(a: Cluster, b: Cluster): Cluster {
  const words = new Map(a.words);
  for (const [term, value] of b.words) words.set(term, (words.get(term) ?? 0) + value);
  const { vector } = b;
  const members = [...a.members, ...b.members];
  return {
    members,
    vector: a.vector === null || vector === null ? (a.vector ?? vector) : a.vector.map((value, at) => value + (vector[at] ?? 0)),
    words,
    at: members.reduce((sum, member) => sum + member.at, 0) / members.length,
  };
}

/** A copy or light rewrite: half of the shorter one's runs of words stand in the other. */
export function isCopy(a: Telling, b: Telling): boolean {
  const [few, many] = a.runs.size <= b.runs.size ? [a.runs, b.runs] : [b.runs, a.runs];
  if (few.size < 8) return false;
  let same = 0;
  for (const run of few) if (many.has(run)) same += 1;
  return same / few.size >= COPY;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function shared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of few) sum += value * (many.get(term) ?? 0);
  return sum;
}
