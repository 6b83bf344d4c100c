// The words around a quotation that say who speaks, where and when. Opinion, analysis, statement and interview never stand as plain fact;
// a report's own sentences stand as they are. The quotation itself is never changed.
import type { Dated, Document, Genre, Passage } from "../domain.ts";
import { attributionsOf } from "../text/attribution.ts";
import { dateInWords } from "../text/date-words.ts";
import { surname } from "../text/same-name.ts";
import { asPattern } from "../text/words.ts";
import { own, type Part, type Place, quoted, quoteOf, type Statement } from "./citations.ts";

const JUDGES =
  /\b(?:must|should|ought to|needs? to|cannot afford|imperative|vital|essential|regrettabl[ey]|(?:un)?fortunately|reckless|short-?sighted|flawed|shameful|disgraceful|admirable|urgent(?:ly)?|it is time)\b/i;

/** `31 Oct 2025`, or `undated`. */
function shownDate(date: Dated | null): string {
  return date === null ? "undated" : dateInWords(date);
}

/** A voice: one author or speaker in one document. */
export function voiceOf(passage: Passage): string {
  return `${passage.document.id}\u0000${passage.speaker ?? ""}`;
}

const VIEWS = new Set<Genre | null>(["opinion", "analysis", "interview"]);
/** What its author thinks of a matter, or what somebody says in it, is no account of what happened. */
export const isView = ({ document, speaker }: Passage): boolean => speaker !== null || VIEWS.has(document.genre);

/** Whether the passage's sentences may stand without saying who says them. */
export function standsAlone(passage: Passage, text: string): boolean {
  if (passage.speaker !== null) return false;
  if (passage.document.genre === "report") return true;
  // a person's text without a house behind it is that person's view
  const personal = passage.document.author !== null && passage.document.publisher === null;
  return passage.document.genre === null && !personal && !JUDGES.test(text);
}

/** A place whose sentence may begin with a discourse word: `whole` is where it begins with it. */
export type Stretch = Place & { whole: number };

/**
 * One stretch of a document, in a frame where it needs one. It is never begun in lower case: then the discourse word stays. `before`: passages
 * of the sentences in front of it, in order.
 */
export function framed({ passage, start, end, whole }: Stretch, before: readonly Passage[]): Statement {
  const from = /^\p{Ll}/u.test(passage.text.slice(start - passage.start)) ? whole : start;
  const place = { passage, start: from, end };
  const next = before.length > 0 && voiceOf(before.at(-1) ?? passage) === voiceOf(passage);
  const text = quoteOf(place);
  if (standsAlone(passage, text) || attributesItself(passage, text, next)) return { parts: [quoted(place)] };
  return behind(next ? shortLead(passage, before) : leadOf(passage), place);
}

/** The sentences of an answer, each in the light of those before it. */
export function framedInOrder(stretches: readonly Stretch[]): Statement[] {
  return stretches.map((stretch, at) =>
    framed(
      stretch,
      stretches.slice(0, at).map(({ passage }) => passage),
    ),
  );
}

/** One side of a matter: with its voice and day, whatever the genre. */
export function attributed(place: Place): Statement {
  return attributesItself(place.passage, quoteOf(place), false)
    ? { parts: [quoted(place)] }
    : behind(datedLead(place.passage), place);
}

/** In double typographic marks; a text with such marks of its own follows the colon without further ones. */
function behind(lead: string, place: Place): Statement {
  return /["“”]/.test(quoteOf(place))
    ? { parts: [own(`${lead}: `), quoted(place)] }
    : { parts: [own(`${lead}: “`), quoted(place), own("”")] };
}

/**
 * A sentence in a writer's own words. Where every place it rests on belongs to a voice that does not stand alone, and it names none of them,
 * that voice is set before it: what a model copies out of an opinion piece never reads as a fact. `before` as for `framed`.
 */
export function voiced(text: string, places: readonly Place[], before: readonly Passage[]): Statement {
  const [first] = places;
  const written: Part = { kind: "generated", text, places };
  if (first === undefined || places.some((place) => isOwnedUp(place, text))) return { parts: [written] };
  const others = places.filter(({ passage }) => voiceOf(passage) !== voiceOf(first.passage));
  const next = others.length === 0 && voiceOf(before.at(-1) ?? first.passage) === voiceOf(first.passage) && before.length > 0;
  const leads = next
    ? [shortLead(first.passage, before)]
    : [...new Map([first, ...others].map(({ passage }) => [voiceOf(passage), leadOf(passage)])).values()];
  return { parts: [own(`${leads.join("; ")}: `), written] };
}

/** Whether the sentence may rest on this place as it stands: a report's own words, or the voice is named in it as one that says something. */
function isOwnedUp(citation: Place, text: string): boolean {
  const { passage } = citation;
  const { genre, publisher } = passage.document;
  // of a house's text of no known kind the judge sees whether a view is told as a fact
  if (passage.speaker === null && genre === null && publisher !== null) return true;
  if (standsAlone(passage, quoteOf(citation)) || attributesItself(passage, text, true)) return true;
  return namesOf(passage).some((name) => {
    const at = text.indexOf(name);
    return at >= 0 && (ACTS.test(text.slice(at + name.length)) || attributionsOf(text).length > 0);
  });
}

/** What a sentence may call the passage's voice: who speaks or wrote it, in full and by surname, and the publisher. */
function namesOf({ document, speaker }: Passage): string[] {
  const voices = [speaker ?? document.author, document.publisher].filter((name) => name !== null);
  return voices.flatMap((name) => name.split(/,\s*/)).flatMap((name) => [name, surname(name)]);
}

/** Whether the sentence itself says that it is what this voice (or the publication) tells: "Ruiz argues that …", "…, the piece says". */
function attributesItself(passage: Passage, text: string, follows: boolean): boolean {
  const named = namesOf(passage);
  const begins = named.some((name) => text.startsWith(name) && ACTS.test(text.slice(name.length)));
  if (begins || TELLS.test(text)) return true;
  if (named.some((name) => new RegExp(`\\bin ${asPattern(name)}['’]s? (?:view|opinion|account|words)\\b`, "u").test(text)))
    return true;
  return attributionsOf(text).some(({ speaker: said, kind, quoted }) => {
    if (quoted) return false;
    return kind === "pronoun" ? follows && /^s?he$/i.test(said) : named.includes(said);
  });
}

/** What follows a name that does something: " of Example House argues", " wrote". */
const ACTS =
  /^(?: of [\p{Lu}][\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3})? (?:also |further )?(?:\p{Ll}+(?:s|ed)|wrote|told|saw|held|found|thought)\b/u;

/** A text that speaks of itself. */
const TELLS =
  /^The (?:(?:unsigned|opinion) )?(?:comment|commentary|piece|article|author|writer|text|column|essay|editorial|analysis|note) (?:also |further )?(?:argues|says|notes|adds|sees|calls|finds|warns|wants|cites|holds|expects|points out|recalls|describes|asks|claims|concludes|urges|suggests|stresses|reads|blames|doubts|explains|recommends|demands)\b|, (?:the|this) (?:(?:unsigned|opinion) )?(?:comment|commentary|piece|article|author|writer|text|column|essay|editorial|analysis|note) (?:says|argues|notes|adds|points out|claims|concludes|warns|finds)[.,]|^An? (?:unsigned |opinion )*(?:comment|commentary|piece|article|column|essay|editorial|analysis) (?:argues|says|notes|holds|finds|warns)\b/;

const UNSIGNED: Record<Genre, string> = {
  report: "A report",
  analysis: "An analysis",
  opinion: "An opinion piece",
  interview: "An interview",
  statement: "A statement",
};

/** Who speaks or wrote it; of a house's text of no known kind the house, whose reporter gives no views. */
function whoOf({ document: { author, genre, publisher }, speaker }: Passage): string | null {
  return speaker ?? (genre === null && publisher !== null ? null : author);
}

/** Whose words they are, by name alone: role, day and genre stand in the list of sources. */
function voiceName(passage: Passage): string {
  const { document } = passage;
  const who = whoOf(passage);
  if (who !== null) return joined(who.split(", "));
  const piece = document.genre === null ? null : UNSIGNED[document.genre];
  const where = publisherOf(document);
  if (where === null) return piece ?? "An unsigned text";
  return piece === null || document.genre === "report" ? where : `${piece} in ${where}`;
}

/** "a, b and c". */
export const joined = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** `Amina Khan argues`, `An opinion piece in Paper argues`. */
function leadOf(passage: Passage): string {
  const { document, speaker } = passage;
  const views = document.genre === "opinion" || document.genre === "analysis";
  const several = speaker === null && document.author?.includes(", ") === true;
  return `${voiceName(passage)} ${views ? "argue" : "say"}${several ? "" : "s"}`;
}

/** With the house and the day, for one side of a matter: `Amina Khan, in Paper (4 Nov 2025)`. */
function datedLead(passage: Passage): string {
  const where = publisherOf(passage.document);
  const name = voiceName(passage);
  return `${name}${where === null || name.endsWith(where) ? "" : `, in ${where}`} (${shownDate(passage.document.published)})`;
}

/** `Khan adds`; where another Khan was heard, `Amina Khan adds`. */
function shortLead(passage: Passage, before: readonly Passage[]): string {
  const who = whoOf(passage);
  if (who === null) return "The same text adds";
  if (passage.speaker === null && who.includes(",")) return "The authors add";
  const others = before.flatMap((other) => (whoOf(other) ?? "").split(/,\s*/));
  const shared = others.some((other) => other !== who && surname(other) === surname(who));
  return `${shared ? who : surname(who)} adds`;
}

/** The house, else the host of its address. */
export function publisherOf(document: Document): string | null {
  if (document.publisher !== null) return document.publisher;
  return document.url !== null && URL.canParse(document.url) ? new URL(document.url).hostname.replace(/^www\./, "") : null;
}
