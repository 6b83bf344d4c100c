// Soft preferences of a question, added to the fused score: the period it speaks of, the present, an outlet or person it names, words it
// quotes or puts side by side. Each is small against a good match; none can bring up a passage that has nothing else to say for itself.
import type { Document, Inquiry, Passage, RankedPassage } from "../domain.ts";
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

/** The ranking in the light of the preferences. `near`: documents that were spoken of before. */
export function preferred(inquiry: Inquiry, ranked: readonly RankedPassage[], near: readonly string[] = []): RankedPassage[] {
  const { period, stems, voices = [] } = inquiry;
  const newest = Math.max(...ranked.map(({ passage }) => time(passage.document.published) ?? Number.NEGATIVE_INFINITY));
  const phrases = inquiry.phrases.map(plain);
  const pairs = stems.slice(1, 40).map((stem, at): [string, string] => [stems[at] ?? "", stem]);
  return ranked
    .map((one, at) => {
      const { passage } = one;
      let score = one.score + (at < LOOKED_AT ? PREFERENCE.pairs * pairsTogether(pairs, passage.text) : 0);
      if (period !== null) score += periodPreference(period, passage, at < LOOKED_AT);
      if (inquiry.wantsLatest) score += PREFERENCE.latest * freshness(passage.document, newest);
      if (near.includes(passage.document.id)) score += PREFERENCE.near;
      if (speaks(passage, voices)) score += PREFERENCE.voice;
      const text = phrases.length === 0 ? "" : plain(passage.text);
      const held = phrases.filter((phrase) => text.includes(phrase)).length;
      return { ...one, score: score + (PREFERENCE.phrase * held) / Math.max(1, phrases.length) };
    })
    .sort((a, b) => b.score - a.score || a.passage.id - b.passage.id);
}

/** Share of the question's neighbouring words that stand together in the text too, in either order: "key rate", "Amina Khan". */
function pairsTogether(pairs: readonly (readonly [string, string])[], text: string): number {
  const places = new Map<string, number[]>();
  contentWords(text).forEach(({ stem }, at) => places.set(stem, [...(places.get(stem) ?? []), at]));
  const together = pairs.filter(([one, other]) =>
    places.get(one)?.some((at) => places.get(other)?.some((place) => Math.abs(place - at) <= NEAR)),
  );
  return together.length / Math.max(1, pairs.length);
}

/** Whether the passage may be the words of one of them: its publisher, its author or its speaker. */
function speaks({ document, speaker }: Passage, voices: readonly string[]): boolean {
  return writes(document, voices) || (speaker !== null && voices.some((voice) => sameName(voice, speaker)));
}

/** Whether the document is published or written by one of them. */
export function writes(document: Document, voices: readonly string[]): boolean {
  const outlet = plain(document.publisher ?? "");
  return voices.some((voice) => plain(voice) === outlet || authorsOf(document).some((person) => sameName(voice, person)));
}

export const authorsOf = ({ author }: Document): string[] => author?.split(", ") ?? [];

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
