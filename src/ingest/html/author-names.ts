// A byline to the names in it. Takes only what reads like names of people or of a named desk; offices, addresses and dates are left out.
import { isOutlet } from "../notes/publishers.ts";

const ROLE =
  /\b(?:editors?|correspondents?|reporters?|writers?|columnists?|producers?|photographers?|journalists?|analysts?|staff|president|director|minister|professor|founder|manager|officer|chairman|chairwoman|spokes(?:man|woman|person)|division|department|university|contributors?|contributing|bureau|chief|desk|team|newsroom|agency|agencies|news|redaktion|redaktion\w*|redacci[oó]n|r[eé]daction|korrespondent\w*|reporterin|journaliste|periodista|redattore)\b/iu;
const NOBODY =
  /^(?:admin(?:istrator)?|editors?|staff(?: (?:writer|reporter))?|guest|author|by|unknown|anonymous|user|web ?desk|news ?desk|online|test|null|undefined|none|n\/a|webmaster|root|follow|share|share this|written by|about the author|contributor|redaktion|posted|more|view (?:all )?posts?|print|email|bio|email bio(?: follow)?|read more|wp|super ?user)$/i;
const NAME =
  /^[\p{Lu}][\p{L}\p{M}.'’`-]{0,30}(?:\s(?:[\p{Lu}][\p{L}\p{M}.'’`-]{0,30}|d[aeiou]s?|del|della|de la|van(?: de[rn]?)?|von(?: de[rnm])?|v[ao]n|zu|af|av|al|el|bin|bint|ibn|ben|le|la|y|e|ter|ten|do|dos|das)){0,5}$/u;
const CASELESS = /^[\p{Lo}\p{M}・·\u200c\s]{2,40}$/u;
/** What a line that signs begins with. */
export const SIGNED =
  /^(?:(?:(?:written|posted|submitted|published|reported|story|words|text|report|article|analysis|opinion|review|interview|column)\s+)?by|author(?:s|\(s\))?|from|von|par|por|di|door|av|af|od|door|autor(?:in|es)?|auteurs?|автор|текст|text|un article de|بقلم|كتب(?:ت|ه)?|تحرير|نویسنده|yazan|haber|escrito por|scritto da|geschrieben von)(?:\s*:\s*|\s+)/iu;
const JOINTS = /\s*(?:;|\||\/|•|·|,|、|，|،)\s*|\s+(?:and|&|und|et|y|e|и|en|och|og|with|mit|avec|con|ve|و)\s+/iu;
const TAIL =
  /(?:^|\s*[,|•·–—-]\s*|\s+)(?:(?:published|updated|posted|last updated|on|publié|mis à jour|veröffentlicht|aktualisiert|publicado|actualizado|pubblicato|опубликовано|обновлено)(?!\p{L}).*|\d{1,4}[./:-]\d.*|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b.*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d.*|(?:am |le |el |il )?\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|de )[a-z]*.*|\d+ (?:min|hour|day|year)s?\b.*|(?:in|reporting from) [\p{Lu}][\p{L} ,]{2,40}$|for the [\p{Lu}].*|@\w+.*|[(（][^)）]*[)）]?)$/iu;
/** What stands behind a name and is none. */
const DEGREE = /^(?:Ph\.? ?D|M\.? ?D|M\.? ?A|M\.? ?B\.? ?A|M\.? ?P\.? ?H|R\.? ?N|R\.? ?D|Esq|Jr|Sr|II|III|IV)\.?$/i;
const MAX_NAMES = 30;

/** In order, without repeats; the publisher's own name, "admin", addresses and roles are not authors. */
export function cleanAuthors(bylines: readonly string[], publisher: string | null): string[] {
  const people = namesIn(bylines, (publisher ?? "").toLowerCase());
  // "Nora Lind, Daily Post": the outlet is no second author
  const persons = people.filter((name) => !isOutlet(name));
  return persons.length > 0 ? persons : people;
}

function namesIn(bylines: readonly string[], house: string): string[] {
  const out: string[] = [];
  for (const byline of bylines.flatMap((each) => each.split(";"))) {
    const text = byline.replace(/[\s\u00a0]+/g, " ").trim();
    if (text === "" || text.length > 300) continue;
    const own = stripTail(text.replace(SIGNED, ""));
    const commas = own.split(/\s*,\s*/);
    // "Surname, Forename" of two single words is one person
    const parts =
      commas.length === 2 && commas.every((part) => /^[\p{Lu}][\p{L}'’-]+$/u.test(part)) && !SIGNED.test(text)
        ? [`${commas[1]} ${commas[0]}`]
        : own.split(JOINTS);
    for (const part of parts) {
      const whole = stripTail(part.replace(SIGNED, ""))
        .replace(/^(?:and|&)\s+/i, "")
        .replace(/[\s.,:;–—-]+$/, "")
        .trim();
      if (DEGREE.test(whole)) continue;
      const name = house !== "" && whole.toLowerCase().endsWith(` ${house}`) ? whole.slice(0, -house.length).trim() : whole;
      if (!isName(name) || name.toLowerCase() === house || out.some((other) => other.toLowerCase() === name.toLowerCase()))
        continue;
      out.push(titled(name));
      if (out.length >= MAX_NAMES) return out;
    }
  }
  return out;
}

const stripTail = (text: string): string =>
  text
    .replace(/\S+@\S+\.\w+/g, "")
    .replace(/https?:\S+/g, "")
    .replace(TAIL, "")
    .trim();

function isName(text: string): boolean {
  if (/^(?:the|our|an?)\s/i.test(text) || /\.\p{L}{2,4}$/u.test(text)) return false;
  if (text.length < 3 || text.length > 60 || NOBODY.test(text) || ROLE.test(text) || /\d/.test(text)) return false;
  return NAME.test(titled(text)) ? /\s/.test(text) || text.length > 3 : CASELESS.test(text);
}

/** JANE DOE to Jane Doe: shouting is the layout's, not the name's. */
const titled = (name: string): string =>
  name === name.toUpperCase() && name.length > 5 && /\s/.test(name)
    ? name
        .toLowerCase()
        .replace(/(^|[\s'’.-])(\p{L})/gu, (_whole, before: string, letter: string) => before + letter.toUpperCase())
    : name;
