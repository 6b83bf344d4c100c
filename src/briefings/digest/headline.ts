// A headline made from one sentence of a source: its main clause, without place line, leading article, attribution, day and afterthoughts,
// as far as the gate accepts it. It adds no word of its own and never cuts inside a clause.
import { contentWords, wordsOf } from "../../text/words.ts";

const BEST = 80;
const SHORTEST_WORDS = 5;

const PLACE_LINE = /^\p{Lu}[\p{L} .,'-]{2,40}?\s(?:\([\p{L} ]{2,20}\)\s)?[—–-]\s(?=\p{Lu})/u;
/** Where the news of a sentence may end. */
const AFTERTHOUGHT =
  /,\s+(?=(?:which|who|whose|where|while|whereas|although|though|after|as|because|since|with|including|according to|but|and|a|an|the|in|on|when|following|amid|despite|making|leaving|bringing|saying|adding|\p{Ll}{3,}ing)\b)|;\s+|\s+[—–]\s+|,\s+(?=(?:[\p{L}.'’-]+\s+){0,6}(?:said|says|told|announced|reported|confirmed)\b)|:\s+|\s+(?=(?:after|because|although|while|despite|according to|coupled with|as well as|along with|together with|rather than|instead of|so that|in order to|due to|owing to|thanks to|in an effort to|in a bid to)\s)/giu;
/** A sentence that begins so has its main clause behind the comma. */
const LEAD_IN =
  /^(?:on|in|at|by|after|before|since|during|following|as|while|when|whereas|although|though|despite|amid|with|without|if|because|for|under|once|until)\s[^,]{3,110},\s+(?=[\p{L}\d])/iu;
const BEGINS_LOW =
  /^(?:on|in|at|by|after|before|since|during|following|as|while|when|whereas|although|though|despite|amid|with|without|if|because|for|under|once|until)\s/iu;
const UNFINISHED =
  /\b(?:the|a|an|of|to|in|on|at|by|for|from|with|and|or|but|that|than|as|is|are|was|were|has|have|had|will|would)$/i;
/** A clause needs a verb: a form of to be or have, a past tense or third person, or a modal. */
const VERB =
  /\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did)\b|\b\p{L}{2,}(?:ed|s)\b|\b(?:said|told|won|lost|fell|rose|began|broke|came|cut|gave|got|held|hit|kept|left|led|made|met|paid|put|ran|sank|saw|sent|set|shut|sold|spent|stood|struck|took|went|found|grew|built|bought|brought|caught|drew|fled|spread)\b/iu;

/** What stands between commas has a verb of its own. */
const RELATIVE = /,\s+(?:which|who|whose|where)\s[^,]*(?:,|$)/giu;

/** When it happened is told below: at the end of a clause it is left off. */
const WHEN =
  /,?\s+(?:(?:early |late )?(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?|(?:early |late )?(?:on|in|over) the (?:(?:early |late )?(?:morning|afternoon|evening|night)|weekend)|(?:this|last|next) (?:week|month|year|morning|evening|night|weekend|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|yesterday|today|tonight|overnight|(?:on|in|since|by) (?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d{1,2})?(?:,? \d{4})?|in \d{4})(?=,|$)/giu;
/** Before these the article carries sense: “a few” are more than “few”. */
const ARTICLE =
  /^(?:[Tt]he|[Aa]n?) (?=\p{Ll})(?!(?:few|little|lot|number|bit|couple|handful|dozen|hundred|thousand|million|billion|only|same|latter|former|more|less|most|least|other|others)\b)/u;

/**
 * `accepts` is the gate: whether the source carries the words. The whole sentence is the last resort. `verbatim`: for a quotation, which is cut
 * and never changed.
 */
export function headlineOf(sentence: string, accepts: (headline: string) => boolean, verbatim = false): string {
  const whole = closed(sentence.replace(/\s+/g, " ").trim());
  const starts = [whole.replace(PLACE_LINE, "")];
  const plain = starts[0]?.replace(LEAD_IN, "");
  if (plain !== undefined && plain !== starts[0]) starts.push(plain);
  const clauses = starts
    .flatMap((start) => [start, ...cutsOf(start)].filter((text) => start === starts[0] || isMost(text, whole)))
    .map(closed);
  // the longest that fits a line says most; where none fits, the shortest
  const inOrder = (texts: readonly string[]): string[] => [...new Set(texts)].filter(isClause).sort((a, b) => rank(a) - rank(b));
  const short = clauses.map((clause) => closed(clause.replace(WHEN, "")));
  const tries = verbatim
    ? [...inOrder(short), ...inOrder(clauses)]
    : [...inOrder(short.map(bare)), ...inOrder(clauses.map(bare)), ...inOrder(clauses.map(capital))];
  return tries.find(accepts) ?? capital(whole);
}

/** "three weeks | after the launch" belongs to what is cut off; "lasted three weeks" does not. */
const HOW_LONG_BEFORE =
  /(?<!\b(?:for|lasts?|lasted|lasting|takes?|took|taking|spends?|spent|within|in|of|by|over|every|next|past|last|first|previous|than|another|is|are|was|were|be)),?\s(?:(?:just|only|some|about|nearly|almost|barely|more than|less than|over|under|exactly)\s)?(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|\d+)\s(?:(?:few|couple of|half)\s)?(?:second|minute|hour|day|week|month|year|decade)s?$/iu;

const bare = (text: string): string => capital(text.replace(ARTICLE, ""));

function cutsOf(text: string): string[] {
  return [...text.matchAll(AFTERTHOUGHT)]
    .map((match) => text.slice(0, match.index).replace(HOW_LONG_BEFORE, ""))
    .filter((cut) => !breaksList(cut));
}

/** “trust, responsibility” was to go on. */
function breaksList(text: string): boolean {
  const last = text.slice(text.lastIndexOf(", ") + 2);
  return text.includes(", ") && wordsOf(last).length < 4 && !VERB.test(last);
}

const rank = (text: string): number => (text.length <= BEST ? BEST - text.length : text.length);

/** What is left says what the sentence is about. */
function isMost(text: string, whole: string): boolean {
  const left = contentWords(text).length;
  return left >= 6 || left >= 0.4 * contentWords(whole).length;
}

function isClause(text: string): boolean {
  if (BEGINS_LOW.test(text) && !(LEAD_IN.test(text) && isClause(text.replace(LEAD_IN, "")))) return false;
  const main = text.replace(RELATIVE, " ");
  const words = wordsOf(main);
  if (words.length < SHORTEST_WORDS || UNFINISHED.test(text)) return false;
  const quotes = (text.match(/["“”]/g) ?? []).length;
  const brackets = (text.match(/\(/g) ?? []).length === (text.match(/\)/g) ?? []).length;
  return quotes % 2 === 0 && brackets && VERB.test(main.slice(words[0]?.end ?? 0));
}

function closed(text: string): string {
  return text.replace(/[\s,;:—–-]+$/u, "").replace(/(?<!\b\p{L}|\.\p{L})\.$/u, "");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
