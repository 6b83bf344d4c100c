// A byline to the names in it. Takes only what reads like names of people or of an agency; offices, addresses and dates are left out.
import { MONTH_PATTERN, WEEKDAY_PATTERN } from "../../text/date-words.ts";
import { isOutlet } from "../notes/publishers.ts";

const ROLE = /\b(?:reporters?|writers?|columnists?|contributors?|correspondents?|editors?|staff|agency|news)\b/iu;
const NOBODY = /^(?:admin(?:istrator)?|guest|anonymous|unknown|author|about the author|biography|bio|more|email|follow|share)$/i;
const NAME =
  /^[\p{Lu}][\p{L}\p{M}.'’`-]{0,30}(?:\s(?:[\p{Lu}][\p{L}\p{M}.'’`-]{0,30}|d[aeiou]s?|del|della|van|von|de[rn]|zu|af|al|el|bin|ibn|la|y)){0,5}$/u;
const CASELESS = /^[\p{Lo}\p{M}・·\u200c\s]{2,40}$/u;
/** What a line that signs begins with. */
export const SIGNED =
  /^(?:(?:(?:written|posted|submitted|published|reported|story|words|analysis)\s+)?by|author|von|par|por|di|door|автор|текст|بقلم)(?:\s*:\s*|\s+)/iu;
const JOINTS = /\s*(?:;|\||\/|•|·|,|、|，|،)\s*|\s+(?:and|&|und|et|y|e|и|with)\s+/iu;
/** No name has a figure in it, nor a word of a date before one; what follows is none either. */
const TAIL = new RegExp(
  `[\\s,|•·–—-]*(?:(?<![\\p{L}])(?:published|updated|posted|publié|publicado|on|le|am|${WEEKDAY_PATTERN}|${MONTH_PATTERN})(?!\\p{L})[.,:\\s|]*)*[\\d@(（].*$|\\s+updated$`,
  "iu",
);
/** What stands behind a name and is none. */
const DEGREE = /^(?:Ph\.? ?D|M\.? ?D|M\.? ?A|MBA|R\.? ?N|Esq|[JS]r|I{2,3})\.?$/i;
const MAX_NAMES = 30;

/** In order, without repeats; the publisher's own name, "admin", addresses and roles are not authors. */
export function cleanAuthors(bylines: readonly string[], publisher: string | null): string[] {
  const house = (publisher ?? "").toLowerCase();
  const names = new Map<string, string>();
  for (const part of bylines.flatMap((each) => each.split(";")).flatMap(partsOf)) {
    const whole = stripped(part);
    const name = house !== "" && whole.toLowerCase().endsWith(` ${house}`) ? whole.slice(0, -house.length).trim() : whole;
    const key = name.toLowerCase();
    if (isName(name) && key !== house && !names.has(key)) names.set(key, titled(name));
  }
  const all = [...names.values()].slice(0, MAX_NAMES);
  // "Nora Lind, Daily Post", "Nora Lind, Reuters": the outlet is no second author
  const isHouse = (name: string): boolean =>
    isOutlet(name) || (/^\p{Lu}\S+$/u.test(name) && all.some((other) => /\p{Ll}\s/u.test(other)));
  const persons = all.filter((name) => !isHouse(name));
  return persons.length > 0 ? persons : all;
}

function partsOf(byline: string): string[] {
  const text = byline.replace(/[\s\u00a0]+/g, " ").trim();
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

function isName(text: string): boolean {
  if (/^(?:the|our|an?)\s|\.\p{L}{2,4}$/iu.test(text) || text.length < 3 || text.length > 60) return false;
  if (NOBODY.test(text) || ROLE.test(text) || DEGREE.test(text)) return false;
  return NAME.test(titled(text)) ? /\s/.test(text) || text.length > 3 : CASELESS.test(text);
}

/** JANE DOE to Jane Doe: shouting is the layout's, not the name's. */
const titled = (name: string): string =>
  name === name.toUpperCase() && name.length > 5 && /\s/.test(name)
    ? name
        .toLowerCase()
        .replace(/(^|[\s'’.-])(\p{L})/gu, (_whole, before: string, letter: string) => before + letter.toUpperCase())
    : name;
