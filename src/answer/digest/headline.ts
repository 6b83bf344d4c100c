// A headline made from one sentence of a source: its main clause, without place line, attribution and afterthoughts, as short as the gate
// lets it be. It adds no word of its own and never cuts inside a clause.
import { wordsOf } from "../../language/words.ts";

const BEST = 90;
const SHORTEST_WORDS = 5;

const PLACE_LINE = /^\p{Lu}[\p{L} .,'-]{2,40}?\s(?:\([\p{L} ]{2,20}\)\s)?[—–-]\s(?=\p{Lu})/u;
/** Where the news of a sentence may end. */
const AFTERTHOUGHT =
  /,\s+(?=(?:which|who|whose|where|while|whereas|although|though|after|as|because|since|with|including|according to|but|and|a|an|the|in|on|when|following|amid|despite|making|leaving|bringing|saying|adding)\b)|;\s+|\s+[—–]\s+|,\s+(?=(?:[\p{L}.'’-]+\s+){0,6}(?:said|says|told|announced|reported|confirmed)\b)|\s+(?=(?:after|because|although|while|despite|according to)\s)/giu;
const LEAD_IN = /^(?:on|in|at|by|after|before|since|during|following)\s[^,]{3,50},\s+(?=\p{L})/iu;
const UNFINISHED =
  /\b(?:the|a|an|of|to|in|on|at|by|for|from|with|and|or|but|that|than|as|is|are|was|were|has|have|had|will|would)$/i;
/** A clause needs a verb: a form of to be or have, a past tense or third person, or a modal. */
const VERB =
  /\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did)\b|\b\p{L}{2,}(?:ed|s)\b|\b(?:said|told|won|lost|fell|rose|began|broke|came|cut|gave|got|held|hit|kept|left|led|made|met|paid|put|ran|sank|saw|sent|set|shut|sold|spent|stood|struck|took|went|found|grew|built|bought|brought|caught|drew|fled|spread)\b/iu;

/** `accepts` is the gate: whether the source carries the words. The whole sentence is the last resort. */
export function headlineOf(sentence: string, accepts: (headline: string) => boolean): string {
  const whole = closed(sentence.replace(/\s+/g, " ").trim());
  const starts = [whole.replace(PLACE_LINE, "")];
  const plain = starts[0]?.replace(LEAD_IN, "");
  if (plain !== undefined && plain !== starts[0]) starts.push(plain);
  const candidates = starts.flatMap((start) => [start, ...cutsOf(start)]).map((text) => capital(closed(text)));
  const fine = [...new Set(candidates)].filter(isClause);
  // the longest that fits a line says most; where none fits, the shortest
  fine.sort((a, b) => rank(a) - rank(b));
  return fine.find(accepts) ?? capital(whole);
}

function cutsOf(text: string): string[] {
  return [...text.matchAll(AFTERTHOUGHT)].map((match) => text.slice(0, match.index));
}

const rank = (text: string): number => (text.length <= BEST ? BEST - text.length : text.length);

function isClause(text: string): boolean {
  const words = wordsOf(text);
  if (words.length < SHORTEST_WORDS || UNFINISHED.test(text)) return false;
  const quotes = (text.match(/["“”]/g) ?? []).length;
  const brackets = (text.match(/\(/g) ?? []).length === (text.match(/\)/g) ?? []).length;
  return quotes % 2 === 0 && brackets && VERB.test(text.slice(words[0]?.end ?? 0));
}

function closed(text: string): string {
  return text.replace(/[\s,;:—–-]+$/u, "").replace(/(?<!\b\p{L}|\.\p{L})\.$/u, "");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
