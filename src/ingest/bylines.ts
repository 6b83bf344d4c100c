// Who signs and who publishes, by the shape of a line alone: names of people in a byline, the office under a name, an outlet's name beside it
// or in a copyright line. No list of persons, nothing is looked up and nothing is guessed.
import { parseSpeaker } from "../text/attribution.ts";
import { MONTH_PATTERN, WEEKDAY_PATTERN } from "../text/date-words.ts";
import { folded } from "./html/dom.ts";
import { isControl } from "./notes/interface-lines.ts";

export const PARTICLES = "al|el|bin|bint|ibn|ben|da|das|de|del|della|den|der|di|do|dos|du|la|le|ter|van|von|y|zu|e";
const ROLE = /\b(?:reporters?|writers?|columnists?|contributors?|correspondents?|editors?|staff|agency|news)\b/iu;
const NOBODY = /^(?:admin(?:istrator)?|guest|anonymous|unknown|(?:about the )?author|biography|more|email|webmaster|root)$/i;
const WORD = "(?:(?:al|el|ul|ur|d)[-'’])?\\p{Lu}[\\p{L}\\p{M}.'’`-]{0,30}";
const NAME = new RegExp(`^${WORD}(?:\\s(?:${WORD}|${PARTICLES}|af)){0,5}$`, "u");
const CASELESS = /^[\p{Lo}\p{M}・·\u200c\s]{2,40}$/u;
/** What a forum's members call themselves. */
const HANDLE = /^[a-z][\w.-]{2,30}$/;
const SIGNED =
  /^\(?(?:(?:(?:written|posted|submitted|published|report(?:ed|ing)|story|words|text|analysis)\s+)?by|authors?|writers?|reporter|von|par|por|autor|auteur|автор|текст|بقلم)(?:\s*[:|]\s*|\s+)/iu;
const JOINTS = /\s*[;|/•·,、，،]\s*|\s+(?:and|&|und|et|y|e|и|with)\s+/iu;
/** No name has a figure in it, nor a word of a date before one; what follows is none either. */
const TAIL = new RegExp(
  `[\\s,|•·–—-]*(?:(?<![\\p{L}])(?:published|updated|posted|publié|publicado|on|le|am|${WEEKDAY_PATTERN}|${MONTH_PATTERN})(?!\\p{L})[.,:\\s|]*)*[\\d@(（].*$`,
  "iu",
);
const DEGREE = /^(?:(?:Ph|M)\.? ?D|M\.? ?A|MBA|Esq|[JS]r|I{2,3})\.?$/i;
const MAX_NAMES = 30;

/** In order, without repeats; the publisher's own name, "admin", addresses and roles are not authors. `handles`: a word in small letters is a name too. */
export function cleanAuthors(bylines: readonly string[], publisher: string | null, handles = false): string[] {
  const house = (publisher ?? "").toLowerCase();
  const names = new Map<string, string>();
  for (const part of bylines.flatMap((each) => each.split(";")).flatMap(partsOf)) {
    const whole = stripped(part);
    const name = house !== "" && whole.toLowerCase().endsWith(` ${house}`) ? whole.slice(0, -house.length).trim() : whole;
    const key = name.toLowerCase();
    if (isName(name, handles) && key !== house && !names.has(key)) names.set(key, titled(name));
  }
  const all = [...names.values()].slice(0, MAX_NAMES);
  // "Nora Lind, Daily Post", "Nora Lind, Reuters": the outlet is no second author
  const isHouse = (name: string): boolean =>
    isOutlet(name) || (/^\p{Lu}\S+$/u.test(name) && all.some((other) => /\p{Ll}\s/u.test(other)));
  const persons = all.filter((name) => !isHouse(name));
  return persons.length > 0 ? persons : all;
}

function partsOf(byline: string): string[] {
  const text = folded(byline);
  if (text.length > 300) return [];
  const own = stripped(text);
  const [surname = "", forename = "", ...more] = own.split(/\s*,\s*/);
  // "Surname, Forename" of two single words is one person
  const isTurned =
    more.length === 0 && [surname, forename].every((part) => /^[\p{Lu}][\p{L}'’-]+$/u.test(part)) && !SIGNED.test(text);
  return isTurned ? [`${forename} ${surname}`] : own.split(JOINTS);
}

const stripped = (text: string): string =>
  text
    .replace(SIGNED, "")
    .replace(/\S+@\S+\.\w+|https?:\S+/g, "")
    .replace(TAIL, "")
    .replace(/^(?:and|&)\s+|[\s.,:;–—-]+$/giu, "")
    .trim();

function isName(text: string, handles: boolean): boolean {
  if (/^(?:the|our|an?)\s|\.\p{L}{2,4}$/iu.test(text) || text.length < 3 || text.length > 60) return false;
  if (NOBODY.test(text) || ROLE.test(text) || DEGREE.test(text)) return false;
  if (NAME.test(titled(text))) return /\s/.test(text) || text.length > 3;
  return CASELESS.test(text) || (handles && HANDLE.test(text));
}

/** JANE DOE to Jane Doe: shouting is the layout's, not the name's. */
const titled = (name: string): string =>
  name === name.toUpperCase() && name.length > 5 && /\s/.test(name)
    ? name
        .toLowerCase()
        .replace(/(^|[\s'’.-])(\p{L})/gu, (_whole, before: string, letter: string) => before + letter.toUpperCase())
    : name;

const HONORIFIC =
  /^(?:(?:mrs?|ms|dr|prof|sir|lord|lady|gen|lt|col|capt|adm|rev|sen|rep)\.?|professor|ambassador|general|senator)\s+/i;
const SUFFIX = /,?\s+(?:jr|sr|ii|iii|phd|md|esq|retd?)\.?$/i;
const OFFICE =
  /\b(?:director|professor|prof|minister|ambassador|analyst|research(?:er)?|editor|former|chair|president|head|chief|senior|reporter|writer|expert|spokes\w+|ceo|founder|general|secretary|member of|student|manager|doctor|mayor)\b/i;

/** Two to five words of a name, none of them an ordinary headline's word. */
export function isPersonName(text: string): boolean {
  const bare = text.replace(HONORIFIC, "").replace(SUFFIX, "");
  const words = bare.split(/\s+/);
  if (words.length > 5 || words.filter((word) => /\p{Lu}/u.test(word)).length < 2 || !isName(bare, false)) return false;
  return !words.some((word) => isControl(word.toLowerCase())) && parseSpeaker(bare)?.kind === "person";
}

/** An office, profession or affiliation as it stands under a name: no sentence. */
export function isRole(text: string): boolean {
  const words = text.split(/\s+/).length;
  if (text.length > 220 || words > 30 || /[.!?]["”’)]*$/.test(text.replace(/\b(?:Inc|Ltd|[JSD]r|U\.[SK]|Co)\.$/, "")))
    return false;
  if (!/^[\p{Lu}"“(]/u.test(text) && words > 8) return false;
  return OFFICE.test(text) && !/\b(?:sa(?:id|ys)|told|will|ha(?:s|ve) been|was|were)\b/i.test(text);
}

export interface Byline {
  /** Joined by `, `. */
  author: string;
  rest: string | null;
}

/** The author of a line like "By Jane Doe and John Roe — The Daily", or null where the line is none. */
export function readByline(line: string): Byline | null {
  const lead = line.length > 200 ? null : SIGNED.exec(line);
  if (lead === null) return null;
  const [people = "", ...behind] = line.slice(lead[0].length).split(/\s+[|•·—–-]\s+|\s*[|•·—]\s*|\s+(?:for|in)\s+(?=\p{Lu})/u);
  const names = cleanAuthors([people], null);
  const rest = [...people.split(/\s*,\s*/).slice(1), ...behind].find((part) => isOutlet(part.trim()));
  return names.length === 0 ? null : { author: names.join(", "), rest: rest?.trim() ?? null };
}

const OUTLET =
  /\b(?:Press|News|Times|Post|Agency|Agence|Tribune|Herald|Daily|Today|Gazette|Journal|Observer|Guardian|Telegraph|Chronicle|Network|Radio|TV|Television|Media|Magazine|Review|Independent|Express|Mail|Star|Standard|Bulletin|Reuters|AFP|AP|BBC|CNN|Wire|Monitor|Insider|Weekly|Online|Record|Reporter|Zeitung|Institute|Foundation)\b/;
const DOMAIN = /^(?:www\.)?[a-z0-9][a-z0-9-]{1,40}(?:\.[a-z]{2,12}){1,2}$/i;

/** True for a short line that is an outlet's name or address and nothing else. */
export function isOutlet(text: string): boolean {
  if (text.length > 60 || /[!?,;:]|[.]$/.test(text)) return false;
  if (DOMAIN.test(text)) return true;
  const words = text.split(/\s+/);
  return (
    words.length <= 6 && OUTLET.test(text) && words.every((word) => /^(?:\p{Lu}|\d|of$|the$|and$|&$|for$|de$|la$)/u.test(word))
  );
}

/** "© 2025 The Gazette. All rights reserved", "Gazette.example © 2025". */
export function publisherInNotice(line: string): string | null {
  if (line.length > 240 || !/©|\(c\)\s?\d{4}|copyright/i.test(line)) return null;
  const after =
    /(?:©|\(c\)|copyright)[\s,:©]*(?:\d{4}(?:\s?[-–]\s?(?:\d{4}|present))?)?[\s,.:–|-]*(?:by\s+)?(\p{Lu}[^©|,;]{1,60}?)(?=\s*(?:[©|,;]|\.(?:\s|$)|[-–—]\s|\d{4}|\ball\b|$))/iu;
  const before = /^(.{2,50}?)\s*[,.|-]?\s*(?:©|\(c\)|copyright)\s?,?\s?(?:\d{4}|$)/iu;
  const names = [after, before].flatMap((form) => form.exec(line)?.[1]?.replace(/^copyright\s+|[\s.,|-]+$/gi, "") ?? []);
  return names.find((name) => /^[\p{L}\p{N}]/u.test(name) && !/\b(?:rights|reserved|notice|policy)/i.test(name)) ?? null;
}
