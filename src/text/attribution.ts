// Who is said to have said what: "X said", "according to X", "X, the minister, told reporters", quotations with a later "said X".
// Reads one sentence at a time and never guesses beyond it: a pronoun stays a pronoun. Pure; English.
import type { Span } from "../domain.ts";
import { type SpeakerKind, parseSpeaker } from "./speaker-phrase.ts";

export interface Attribution {
  /** The person, body or outlet as written, without role, article and possessive. */
  speaker: string;
  /** Office or description that stands with a person's name, as written; null where there is none. */
  role: string | null;
  kind: SpeakerKind;
  /** The verb as written, or `according to`. */
  verb: string;
  /** The words that attribute: speaker and verb. */
  clause: Span;
  /** What is attributed; where a quotation is, its inside without the marks. */
  said: Span;
  quoted: boolean;
}

const VERBS =
  "said|says|say|saying|told|tells|tell|announced|announces|added|adds|argued|argues|argue|warned|warns|warn|noted|notes|note|stressed|stresses|stress|" +
  "claimed|claims|claim|stated|states|declared|declares|insisted|insists|insist|maintained|maintains|explained|explains|acknowledged|acknowledges|" +
  "admitted|admits|denied|denies|deny|confirmed|confirms|confirm|suggested|suggests|suggest|reported|reports|report|wrote|writes|write|believed|believes|believe|" +
  "estimated|estimates|estimate|emphasised|emphasises|emphasized|emphasizes|pointed out|points out|point out|called for|calls for|demanded|demands|" +
  "concluded|concludes|observed|observes|remarked|remarks|asserted|asserts|alleged|alleges|predicted|predicts|cautioned|cautions|urged|urges|" +
  "highlighted|highlights|replied|replies|responded|disclosed|revealed|reveals|contended|contends|accused|accuses|expressed|expresses|vowed|vows|pledged|pledges|recalled|recalls";
const VERB = new RegExp(`(?<![\\p{L}\\p{N}'’-])(?:${VERBS})(?![\\p{L}\\p{N}'’-])`, "gu");
/** The same letters are a noun here: "the report of", "his claims about". */
const NOUN_AFTER = /^\s+(?:of|by|from|against|about|were|was|are|is|have|has|had|in the|made|to be|to have)\b/;
const NOUN_FORMS = /^(?:claims?|notes?|reports?|states?|estimates?|demands?|remarks?|stress|stresses|alleged|suggest)$/;
const ACCORDING = /\baccording to\s+/giu;
/** After "told", "warned": to whom, up to the content. */
const HEARER =
  /^\s+(?:reporters|journalists|lawmakers|parliament|MPs|the (?:press|media|news agency|BBC|[\p{Ll}]+)|[\p{Lu}][\p{L}.-]*(?: [\p{Lu}][\p{L}.-]*){0,3})\b/u;
const LEAD_IN =
  /^(?:\s+(?:on|in|at|during|after|late|early) [^,.;“”"]{2,40}?(?=,|\s+that\b)|\s+(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today))?,?\s*(?:that\s+|:\s*)?/u;

/** A sentence ends here at the latest: the rest of a longer one is not read. */
const LONGEST = 3000;

/** Every attribution of the sentence, in order of place. */
export function attributionsOf(text: string): Attribution[] {
  const sentence = text.slice(0, LONGEST);
  const quotes = quotations(sentence);
  const found: Attribution[] = [];
  for (const match of sentence.matchAll(ACCORDING)) found.push(...accordingTo(sentence, match.index, match[0].length));
  for (const match of sentence.matchAll(VERB)) {
    const verb: Span = { start: match.index, end: match.index + match[0].length };
    if (quotes.some((quote) => quote.start < verb.start && quote.end > verb.end)) continue;
    const hit = inverted(sentence, verb, quotes) ?? forward(sentence, verb, quotes);
    if (hit !== null && !found.some((other) => other.clause.start < hit.clause.end && hit.clause.start < other.clause.end)) {
      found.push(hit);
    }
  }
  return found.sort((a, b) => a.clause.start - b.clause.start);
}

/** The one who speaks the sentence: whoever its quotation, or else most of it, is attributed to. Null where nobody is named in it. */
export function speakerOf(sentence: string): Attribution | null {
  const weight = (hit: Attribution): number => (hit.quoted ? sentence.length : 0) + (hit.said.end - hit.said.start);
  let best: Attribution | null = null;
  for (const hit of attributionsOf(sentence)) if (best === null || weight(hit) > weight(best)) best = hit;
  return best;
}

/** The insides of quotations in double marks, straight or typographic, and in single typographic marks. */
export function quotations(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/"([^"]+)"|“([^”]+)”|(?<![\p{L}\p{N}])‘([^‘]+?)’(?![\p{L}])/gu)) {
    spans.push({ start: match.index + 1, end: match.index + match[0].length - 1 });
  }
  return spans;
}

function accordingTo(sentence: string, at: number, length: number): Attribution[] {
  const start = at + length;
  const rest = /^[^.;“”"]*/.exec(sentence.slice(start))?.[0] ?? "";
  const comma = rest.indexOf(",");
  const phrase = (at < 3 && comma > 0 ? rest.slice(0, comma) : rest).replace(
    /\s+(?:on|in|from|released|published|seen) .*$/s,
    "",
  );
  const parsed = parseSpeaker(phrase);
  if (parsed === null) return [];
  const leads = sentence.slice(0, at).trim().length < 12;
  const said = leads ? trimmed(sentence, start + phrase.length, sentence.length) : trimmed(sentence, 0, at);
  return [{ ...parsed, verb: "according to", clause: { start: at, end: start + phrase.trimEnd().length }, said, quoted: false }];
}

/** `"…," said X` and `…, says X.` */
function inverted(sentence: string, verb: Span, quotes: readonly Span[]): Attribution | null {
  const before = sentence.slice(Math.max(0, verb.start - 8), verb.start);
  if (!/(?:["”’],?|,)\s*$/.test(before)) return null;
  const rest = /^\s+[^.;:“”"]*/.exec(sentence.slice(verb.end))?.[0] ?? "";
  const phrase = rest
    .replace(/\s+(?:on|in|at|after|during|as|when|while|told|adding|referring)\s.*$/s, "")
    .replace(/,\s*(?:adding|referring|who|which)\b.*$/s, "");
  if (!/^\s+(?:\p{Lu}|the\b|a\b|an\b|one\b|officials\b|analysts\b)/u.test(phrase) || /^\s+(?:that|it|there)\b/.test(phrase))
    return null;
  const parsed = parseSpeaker(phrase);
  if (parsed === null) return null;
  const quote = quotes.filter((span) => span.end <= verb.start).at(-1);
  const clause = { start: verb.start, end: verb.end + phrase.trimEnd().length };
  if (quote !== undefined && verb.start - quote.end < 6) return hitOf(sentence, parsed, verb, clause, quote, true);
  return hitOf(sentence, parsed, verb, clause, trimmed(sentence, 0, verb.start), false);
}

/** `X said …`, `X, the minister, told reporters …`, and `"…," X said`. */
function forward(sentence: string, verb: Span, quotes: readonly Span[]): Attribution | null {
  const written = sentence.slice(verb.start, verb.end);
  const after = sentence.slice(verb.end);
  if (NOUN_FORMS.test(written) && NOUN_AFTER.test(after)) return null;
  if (/^(?:said|reported|claimed|alleged|believed|estimated)$/.test(written) && /^\s+to (?:be|have|[a-z]+)\b/.test(after))
    return null;
  const from = subjectStart(sentence, verb.start);
  const phrase = sentence.slice(from, verb.start);
  if (/\b(?:is|are|was|were|be|been|being|not yet)\s*$/.test(phrase)) return null;
  const parsed = parseSpeaker(
    phrase.replace(
      /(?:\s+(?:has|have|had|also|later|repeatedly|already|then|further|long|reportedly|previously|earlier|again|recently|publicly))+\s*$/i,
      " ",
    ),
  );
  if (parsed === null) return null;
  const clause = { start: from + (phrase.length - phrase.trimStart().length), end: verb.end };
  const near =
    quotes.find((quote) => quote.start >= verb.end && quote.start - verb.end < 60) ??
    quotes.filter((quote) => quote.end <= clause.start && clause.start - quote.end < 6).at(-1);
  if (near !== undefined) return hitOf(sentence, parsed, verb, clause, near, true);
  const heard = /^(?:told|tells|tell|warned|warns|warn|urged|urges)$/.test(written) ? (HEARER.exec(after)?.[0].length ?? 0) : 0;
  const lead = LEAD_IN.exec(after.slice(heard))?.[0].length ?? 0;
  const rest = trimmed(sentence, verb.end + heard + lead, sentence.length);
  // `…, the piece points out.` : what was said stands before
  const said =
    /[\p{L}\p{N}]/u.test(sentence.slice(rest.start, rest.end)) && rest.end - rest.start > 12
      ? rest
      : trimmed(sentence, 0, clause.start);
  return said.end - said.start < 4 ? null : hitOf(sentence, parsed, verb, clause, said, false);
}

function hitOf(
  sentence: string,
  parsed: { speaker: string; role: string | null; kind: SpeakerKind },
  verb: Span,
  clause: Span,
  said: Span,
  quoted: boolean,
): Attribution {
  return { ...parsed, verb: sentence.slice(verb.start, verb.end), clause, said, quoted };
}

/** Where the subject of the verb begins: after the last boundary, but over an apposition between commas. */
function subjectStart(sentence: string, verb: number): number {
  const window = Math.max(0, verb - 160);
  const before = sentence.slice(window, verb);
  const hard = Math.max(
    ...[
      ...before.matchAll(
        /["”;:—]|[.!?]\s|\s[–-]\s|\b(?:but|[Ww]hile|[Ww]hereas|because|although|though|and that|which|[Aa]fter|[Ww]hen|[Aa]s)\s/g,
      ),
    ].map((match) => match.index + match[0].length),
    0,
  );
  const clause = before.slice(hard);
  const closed = /,\s*$/.test(clause);
  const commas = [...clause.matchAll(/,\s/g)].map((match) => match.index + match[0].length);
  // "X, the minister, said": three pieces; "On Monday, X said": the last piece
  const inner = closed ? commas.slice(0, -1) : commas;
  const last = inner.at(-1);
  if (last === undefined) return window + hard;
  if (!closed) return window + hard + last;
  const first = inner.at(-2) ?? 0;
  return window + hard + first;
}

function trimmed(text: string, start: number, end: number): Span {
  let [from, to] = [start, end];
  while (from < to && /[\s,:]/.test(text.charAt(from))) from += 1;
  while (to > from && /[\s,]/.test(text.charAt(to - 1))) to -= 1;
  return { start: from, end: to };
}
