// What the build of a text says of its kind, besides its words: letters begin and end like letters, press releases carry a contact, agency
// reports a place in front, interviews questions and answers in turn. Points are added to those for wording.
import type { Genre } from "../../domain.ts";

/** Looked for anywhere in the text, each once; lines are paragraphs. */
const TRAITS: readonly (readonly [Genre, RegExp, number])[] = [
  // letters to the editor, columns
  ["opinion", /^(?:to the editor\b|dear editor|sir,|madam,|sirs?\s*[-–—])/im, 4],
  [
    "opinion",
    /\b(?:your (?:paper|newspaper|correspondent|columnist|reporter|article|editorial|report)|as a (?:reader|subscriber))\b/i,
    2,
  ],
  [
    "opinion",
    /\bI (?:should|would) (?:like|gladly|rather)\b|\bto me it\b|\bI wonder\b|\bmy (?:grand)?(?:mother|father|parents|neighbours?|children)\b/i,
    2,
  ],
  // press releases, notices, communiqués, messages
  [
    "statement",
    /\b(?:for (?:further|more) information,? (?:please )?(?:contact|visit|call)|(?:contact|from) (?:the |our )?press (?:office|officer)|press contact|media (?:contact|enquiries|inquiries))\b/i,
    3,
  ],
  ["statement", /^(?:contact|contacts|notes to editors|about (?:the )?\p{Lu}[^:\n]{2,60})\s*:/imu, 2],
  [
    "statement",
    /\b(?:informs? (?:its|all|the) (?:customers?|visitors?|passengers?|members|public|residents|users)|we apologi[sz]e|thanks? (?:its|all|our|you|the) [^.]{2,40} for|(?:is|are) (?:recalling|calling back)|will be refunded|free of charge|hotline)\b/i,
    2,
  ],
  [
    "statement",
    /\b(?:took note of|(?:both|all|the (?:two|three)) (?:sides|parties|ministers|leaders|delegations) (?:agreed|underlined|stressed|reaffirmed|welcomed|expressed|exchanged|noted|discussed)|(?:participants|members|delegations|ministers|heads of state) (?:expressed|adopted|agreed|welcomed|reaffirmed|underlined|stressed|noted)|expressed (?:their|its) (?:gratitude|appreciation|concern|readiness)|accepted an invitation|open and constructive|decided to set up|under the chairmanship)\b/i,
    1.4,
  ],
  [
    "statement",
    /^(?:dear (?!editor|sir)\p{L}+|fellow (?:citizens|countrymen)|ladies and gentlemen|excellencies)\b|\bI (?:send|wish) you\b|\bour thoughts are with\b/imu,
    3,
  ],
  ["statement", /^[\p{Lu}][\p{L} .-]{2,30}, (?:\d{1,2} \p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+ \d{1,2},?) \d{4}\s*[-–—]/mu, 2],
  // agency reports
  ["report", /^[\p{Lu}][\p{Lu} .'-]{2,30}(?:, [\p{L} .]{3,20})?\s*(?:\([^)\n]{2,40}\)\s*)?[-–—]\s/mu, 2.5],
  [
    "report",
    /\b(?:declined to comment|no one was (?:hurt|injured|killed)|nobody was (?:hurt|injured|killed)|(?:has|have|had) brought charges|the indictment|the cause is|(?:is|are) under investigation|are looking into|damage is (?:put|estimated) at|the trial (?:opens|begins|starts))\b/i,
    1.6,
  ],
  // explainers
  [
    "analysis",
    /\b(?:(?:two|three|four|five|several) (?:things|reasons|factors|questions|scenarios|options)|in theory, |in practice\b|that depends on|expect (?:long|more|a|the|no)\b|lies? behind)\b/i,
    1.2,
  ],
  ["analysis", /\bFirst,[\s\S]{10,600}\bSecond,/, 1.5],
];

const TITLES: readonly (readonly [Genre, RegExp, number])[] = [
  [
    "analysis",
    /^(?:why|how|behind|inside|what (?:\S+ ){0,6}(?:means?|costs?|to (?:watch|know|expect)|comes next)|(?:two|three|four|five|six|seven|\d+) (?:questions|things|reasons|charts)|who (?:pays|wins|loses|gains))\b|\bexplained\b|: (?:what|why|how) /i,
    1.6,
  ],
  [
    "opinion",
    /^(?:letters?\b|(?:\p{L}+ )?column\b|diary\b|(?:build|end|stop|save|open|close|give|let|keep|tax|free|do not|don['’]t)\s)/iu,
    1.6,
  ],
  [
    "statement",
    /^(?:message|declaration|joint declaration|address|communiqu[eé]|outcome|notice|statement)\b|\b(?:recalls?|completes? (?:the )?(?:purchase|acquisition)|announces?|remains closed|is pleased|closed on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i,
    1.2,
  ],
];

/** Points for each kind that the build of the text speaks for. */
export function structurePoints(title: string | null, text: string): Map<Genre, number> {
  const points = new Map<Genre, number>();
  const add = (genre: Genre, more: number): void => void points.set(genre, (points.get(genre) ?? 0) + more);
  for (const [genre, pattern, more] of TRAITS) if (pattern.test(text)) add(genre, more);
  for (const [genre, pattern, more] of TITLES) if (title !== null && pattern.test(title)) add(genre, more);
  if (signedLetter(text)) add("opinion", 2);
  return points;
}

/** The last line is a name and a place. */
function signedLetter(text: string): boolean {
  const last = text.trim().split("\n").at(-1)?.trim() ?? "";
  return /^\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){1,3}, \p{Lu}[\p{L}'’ -]{2,30}\.?$/u.test(last);
}

/** Short questions that make a paragraph each, answered in the next one: an interview without labels. */
export function questionsInTurn(text: string): boolean {
  const paragraphs = text.split(/\n+/).filter((line) => line.trim() !== "");
  const asks = paragraphs.map((line) => /\?["”’)]?$/.test(line.trim()) && line.length < 220);
  const answered = asks.filter((asking, at) => asking && asks[at + 1] === false).length;
  return answered >= 3 && answered >= paragraphs.length * 0.35;
}
