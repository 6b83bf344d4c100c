// Lines that name people: bylines, names alone on a line, the role or office under a name. Shapes only, no list of persons.

const PARTICLE =
  /^(?:al|el|bin|bint|ibn|ben|ben|da|das|de|del|della|den|der|di|do|dos|du|la|le|ter|ul|ur|uz|van|vom|von|y|zu|zur|ud|e)$/i;
const HONORIFIC =
  /^(?:(?:mr|mrs|ms|dr|prof|sir|dame|lord|lady|gen|lt|col|maj|capt|adm|amb|rev|sen|rep|hon)\.?|professor|ambassador|general|senator|maulana|sheikh|imam)\s+/i;
const SUFFIX = /,?\s+(?:jr|sr|ii|iii|iv|phd|ph\.d|md|esq|ret|retd)\.?$|\s*\((?:retd?|rtd)\.?\)$/i;

/** Words that no person is called by: they make a headline, a section or an institution of a line in capitals. */
const NOT_A_NAME = new Set(
  (
    "news world point flash report reports daily times post press agency today desk staff video live analysis opinion editorial special breaking latest update updates " +
    "talks peace war crisis border security government ministry minister president army police court parliament council union nations state states republic kingdom " +
    "islamic national international regional global united north south east west central eastern western northern southern middle the a an and or of in on at to for with from " +
    "by is are was will how why what when who where new old first last more most key points facts background conclusion summary introduction overview next steps way forward " +
    "january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday " +
    "economy economic political politics trade energy water climate health human rights history social market markets bank company group institute university centre center " +
    "department office committee commission association foundation network media radio television tv magazine journal review tribune herald gazette interview exclusive " +
    "read share follow view views photo image about contact home author category comments related zero high low no not our your their his her its this that these those street house city"
  ).split(" "),
);

const ROLE =
  /\b(?:director|professor|prof|ambassador|minister|analyst|fellow|researcher|research|editor|former|chair(?:man|woman|person)?|president|head|chief|senior|journalist|correspondent|reporter|columnist|author|writer|expert|advis[eo]r|spokes(?:man|woman|person)|lawyer|attorney|barrister|economist|scientist|engineer|member of|mp|senator|ceo|cfo|founder|co-founder|lecturer|scholar|historian|general|colonel|secretary|officer|official|diplomat|envoy|teacher|student|farmer|nurse|doctor|physician|activist|campaigner|consultant|specialist|strategist|commissioner|governor|mayor|manager|coordinator|representative|partner|principal|dean|rector|director-general|vice|deputy|associate|assistant|asst|emeritus|visiting|resident|owner|trader|head of|leader|coach|captain|architect|curator|producer|anchor|presenter|broadcaster|politician|academic|commander|judge|justice)\b/i;

/** Two to five words in capitals with the usual particles, none of them an ordinary headline's word. */
export function isPersonName(text: string): boolean {
  const bare = text.replace(HONORIFIC, "").replace(SUFFIX, "");
  if (bare.length > 60 || /[\d:;!?,|/@#"“”()&]/.test(bare)) return false;
  const words = bare.split(/\s+/);
  if (words.length < 2 || words.length > 5) return false;
  const capital = words.filter((word) =>
    /^(?:(?:al|el|ul|ur|d|O|Mc|Mac)?[-'’]?\p{Lu}[\p{L}\p{M}'’-]*\.?|\p{Lu}\.(?:\p{Lu}\.)*)$/u.test(word),
  );
  if (capital.length < 2 || capital.length + words.filter((word) => PARTICLE.test(word)).length < words.length) return false;
  if (!words.some((word) => /\p{L}{2}/u.test(word))) return false;
  return !words.some((word) => NOT_A_NAME.has(word.toLowerCase()));
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
  /** What stands behind the name: an outlet, an agency, an office. */
  rest: string | null;
}

const BY =
  /^(?:(?:written|reported|reporting|story|words|text|article|analysis|opinion|commentary|compiled|edited|posted|published|interview|report)\s+)?by\s?:?\s+(?=\p{L})|^(?:authors?|writers?|reporter|byline|автор|autor|auteur|yazar|müəllif|verfasser)\s?[:|]\s?|^(?:von|par|por)\s+(?=\p{Lu})/iu;
const COLLECTIVE =
  /^(?:(?:our |the |a )?(?:staff|web desk|news ?desk|editorial board|editors?|correspondents?|newsroom|agencies|news agencies|monitoring desk|.{0,30}(?:staff|desk|bureau|agency|correspondents?|reporters?|editors|writers?|board|team|reuters|afp|ap|tass|dpa))|afp|ap|reuters|dpa|tass|bbc|upi|ians|pti|ani|xinhua|anadolu)$/i;

/** The author of a line like "By Jane Doe and John Roe — The Daily", or null where the line is none. */
export function readByline(line: string): Byline | null {
  if (line.length > 200) return null;
  const lead = BY.exec(line);
  if (lead === null) return null;
  const [people = "", ...rest] = line
    .slice(lead[0].length)
    .replace(/\s+(?:published|updated|posted|last updated|on)\b[:\s].*$/i, "")
    .split(/\s+[|•·—–-]\s+|\s*[|•·—]\s*|\s+for\s+(?=\p{Lu})|\s+in\s+(?=\p{Lu})/u)
    .map((part) => part.trim());
  const names: string[] = [];
  let behind: string | null = rest.find((part) => part !== "" && !/\d{4}|\d:\d\d/.test(part)) ?? null;
  for (const part of people.split(/\s*[,;]\s*(?:and\s+)?|\s+(?:and|&|und|et|y|и)\s+/u)) {
    const name = part.replace(/^\W+|[\s:;,]+$/gu, "");
    if (behindName(name, names.length)) names.push(name);
    else if (names.length > 0 && behind === null && name !== "" && !/\d/.test(name)) behind = name;
  }
  return names.length === 0 ? null : { author: names.join(", "), rest: behind };
}

function behindName(name: string, already: number): boolean {
  if (isPersonName(name) || (already === 0 && COLLECTIVE.test(name))) return true;
  return already === 0 && /^\p{Lu}[\p{L}'’-]{2,}$/u.test(name) && !NOT_A_NAME.has(name.toLowerCase());
}
