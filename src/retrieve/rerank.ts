// Soft preferences of a question, added to the fused score: the period it speaks of, the present, an outlet or person it names, words it
// quotes or puts side by side. Each is small against a good match; none can bring up a passage that has nothing else to say for itself.
import type { Document, Inquiry, Passage } from "../domain.ts";
import { DAY_MS, firstDay, lastDay } from "../text/date-words.ts";
import { findEventTimes } from "../text/event-times.ts";
import { sameName } from "../text/same-name.ts";
import { contentWords, fold } from "../text/words.ts";

/** In units of the fused score, whose good matches lie 0.05 to 0.3 above the rest. */
const PREFERENCE = {
  told: 0.05,
  near: 0.1,
  published: 0.05,
  tooEarly: -0.05,
  latest: 0.08,
  voice: 0.15,
  phrase: 0.2,
  pairs: 0.1,
};
/** Candidates whose words are looked at in order: further down, no preference would bring them up. */
const LOOKED_AT = 40;
/** Words of matter between two that count as standing together. */
const NEAR = 2;
const HALF_LIFE_DAYS = 60;
const REPORTED_WITHIN_DAYS = 21;

/** What the preferences add to each passage's score, in the order of the passages. */
export function preferenceOf(inquiry: Inquiry, passages: readonly Passage[], near: readonly string[] = []): number[] {
  const newest = Math.max(...passages.map(({ document }) => time(document.published) ?? Number.NEGATIVE_INFINITY));
  const phrases = inquiry.phrases.map(plain);
  const pairs = inquiry.stems.slice(1, 40).map((stem, at): [string, string] => [inquiry.stems[at] ?? "", stem]);
  return passages.map((passage, at) => {
    let sum = at < LOOKED_AT ? PREFERENCE.pairs * pairsTogether(pairs, passage.text) : 0;
    if (inquiry.period !== null) sum += periodPreference(inquiry.period, passage, at < LOOKED_AT);
    if (inquiry.wantsLatest) sum += PREFERENCE.latest * freshness(passage.document, newest);
    if (near.includes(passage.document.id)) sum += PREFERENCE.near;
    if (speaks(passage, inquiry.voices ?? [])) sum += PREFERENCE.voice;
    if (phrases.length > 0) {
      const text = plain(passage.text);
      sum += (PREFERENCE.phrase * phrases.filter((phrase) => text.includes(phrase)).length) / phrases.length;
    }
    return sum;
  });
}

/** Share of the question's neighbouring words that stand together in the text too, in either order: "key rate", "Amina Khan". */
function pairsTogether(pairs: readonly (readonly [string, string])[], text: string): number {
  if (pairs.length === 0) return 0;
  const places = new Map<string, number[]>();
  contentWords(text).forEach(({ stem }, at) => places.set(stem, [...(places.get(stem) ?? []), at]));
  const together = pairs.filter(([one, other]) => {
    const others = places.get(other) ?? [];
    return (places.get(one) ?? []).some((at) => others.some((place) => Math.abs(place - at) <= NEAR));
  });
  return together.length / pairs.length;
}

/** Whether the passage may be the words of one of them: its publisher, its author or its speaker. */
function speaks({ document, speaker }: Passage, voices: readonly string[]): boolean {
  return writes(document, voices) || (speaker !== null && voices.some((voice) => sameName(voice, speaker)));
}

/** Whether the document is published or written by one of them. */
export function writes({ publisher, author }: Document, voices: readonly string[]): boolean {
  const outlet = publisher === null ? null : plain(publisher);
  return voices.some((voice) => plain(voice) === outlet || (author?.split(", ") ?? []).some((person) => sameName(voice, person)));
}

/** Telling of the period, or published in it or soon after; a report from before cannot tell of it. */
function periodPreference({ since, until }: NonNullable<Inquiry["period"]>, { document, text }: Passage, near: boolean): number {
  const { published } = document;
  const [from, to] = [since ?? "0000", until ?? "9999"];
  if (published !== null && published.slice(0, from.length) < from.slice(0, published.length)) return PREFERENCE.tooEarly;
  const tells =
    near &&
    findEventTimes(text, published).some(({ date, until: last }) => firstDay(date) >= from && lastDay(last ?? date) <= to);
  if (tells) return PREFERENCE.told;
  const [late, at] = [time(to), time(published)];
  return at !== null && (late === null || at <= late + REPORTED_WITHIN_DAYS * DAY_MS) ? PREFERENCE.published : 0;
}

function freshness(document: Document, newest: number): number {
  const at = time(document.published);
  return at === null || !Number.isFinite(newest) ? 0 : 0.5 ** ((newest - at) / DAY_MS / HALF_LIFE_DAYS);
}

function time(dated: string | null): number | null {
  if (dated === null) return null;
  const at = Date.parse(dated.length <= 10 ? dated : dated.replace(/(T\d\d:\d\d)$/, "$1Z"));
  return Number.isNaN(at) ? null : at;
}

/** Folded, punctuation and white space as single blanks: a quote is found over line breaks and other quotation marks. */
export function plain(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
