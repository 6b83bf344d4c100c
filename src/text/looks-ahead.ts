// Whether the clause around a time expression speaks of what is to come, and whether it says that nothing is planned for then. Words only;
// English.
import { IRREGULAR } from "./irregular-forms.ts";
import { wordsOf } from "./words.ts";

/** "beat", "cut" and the like are of the present as well. */
const PAST_FORMS = new Set(
  [...IRREGULAR]
    .filter(([form, base]) => form !== base && !/men$|children|people|^(?:is|are|am)$/.test(form))
    .map(([form]) => form),
);
const AHEAD =
  /\b(?:will|shall|won't|is to|are to|is due|are due|due to|scheduled|plans? to|planned for|expected|expects?|set to|going to|intends?|hopes? to|would|next|coming|upcoming)\b/i;
/** The same, where it stands in front of the time: behind it the plan itself is dated ("in March it was considering a sale"). Case tells may from May. */
const AHEAD_BEFORE =
  /\b(?:(?:is|are|was|were|be|not|still|now|also|already|currently) (?:planning|intending|considering|weighing|preparing|hoping|aiming|proposing|expecting|forecasting|predicting|seeking|thinking)|(?:may|might|could)(?! (?:not )?have\b)(?! not\b)|(?:un)?likely to|hopes? for|wants? to|proposes|promises|pledges|vows|considers|forecasts|predicts|no (?:plans?|intention)|opens|starts|begins|takes (?:effect|place)|comes into (?:force|effect)|expires|resumes|goes on sale)\b/;
/** Looks to what is to come, or to what was: of these the nearer day counts. */
const EITHER =
  /\bhad (?:\w+ )?(?:been )?(?:expected|planned|scheduled|due|set|hoped|intended|going)\b|\b(?:planned|intended|proposed|promised|pledged|vowed|forecast|predicted|considered|hoped for|ruled out|(?:agreed|voted|decided|wanted|ordered|told|asked|promised|pledged|vowed) to)\b/i;
const NO_PLAN =
  /(?:\b(?:not|never|no longer)|n['’]t) (?:\w+ly |yet |now )?(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|consider(?:s|ed|ing)?|expect(?:s|ed|ing)?|forecast(?:ing)?|propos(?:es?|ed|ing)|aim(?:s|ed|ing)?|prepar(?:es?|ed|ing)|seek(?:s|ing)?|schedul(?:ed|ing)|weigh(?:s|ed|ing)?)\b|\bno (?:plans?|intention|intentions|proposals?)\b|\brul(?:es?|ed|ing) out\b|\bden(?:y|ies|ied|ying) (?:that |having )?(?:\w+ ){0,3}plan/i;
const BREAK =
  /[;:]\s|,?\s(?:but|while|whereas|after|before|when|because|although|which|who|where)\s|,\s(?:and|said|says)\s|(?:\sand|,)\s(?=(?:will|would|is|are|was|were|has|had)\s)|\sthat\s/gi;

export function looksAhead(text: string, start: number, end: number): boolean {
  const { before, whole } = clauseAround(text, start, end);
  if (/\bhad\b/i.test(EITHER.exec(whole)?.[0] ?? "")) return false;
  const ahead = AHEAD.exec(whole);
  // "in October revealed plans to expand": the telling of the plan is dated, not the plan
  const told = ahead !== null && /^plans? to/i.test(ahead[0]) && PAST.test(whole.slice(0, ahead.index));
  return (ahead !== null && !told) || precedes(AHEAD_BEFORE, before);
}

/** A verb of the past, but for the participle of "are banned" or "is to be closed". */
const PRESENT_PASSIVE = /\b(?:is|are|be|being|stays?|remains?|keeps?)\s+(?:\w+ly\s+)?\p{Ll}+(?:ed|en|t)\b/giu;
const PAST = /\b(?:was|were|had|did|has|have|\p{Ll}{2,}ed)\b/u;
const LEADS_TO = /\b(?:on|until|till|by|before|from|through|this)\s+$|\b(?:is|are|sale)\s+$/i;

/** "until Thursday", "reopen on Wednesday", "has until Friday": a weekday behind a verb of the present is the one to come. */
export function weekdayAhead(text: string, start: number, end: number): boolean {
  if (looksAhead(text, start, end)) return true;
  const lead = LEADS_TO.exec(text.slice(0, start));
  if (lead === null && !/^this\s/i.test(text.slice(start))) return false;
  if (/\b(?:has|have)\s+(?:until|till)\s+$/i.test(text.slice(0, start))) return true;
  // "before" begins no clause here
  const { whole } = clauseAround(text, lead?.index ?? start, end);
  const said = whole.replace(PRESENT_PASSIVE, " ");
  return !PAST.test(said) && !wordsOf(said).some(({ folded }) => PAST_FORMS.has(folded));
}

/** It may look ahead or back: a time without a year is the nearer one. */
export function looksEitherWay(text: string, start: number, end: number): boolean {
  const { before } = clauseAround(text, start, end);
  return precedes(EITHER, before);
}

/** "was not planning a rise in December": the clause tells that nothing is planned for the time. */
export function deniesPlan(text: string, start: number, end: number): boolean {
  return NO_PLAN.test(clauseAround(text, start, end).before);
}

/** Something stands between the words and the time: "promised in March" dates the promise, "promised a school in March" the school. */
function precedes(words: RegExp, before: string): boolean {
  const match = words.exec(before);
  if (match === null) return false;
  return TIMETABLE.test(match[0]) || /\p{L}{3,}/u.test(before.slice(match.index + match[0].length));
}

/** Said of a time directly: "opens in May". */
const TIMETABLE = /^(?:opens|starts|begins|takes|comes|expires|resumes|goes|had)\b/i;

function clauseAround(text: string, start: number, end: number): { before: string; whole: string } {
  let from = 0;
  let to = text.length;
  for (const match of text.matchAll(BREAK)) {
    if (match.index + match[0].length <= start) from = match.index + match[0].length;
    else if (match.index >= end && match.index < to) to = match.index;
  }
  return { before: text.slice(from, start), whole: text.slice(from, to) };
}
