// Who is said to have said what: "X said", "according to X", "X, the minister, told reporters", quotations with a later "said X".
// Reads one sentence at a time and never guesses beyond it: a pronoun stays a pronoun. Pure; English.
import type { Span } from "../domain.ts";
import { WEEKDAY_PATTERN, WEEKDAYS_WRITTEN } from "./date-words.ts";
import { IRREGULAR } from "./irregular-forms.ts";
import { baseOf } from "./words.ts";

/** `people` is a group without names ("analysts"), `pronoun` is he, she, they, it. */
export type SpeakerKind = "person" | "body" | "outlet" | "people" | "pronoun";

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

/** The verbs by which reports give somebody's words or thoughts: one list for all who look for a speaker. */
const SAYING =
  "say tell announce add argue warn note stress claim state declare insist maintain explain acknowledge admit deny confirm suggest report write believe think " +
  "estimate emphasise emphasize underline point+out call+for demand conclude observe remark assert allege predict caution urge highlight reply respond disclose " +
  "reveal contend concede accuse express vow pledge promise recall complain comment mention";
const SAYING_BASES = new Set(SAYING.split(" ").map(baseOf));

/** Alternatives for a pattern: every form of them but that in -ing. */
export const SAYING_FORMS = SAYING.split(" ")
  .flatMap((entry) => {
    const [verb = "", particle = ""] = entry.split("+");
    const irregular = [...IRREGULAR].filter(([, base]) => base === verb).map(([form]) => form);
    const stem = verb.replace(/(?<=[^aeiou])y$/, "i").replace(/mit$/, "mitt");
    const past = irregular.length > 0 ? irregular : [`${stem.replace(/e$/, "")}ed`];
    const third = verb.endsWith("ss") || stem.endsWith("i") ? `${stem}es` : `${verb}s`;
    return [...past, third, verb].map((form) => (particle === "" ? form : `${form} ${particle}`));
  })
  .join("|");
const VERB = new RegExp(`(?<![\\p{L}\\p{N}'’-])(?:${SAYING_FORMS}|saying)(?![\\p{L}\\p{N}'’-])`, "gu");

/** Whether a base form is such a verb. */
export const isSaying = (base: string): boolean => SAYING_BASES.has(base);

/** The same letters are a noun here: "the report of", "his claims about". */
const NOUN_AFTER = /^\s+(?:of|by|from|against|about|were|was|are|is|have|has|had|in the|made|to be|to have)\b/;
const NOUN_FORMS = /^(?:claims?|notes?|reports?|states?|estimates?|demands?|remarks?|stress|stresses|alleged|suggest)$/;
/** "a police report", but "analysts report". */
const NOUN = /^(?:claim|note|report|state|estimate|demand|remark|stress|call for)$/;
const PLURAL = /(?:s|\b(?:they|we|I|you|people|police))\s*$/i;
/** What stands between a subject and its verb, and where no subject stands in front of it: "struggled to contend", "to exchange notes". */
const BETWEEN = new RegExp(
  String.raw`(?:\s+(?:has|have|had|also|later|already|then|further|long|earlier|again|first|always|once|since|\p{Ll}+ly|(?:(?:on|late|early|last) )?(?:${WEEKDAYS_WRITTEN}|yesterday|today)))+\s*$`,
  "u",
);
const NO_SUBJECT =
  /^\s*(?:of|in|at|for|with|by|from|to|on)\s|(?:\b(?:is|are|was|were|be|been|being|not|yet|to|to \p{Ll}+|an?|the|this|that|no|of|its|his|their|cannot)|n['’]t|\p{L}['’]s)\s*$/iu;
const ACCORDING = /\baccording to\s+/giu;
/** After "told", "warned": to whom, up to the content. */
const HEARER =
  /^\s+(?:reporters|journalists|lawmakers|parliament|MPs|the (?:press|media|news agency|BBC|[\p{Ll}]+)|[\p{Lu}][\p{L}.-]*(?: [\p{Lu}][\p{L}.-]*){0,3})\b/u;
const LEAD_IN = new RegExp(
  String.raw`^(?:\s+(?:on|in|at|during|after|late|early) [^,.;“”"]{2,40}?(?=,|\s+that\b)|\s+(?:${WEEKDAYS_WRITTEN}|yesterday|today))?,?\s*(?:that\s+|:\s*)?`,
  "u",
);

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
  if (found.length === 0) found.push(...foreign(sentence, quotes));
  return found.sort((a, b) => a.clause.start - b.clause.start);
}

/** `„…“, sagte Chefärztin Ana Ruiz`: behind a quotation, as much of Europe writes it. */
const FOREIGN = new RegExp(
  String.raw`(?<=["”“»],?\s)(?<verb>sagte|sagt|erklärte|betonte|meinte|dijo|declaró|afirmó|a déclaré|a dit|affirme|zei|sade|sagde)\s(?:(?:am\s\p{Lu}\p{Ll}+|(?:el\s)?(?:${WEEKDAY_PATTERN}))\s)?(?:(?:der|die|el|la|le|de)\s(?:\p{Ll}+\s)?|l['’]\p{Ll}+\s)?(?<who>\p{Lu}[\p{L}.'’-]*(?:\s(?:(?:von|van|de|del|der)\s)?\p{Lu}[\p{L}.'’-]*){0,3})`,
  "gu",
);

function foreign(sentence: string, quotes: readonly Span[]): Attribution[] {
  return [...sentence.matchAll(FOREIGN)].flatMap(
    ({ 0: whole, index, groups: { verb = "", who: named = "" } = {} }): Attribution[] => {
      const who = named.replace(/[.'’-]+$/, "");
      const said = quotes.findLast((quote) => quote.end <= index);
      const [, role = null, speaker = who] =
        /^(\S+(?:\s\S+)*?)\s(\p{Lu}\S*\s(?:(?:von|van|de|del|der)\s)?\p{Lu}\S*)$/u.exec(who) ?? [];
      const clause = { start: index, end: index + whole.length };
      return said === undefined ? [] : [{ speaker, role, kind: "person", verb, clause, said, quoted: true }];
    },
  );
}

/** The one who speaks the sentence: whoever its quotation, or else most of it, is attributed to. Null where nobody is named in it. */
export function speakerOf(sentence: string): Attribution | null {
  const weight = (hit: Attribution): number => (hit.quoted ? sentence.length : 0) + (hit.said.end - hit.said.start);
  let best: Attribution | null = null;
  for (const hit of attributionsOf(sentence)) if (best === null || weight(hit) > weight(best)) best = hit;
  return best;
}

/** The insides of quotations in double marks, straight or typographic, and in single typographic marks; of one that began in a sentence before, what is left. */
export const quotations = (text: string): Span[] =>
  [
    ...text.matchAll(
      /"[^"]+"|„[^“”„]+[“”]|«[^»]+»|“[^”]+”|^[^“”"„«]+(?:”|“(?=,\s)|»(?=[\s,.]))|(?<![\p{L}\p{N}])‘[^‘]+?’(?![\p{L}])/gu,
    ),
  ].map(({ 0: whole, index }) => ({
    start: index + (/^["“‘„«]/.test(whole) ? 1 : 0),
    end: index + whole.length - 1,
  }));

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
  const quote = quotes.filter((span) => span.end <= verb.start).at(-1);
  const quoted = quote !== undefined && verb.start - quote.end < 6;
  const parsed = parseSpeaker(phrase) ?? (quoted ? described(phrase) : null);
  if (parsed === null) return null;
  const clause = { start: verb.start, end: verb.end + phrase.trimEnd().length };
  const said = quoted ? quote : trimmed(sentence, 0, verb.start);
  return { ...parsed, verb: sentence.slice(verb.start, verb.end), clause, said, quoted };
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
  const subject = phrase.replace(BETWEEN, " ");
  if (NO_SUBJECT.test(subject) || (NOUN.test(written) && !PLURAL.test(subject))) return null;
  const clause = { start: from + (phrase.length - phrase.trimStart().length), end: verb.end };
  const near =
    quotes.find((quote) => quote.start >= verb.end && quote.start - verb.end < 60) ??
    quotes.filter((quote) => quote.end <= clause.start && clause.start - quote.end < 6).at(-1);
  const parsed = parseSpeaker(subject) ?? (near === undefined ? null : described(subject));
  if (parsed === null) return null;
  if (near !== undefined) return { ...parsed, verb: written, clause, said: near, quoted: true };
  const heard = /^(?:told|tells|tell|warned|warns|warn|urged|urges)$/.test(written) ? (HEARER.exec(after)?.[0].length ?? 0) : 0;
  const lead = LEAD_IN.exec(after.slice(heard))?.[0].length ?? 0;
  const rest = trimmed(sentence, verb.end + heard + lead, sentence.length);
  // `…, the piece points out.` : what was said stands before
  const said =
    /[\p{L}\p{N}]/u.test(sentence.slice(rest.start, rest.end)) && rest.end - rest.start > 12
      ? rest
      : trimmed(sentence, 0, clause.start);
  return said.end - said.start < 4 ? null : { ...parsed, verb: written, clause, said, quoted: false };
}

/** Where the subject of the verb begins: after the last boundary, but over an apposition between commas. */
function subjectStart(sentence: string, verb: number): number {
  const window = Math.max(0, verb - 160);
  const before = sentence.slice(window, verb);
  const hard = Math.max(
    ...[
      ...before.matchAll(
        /["”;:—]|(?<!\b(?:\p{Lu}|Mrs?|Ms|Dr|Rep|Sen|Gov|Gen|St|Prof))[.!?]\s|\s[–-]\s|\b(?:but|[Ww]hile|[Ww]hereas|because|although|though|and that|which|[Aa]fter|[Bb]efore|[Ww]hen|[Aa]s)\s/gu,
      ),
    ].map((match) => match.index + match[0].length),
    0,
  );
  const clause = before.slice(hard);
  const closed = /,\s*$/.test(clause);
  const commas = [...clause.matchAll(/,\s/g)].map((match) => match.index + match[0].length);
  // "X, the minister, said": three pieces; "On Monday, X said": the last piece
  const inner = closed ? commas.slice(0, -1) : commas;
  return window + hard + ((closed && inner.length > 0 ? inner.at(-2) : inner.at(-1)) ?? 0);
}

function trimmed(text: string, start: number, end: number): Span {
  let [from, to] = [start, end];
  while (from < to && /[\s,:]/.test(text.charAt(from))) from += 1;
  while (to > from && /[\s,]/.test(text.charAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

const ROLE =
  /\b(?:ministers?|presidents?|premier|chancellor|secretary|spokes(?:man|woman|person)|ambassador|envoy|director|professor|lecturer|senator|mayor|governor|general|colonel|commander|chief|chair(?:man|woman|person)?|head|leader|lawyer|judge|analyst|economist|expert|researcher|scientist|fellow|author|editor|adviser|advisor|official|officer|diplomat|captain|coach|manager|owner|founder|lawmaker|commissioner|resident|farmer|doctor|engineer|activist|historian|king|queen|prince|executive|CEO|MP)\b/iu;
const OUTLET =
  /\b(?:piece|article|paper|newspaper|daily|weekly|magazine|report|editorial|op-ed|column|outlet|website|broadcaster|news agency|wire|study|survey|review|essay|commentary|Times|Post|Herald|Gazette|Tribune|Journal|Guardian|Telegraph|Press|News|Reuters|AFP|BBC|CNN|Courier|Observer|Chronicle|Independent|Standard|Mail|Dispatch|Echo|Argus)\b/u;
const BODY =
  /\b(?:ministry|government|police|army|military|office|department|agency|council|court|committee|commission|bank|company|union|party|parliament|authority|university|institute|organi[sz]ation|fund|alliance|league|society|corporation|centre|center|group|firm|board|embassy|delegation|administration|association|federation|club|bureau|service|navy|force|forces|side|systems|labs|laboratories|holdings?|industries|technologies|motors|airlines|White House|Kremlin)\b/iu;
const PEOPLE =
  /\b(?:analysts|experts|officials|critics|observers|residents|witnesses|sources|authorities|supporters|scientists|researchers|economists|diplomats|lawyers|police|protesters|doctors|farmers|aides|lawmakers|ministers|leaders|activists|people|investigators|prosecutors|organisers|organizers|engineers|historians|campaigners|locals|opponents|members|workers|unions)\b/iu;
/** What a text calls a house or person, no part of the name. */
const EPITHET = /^(?:(?:[Aa]rch-)?[Rr]ival|[Cc]ompetitor|[Ff]ellow|[Ff]ormer|[Vv]eteran|[Pp]arent|[Nn]ewcomer)\s+(?=\p{Lu})/u;
const PRONOUN = /^(?:he|she|they|it|we|i|you)$/i;

/** Speaker, role and kind of a phrase, or null where it does not name someone who could speak. */
export function parseSpeaker(phrase: string): { speaker: string; role: string | null; kind: SpeakerKind } | null {
  const text = phrase
    .trim()
    .replace(/^(?:and|but|so|yet|however|meanwhile|also|still|then|later)\b,?\s+/i, "")
    .replace(EPITHET, "")
    .replace(/[,\s]+$/, "");
  if (text === "" || text.split(/\s+/).length > 16) return null;
  if (PRONOUN.test(text)) return { speaker: text, role: null, kind: "pronoun" };
  const pieces = text.split(/,\s+/);
  const named = pieces.findIndex((piece) => isPersonName(piece));
  if (named >= 0) {
    const others = pieces.filter((piece, index) => index !== named && (ROLE.test(piece) || index > named));
    return {
      speaker: bare(pieces[named] ?? "").replace(TITLED, ""),
      role: others.length > 0 ? others.join(", ") : null,
      kind: "person",
    };
  }
  const last = pieces.at(-1) ?? text;
  for (const piece of pieces.length > 1 && ROLE.test(last) ? [pieces[0] ?? last, last] : [last]) {
    const split = roleThenName(piece);
    if (split !== null) return { ...split, kind: "person" };
  }
  const subject = bare(last);
  if (subject.split(/\s+/).length > 9 || /^(?:this|that|these|those|there|which|who|what|such)\b/i.test(subject)) return null;
  const capital = /\p{Lu}/u.test(subject);
  if (OUTLET.test(subject) && (capital || /^(?:the|an?)\s/i.test(last)))
    return { speaker: outletName(subject), role: null, kind: "outlet" };
  if (BODY.test(subject)) return { speaker: subject, role: null, kind: "body" };
  if (PEOPLE.test(subject)) return { speaker: subject, role: null, kind: "people" };
  if (ROLE.test(subject)) return { speaker: subject, role: null, kind: "person" };
  if (/^\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:of|and|for|al|de|van|von|bin)\s+)?\p{Lu}[\p{L}.'’-]*)*$/u.test(subject))
    return { speaker: subject, role: null, kind: "body" };
  return null;
}

/** Beside a quotation whoever says it is its speaker, by whatever he is called: "the lock keeper". */
function described(phrase: string): { speaker: string; role: null; kind: "person" } | null {
  const speaker = /^(?:the|an?|one)\s\p{Ll}[\p{L}’'-]*(?:\s[\p{L}’'-]+){0,5}$/iu.exec(phrase.trim())?.[0];
  return speaker === undefined ? null : { speaker: speaker.replace(/^The/, "the"), role: null, kind: "person" };
}

const HONORIFIC = /^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Gen|Col|Capt|Sen|Rep)\.?\s+/u;

/** Before a name of several words. */
const TITLED = /^(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen)\. (?=\S+ \S)/u;

/** Two or more capitalised words (or an honorific and one) without an office, an outlet or a body among them. */
function isPersonName(piece: string): boolean {
  const text = piece.trim();
  if (HONORIFIC.test(text)) return /^\S+\s+\p{Lu}/u.test(text) && text.split(/\s+/).length <= 5;
  return (
    /^\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:al|de|van|von|der|bin|ibn|da|del|di|ben|ter)[\s-]+)?\p{Lu}[\p{L}.'’-]*){1,3}$/u.test(text) &&
    !ROLE.test(text) &&
    !OUTLET.test(text) &&
    !BODY.test(text) &&
    !PEOPLE.test(text.split(/\s+/).at(-1) ?? "") &&
    !/['’]s\b/.test(text)
  );
}

/** "Kestrel's transport minister Ana Ruiz": the name that ends the phrase after an office. */
function roleThenName(piece: string): { speaker: string; role: string | null } | null {
  const match =
    /^(.*?\p{L})\s+((?:(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col)\.?\s+)?\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:al|de|van|von|der|bin|da|del|di)\s+)?\p{Lu}[\p{L}.'’-]*){0,3})$/u.exec(
      piece.trim(),
    );
  if (match === null) return null;
  let role = match[1] ?? "";
  const words = (match[2] ?? "").split(/\s+/);
  while (words.length > 1 && (ROLE.test(words[0] ?? "") || (!ROLE.test(role) && words.slice(1).some((word) => ROLE.test(word)))))
    role += ` ${words.shift()}`;
  const name = words.join(" ");
  if (!ROLE.test(role) || ROLE.test(name) || /\b(?:of|for|at|in|from|the)$/i.test(role)) return null;
  return { speaker: name, role: bare(role) };
}

/** "the Asia Times opinion piece" -> "Asia Times"; "the paper" stays. */
function outletName(subject: string): string {
  const name = /^(?:[Tt]he\s+)?(\p{Lu}[\p{L}.&'’-]*(?:\s+\p{Lu}[\p{L}.&'’-]*)*)/u.exec(subject)?.[1];
  return name === undefined || /^The$/.test(name) ? subject : name;
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^(?:the|an?)\s+(?=\p{Lu})/u, "")
    .replace(/^The\s+/u, "the ")
    .replace(/^(?:the|an?) (?=[\p{Ll}]+ (?:minister|spokes))/u, "");
}
