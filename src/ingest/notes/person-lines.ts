// Lines that name people: bylines, names alone on a line, the role or office under a name. Shapes only, no list of persons.
import { cleanAuthors } from "../html/author-names.ts";
import { isOutlet } from "./publishers.ts";

const PARTICLE = /^(?:al|el|bin|bint|ibn|ben|da|das|de|del|della|den|der|di|do|dos|du|la|le|ter|van|von|y|zu|e)$/i;
const HONORIFIC =
  /^(?:(?:mr|mrs|ms|dr|prof|sir|dame|lord|lady|gen|lt|col|maj|capt|adm|amb|rev|sen|rep)\.?|professor|ambassador|general|senator|sheikh|imam)\s+/i;
const SUFFIX = /,?\s+(?:jr|sr|ii|iii|iv|phd|ph\.d|md|esq|ret|retd)\.?$|\s*\((?:retd?|rtd)\.?\)$/i;
/** Words that no person is called by: they make a headline, a section or an institution of a line in capitals. */
const NOT_A_NAME = new Set(
  (
    "news world flash report daily times post press agency today staff video live analysis opinion editorial special breaking latest talks peace war crisis border security " +
    "government ministry minister president army police court council union state states republic national international regional global united north south east west middle " +
    "the a an and or of in on at to for with from by is are was will how why what when who where new old first last more most key facts summary introduction next my our your " +
    "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday economy political politics trade " +
    "energy water climate health human rights history market bank company group institute university center department office committee commission foundation network media radio " +
    "magazine journal review tribune herald gazette interview share follow view photo image images about contact author related zero high low no not his her its this that street house city forum"
  ).split(" "),
);
const ROLE =
  /\b(?:director|professor|prof|ambassador|minister|analyst|fellow|research(?:er)?|editor|former|chair(?:man|woman)?|president|head|chief|senior|journalist|correspondent|reporter|columnist|author|writer|expert|adviser|advisor|spokes(?:man|woman|person)|lawyer|economist|scientist|engineer|member of|senator|ceo|founder|lecturer|historian|general|secretary|officer|diplomat|teacher|student|doctor|activist|consultant|mayor|manager|dean)\b/i;

/** Two to five words in capitals with the usual particles, none of them an ordinary headline's word. */
export function isPersonName(text: string): boolean {
  const bare = text.replace(HONORIFIC, "").replace(SUFFIX, "");
  if (bare.length > 60 || /[\d:;!?,|/@#"“”()&]/.test(bare) || !/\p{L}{2}/u.test(bare)) return false;
  const words = bare.split(/\s+/);
  const capital = words.filter((word) =>
    /^(?:(?:al|el|ul|ur|d|O|Mc|Mac)?[-'’]?\p{Lu}[\p{L}\p{M}'’-]*\.?|(?:\p{Lu}\.)+)$/u.test(word),
  );
  if (words.length > 5 || capital.length < 2 || words.some((word) => NOT_A_NAME.has(word.toLowerCase()))) return false;
  return words.every((word) => capital.includes(word) || PARTICLE.test(word));
}

/** An office, profession or affiliation as it stands under a name: no sentence. */
export function isRole(text: string): boolean {
  const words = text.split(/\s+/).length;
  if (text.length > 220 || words > 30 || /[.!?]["”’)]*$/.test(text.replace(/\b(?:Inc|Ltd|Jr|Sr|Dr|Ret|U\.S|U\.K|Co)\.$/, "")))
    return false;
  if (!/^[\p{Lu}"“(]/u.test(text) && words > 8) return false;
  return ROLE.test(text) && !/\b(?:said|says|told|will|has been|have been|was|were)\b/i.test(text);
}

export interface Byline {
  /** Joined by `, `. */
  author: string;
  /** The outlet behind the name. */
  rest: string | null;
}

const BY =
  /^(?:(?:(?:written|reported|story|words|text|analysis|opinion|posted|published)\s+)?by\s?:?\s+(?=\p{L})|(?:authors?|writers?|reporter|byline|автор|autor|auteur|yazar|müəllif)\s?[:|]\s?|(?:von|par|por)\s+(?=\p{Lu}))/iu;

/** The author of a line like "By Jane Doe and John Roe — The Daily", or null where the line is none. */
export function readByline(line: string): Byline | null {
  const lead = line.length > 200 ? null : BY.exec(line);
  if (lead === null) return null;
  const [people = "", ...behind] = line.slice(lead[0].length).split(/\s+[|•·—–-]\s+|\s*[|•·—]\s*|\s+(?:for|in)\s+(?=\p{Lu})/u);
  const names = cleanAuthors([people], null);
  const rest = [...people.split(/\s*,\s*/).slice(1), ...behind].find((part) => isOutlet(part.trim()));
  return names.length === 0 ? null : { author: names.join(", "), rest: rest?.trim() ?? null };
}
