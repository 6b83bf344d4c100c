// What a line asks for, tried in one order: talk with the program, the answer before, the documents themselves, else what the documents
// tell. It only reads the line; whether there is such an answer or document is for others to say. English; pure.
import type { Genre, Talk } from "../domain.ts";
import { DOCUMENT_NOUN as NOUN } from "../retrieve/choose-documents.ts";
import { contentWords } from "../text/words.ts";

export type Intent =
  | { kind: "talk"; talk: Talk }
  | { kind: "answer"; asks: AskedOfAnswer }
  | { kind: "documents"; asks: DocumentQuestion }
  /** `text`: without courtesy, and put plainly where it asks for all that is known of a matter, or what the program thinks of it (`opinion`). */
  | { kind: "question"; text: string; opinion?: true };

export type AskedOfAnswer = "speaker" | "time" | "truth" | "reason" | "more";
export type AskedOfDocuments = "author" | "publisher" | "published" | "genre" | "address" | "title" | "content";

export type DocumentQuestion =
  /** About one document (or the few that the words fit): `which` describes it as typed. */
  | { kind: "field"; asks: AskedOfDocuments; which: string }
  /** What somebody says, in all that they published or wrote. */
  | { kind: "voice"; by: string }
  /** What all of them say. */
  | { kind: "everything" }
  /** Which documents there are, who made them, or how many; narrowed by what they tell of, by whom they are, when they appeared, and their kind. */
  | {
      kind: "list";
      asks: "documents" | "newest" | "publishers" | "authors" | "count";
      about?: string | undefined;
      by?: string | undefined;
      day?: string | undefined;
      genre?: Genre | undefined;
    };

/** Longer lines are neither talk nor about an answer or documents. */
const LONGEST = 240;
const LONGEST_TALK = 100;

export function intentOf(line: string): Intent {
  const talk = line.length > LONGEST_TALK ? null : (talkOf(bare(line)) ?? talkOf(bare(withoutCourtesy(line))));
  if (talk !== null) return { kind: "talk", talk };
  const question = withoutCourtesy(line);
  const asked = bare(question).replace(/^(?:(?:and|but|so|then|well|hm+|wait)[\s,]+)+(?=\S)/i, "");
  for (const [intent, ...forms] of asked.length > LONGEST ? [] : FORMS) {
    for (const form of forms) {
      const found = matchWhole(form, asked);
      if (found !== null) return intent(found);
    }
  }
  const judged = matchWhole(OPINION, asked)?.["about"];
  if (judged !== undefined) return { kind: "question", text: `What is known about ${judged}?`, opinion: true };
  return { kind: "question", text: plainlyAsked(question) };
}

/** What the program thinks of somebody or something. */
const GOOD = "(?:an? |the )?(?:good|bad|great|terrible|evil|nice|best|worst)(?: \\p{Ll}+)?";
const OPINION = `(?:(?:what|how) (?:do|would|did) you (?:think|feel|say) (?:of|about)|what(?: is|'s) your (?:opinion|view|take|position) (?:of|on|about)|do you (?:like|hate|trust|support|believe(?: in)?|agree with|approve of)|(?:is|are|was|were)(?= .* ${GOOD}$)) (?<about>(?!(?:it|that|this|them|he|she|they)\\b).{2,80}?)(?: ${GOOD})?`;

const THANKS = "(?:many )?thanks?(?: you)?|thx|cheers";
const COURTESIES = {
  farewell: "good ?bye|bye|see you(?: later| soon)?|good ?night",
  greeting: "hi+|hello+|hey+|good (?:morning|afternoon|evening|day)|how are you(?: doing)?(?: today)?",
  thanks: `${THANKS}|ok(?:ay)?|yes|yeah|yep|no|nope|lol|(?:ha)+|wow|oh|hm+|omg|great|good|nice|cool|perfect|alright|got it|i see`,
} as const;
const COURTESY = Object.values(COURTESIES).join("|");
const BETWEEN =
  "and|then|there|all|again|bot|so|very|really|a lot|much|one|that(?:'s| is| was)|helpful|useful|interesting|funny|for (?:the|your|this|that)(?: help| answers?)?";
const COURTEOUS = new RegExp(`^(?:${COURTESY})(?:[\\s,.!]+(?:${COURTESY}|${BETWEEN}))*(?<! and| then)$`, "i");
/** The program is spoken to, and nothing else is spoken of than what it is, does and has read. */
const SPOKEN_TO = /\b(?:you|your|yourself|bot|corpus|index|are there)\b/i;
const POINTS = /\b(?:that|this|it|so|they|them|he|she|sure|certain|source)\b/i;
const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));
const READING = setOf(
  "know cover have read contain hold source document article text topic subject publisher outlet file knowledge current recent up date cutoff updated latest newest far back many list name",
);
const ITSELF = setOf(
  "name bot robot human machine program ai model help work able trust reliable accurate speak understand english german made",
);

function talkOf(said: string): Talk | null {
  if (COURTEOUS.test(said))
    return (
      (["farewell", "greeting"] as const).find((kind) => new RegExp(`\\b(?:${COURTESIES[kind]})\\b`, "i").test(said)) ?? "thanks"
    );
  if (/^(?:(?:i need )?help(?: me)?|commands|usage|start)$/i.test(said)) return "help";
  if (!SPOKEN_TO.test(said) || POINTS.test(said)) return null;
  const words = contentWords(said).map(({ folded }) => folded.replace(/(?<=\w{3})s$/, ""));
  if (!words.every((word) => READING.has(word) || ITSELF.has(word))) return null;
  if (words.some((word) => READING.has(word) && word !== "name")) return "corpus";
  return /\b(?:you|your|yourself|bot)\b/i.test(said) ? "help" : null;
}

const LEAD = new RegExp(
  `^(?:(?:${COURTESY}|please|so|well|um+|excuse me|sorry)(?: there| all| again| bot)?\\s*[,!.:;–—-]+\\s+|(?:please,? )?(?:(?:can|could|would) you (?:please )?|please )(?:tell|show) me (?=who|what|when|where|why|how|which))`,
  "i",
);
const TAIL = new RegExp(`\\s*[,!.–—-]+\\s*(?:please|${THANKS})\\s*[!.]*$|\\s+please\\s*(?=[?!.]*$)`, "i");

/** The question without the greeting, the thanks and the "please" around it. */
export function withoutCourtesy(line: string): string {
  const rest = line.trim();
  const shorter = rest.replace(LEAD, "").replace(TAIL, "").trim();
  return shorter === rest || !/[\p{L}\p{N}]/u.test(shorter) ? rest : withoutCourtesy(shorter);
}

/** Without marks and smileys at the ends, in plain apostrophes and single blanks. */
function bare(line: string): string {
  return line
    .replace(/[’ʼ]/g, "'")
    .replace(/\b(that|what|who|how|it)s\b(?! own)/gi, "$1's")
    .replace(/^[^\p{L}\p{N}"“«„]+|[^\p{L}\p{N}"”»“]+$/gu, "")
    .replace(/\s+/g, " ");
}

const THAT = "(?:that|this|it|so|they|these|those|all (?:that|this))";
const WHEN = "(?:when|(?:(?:on|in) )?(?:what|which) (?:day|date|month|year))(?: exactly)?";
const MORE = `(?: details?| information)?(?: (?:about|on|of|with) ${THAT})?`;
const ABOUT = "(?:about|on|of|regarding|concerning)";
const OUTLET = "(?:publishers?|outlets?|newspapers?|papers?|sources?|media|sites?|websites?|magazines?|agenc(?:y|ies))";
const WRITER = "(?:authors?|writers?|journalists?)";
const PRONOUN = `(?:it|that|this|them|these|those|(?:the|that|this) ${NOUN})`;
/** What stands in the place of a document: words that hold one of its nouns, a title in quotation marks, or a pronoun. */
const X = `(?<which>${PRONOUN}|.*\\b${NOUN}\\b.*|.*["“«„].+["”»“].*)`;
/** Verbs of which an outlet is the subject, whatever follows; "which agency said that …" asks for a speaker in the texts. */
const REPORTS = `(?:(?:has |have )?(?:writes?|wrote|written|report(?:s|ed)?|cover(?:s|ed)?|mention(?:s|ed)?|discuss(?:es|ed)?)(?: (?:an? |any )?${NOUN})?(?: about| on| of)?)`;
const APPEARED = "(?:(?:first )?(?:published|written|posted|released|issued|updated)|appear|come out)";
const MADE = `(?:publish(?:ed)?|writ(?:e|ten)|posted?|have)(?: ${ABOUT} (?<about>.+))?`;
const MOST = `(?:has |have )?(?:published|wrote|written) (?:the )?most(?: ${NOUN})?`;
/** When documents appeared: "from 20 November 2019", "published since Monday", "without a date". */
const DAY =
  "(?:published |written |posted |dated )?(?:from |of )?(?<day>undated|no (?:date|day)|without (?:a )?(?:date|day)s?|(?:(?:in|on|since|after|before|between|during|until) )?(?:the )?(?:\\d.*|(?:early |mid |late )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\\p{L}*\\.?(?: .*)?|today|yesterday|(?:this|last|past) (?:\\p{L}+|\\d+ \\p{L}+)|(?:mon|tues|wednes|thurs|fri|satur|sun)day))";
const GENRE = `(?:an? |all )?(?<genre>opinions?|reports?|analys[ei]s|interviews?|statements?)(?: ${NOUN})?`;
const HAVE = "(?: are there| do you have| have you read)?";
const WHICH = "(?:(?<count>how many)|(?:which|what|list|show(?: me)?|find)(?: all)?(?: the)?(?: other)?)";
const ALL =
  "(?:(?:list|show(?: me)?|name)(?: me)?(?: all)?(?: (?:of )?(?:the|your))? |(?:who|what) are (?:all )?(?:the|your) |(?:which|what) )";
const IS = "(?:is|was|are|were)";
const THE = "(?:(?:who|what)(?: is|'s| was) )?the ";
const SUM_UP = "(?:summari[sz]e|sum up|(?:(?:give|show) me )?(?:an? |the )?(?:short )?(?:summary|overview) of)";

type Found = Record<string, string | undefined>;
type Reading = (found: Found) => Intent;
const answer =
  (asks: AskedOfAnswer): Reading =>
  () => ({ kind: "answer", asks });
/** Without a description it is the document before: "the author?". */
const field =
  (asks: AskedOfDocuments): Reading =>
  ({ which = "it" }) => ({ kind: "documents", asks: { kind: "field", asks, which } });
const list =
  (asks: Extract<DocumentQuestion, { kind: "list" }>["asks"]): Reading =>
  ({ count, about, by, day, genre }) => {
    const kind = GENRES.find((one) => genre?.toLowerCase().startsWith(one.slice(0, 5)));
    return { kind: "documents", asks: { kind: "list", asks: count === undefined ? asks : "count", about, by, day, genre: kind } };
  };
const GENRES = ["opinion", "report", "analysis", "interview", "statement"] as const;

/** Whole lines; the first that fits holds. */
const FORMS: readonly (readonly [intent: Reading, ...forms: string[]])[] = [
  [
    answer("speaker"),
    `who (?:says?|said|claim(?:s|ed)|report(?:s|ed)|told|states?|thinks?) ${THAT}|says who|according to wh\\w+|where (?:did|do) you (?:get|find|read) ${THAT}(?: from)?|where (?:is|does) ${THAT} (?:stand|(?:come )?from)|how do you know(?: ${THAT})?|(?:(?:what|who|which)(?: is|'s| are) )?(?:(?:the|your) )?sources?(?: (?:of|for) ${THAT})?`,
  ],
  [answer("time"), `${WHEN}(?: (?:was|were|is|did) ${THAT}(?: (?:happen|take place|occur|be))?)?(?: exactly| again)?`],
  [
    answer("truth"),
    `${IS} ${THAT} (?:really |actually )?(?:true|so|right|correct|certain|confirmed|a fact|disputed)|(?:no,? )?(?:that|this|it)(?: is|'s) (?:wrong|false|not true|not right)|really|are you (?:really )?sure(?: (?:about|of) ${THAT})?|(?:does|do) (?:anyone|everyone|others?|(?:other|all) sources) (?:else )?(?:agree|disagree|(?:say|confirm) ${THAT})|who (?:else )?(?:agrees|disagrees)`,
  ],
  [answer("reason"), `(?:why|how come)(?: (?:is|was|are|were|did|does|do) ${THAT}(?: (?:so|happen|the case|occur))?)?`],
  [
    answer("more"),
    `(?:(?:can|could) you )?(?:tell|give|show) me (?:some |a bit )?more${MORE}|more${MORE}|(?:go on|continue|keep going|elaborate)${MORE}|(?:(?:is there )?any(?:thing)?|what) (?:more|else)(?: ${ABOUT} ${THAT}| is there| do you know| happened)?|(?:further )?details|then`,
  ],
  [list("publishers"), `${ALL}${OUTLET}${HAVE}|which ${OUTLET} ${MOST}`],
  [list("authors"), `${ALL}${WRITER}${HAVE}|(?:who|which ${WRITER}) ${MOST}`],
  [
    field("author"),
    `(?:who (?:wrote|authored|signed)|(?:who(?: is| was|'s) )?(?:the )?${WRITER} of) ${X}`,
    `who (?:is|was) ${X} (?:written )?by`,
    `${THE}(?:author|writer)s?`,
  ],
  [
    field("publisher"),
    `(?:who (?:has )?(?:published|printed|released|posted)|(?:which|what) ${OUTLET} (?:published|ran|carried)|${THE}publisher of) ${X}`,
    `(?:where|in (?:which|what) ${OUTLET}) (?:${IS}|did) ${X} ${APPEARED}`,
    `${THE}publisher`,
  ],
  [
    field("published"),
    `${WHEN} (?:${IS}|did) ${X} ${APPEARED}|${THE}(?:publication )?date(?: of publication)?`,
    `(?:${THE}(?:publication )?date of|how (?:old|recent|new) (?:is|are)) ${X}`,
    `(?:what|which)(?: is|'s| was)? (?<which>(?:the |your )(?:oldest|earliest|first|newest|latest|most recent|last) ${NOUN})(?: .*)?`,
    // what was said when, is told by the document's day
    `${WHEN} (?:(?:did|has) (?!${THAT} )[\\p{L}.' -]{2,40} (?:say|said|claim|argue|write|tell) ${THAT}|(?:was|were) ${THAT} (?:said|claimed|reported|announced))`,
  ],
  [
    field("genre"),
    `${IS} ${X} (?:an? )?(?:opinions?|reports?|analys[ie]s|interviews?|statements?|news)(?: .+)?`,
    `what (?:kind|type|sort|genre) of (?:${NOUN}|thing) ${IS} ${X}`,
  ],
  [field("title"), `${THE}(?:title|headline)(?: of ${X})?`],
  [
    field("address"),
    `(?:(?:${THE}|(?:give|show) me the )(?:link|url|address) (?:of|to)|where can i (?:find|read|see)) ${X}|${THE}(?:link|url|address)`,
  ],
  [
    () => ({ kind: "documents", asks: { kind: "everything" } }),
    `${SUM_UP} (?:everything|it all|all(?: of (?:it|them))?|all (?:of )?(?:the |your )?${NOUN}|(?:the |your )?(?:corpus|whole corpus))`,
  ],
  [
    field("content"),
    `what(?: is|'s| are| was) ${X} (?:all )?about`,
    `(?:what does|${SUM_UP}) ${X}(?: (?:say|report|tell us|argue|claim|contain)| for me)?`,
  ],
  [
    ({ by = "" }) => ({ kind: "documents", asks: { kind: "voice", by } }),
    "what (?:does|did|do|has|have|is|are) (?!(?:he|she|it|they|we|you|i|people|everyone) )(?<by>.+?) (?:say|said|report|reported|argued?|claim(?:ed)?|tell us|think|saying|reporting|arguing)",
  ],
  [
    list("newest"),
    `(?:(?:what(?: is|'s)|(?:show|tell|give) me) (?:the )?)?(?:news?|latest(?: news)?|newest|most recent)(?: ${NOUN})?(?: today)?|(?:is there |have you )?any(?:thing)? news?(?: today)?`,
  ],
  [list("publishers"), `(?:which|what) ${OUTLET} ${REPORTS} (?<about>.+)`],
  [
    list("authors"),
    `(?:who|which ${WRITER}) (?:has |have )?(?:wrote|writes?|written|reported|reports) (?:an? )?(?:${NOUN} )?${ABOUT} (?<about>.+)`,
  ],
  [
    list("documents"),
    `${WHICH} (?:(?:${NOUN} |of (?:them|these|the ${NOUN}) )?(?:is|are) (?:there )?)?${GENRE}${HAVE}`,
    `${WHICH} ${NOUN} (?:that )?(?:are |were |have |has |with )?(?:there )?(?:that (?:are|were) )?${DAY}`,
    `(?:${WHICH} ${NOUN}|what(?: else)?) (?:did|does|do|has|have) (?!you )(?<by>.+?) ${MADE}`,
    `(?!wh\\p{L}+ \\p{L}+ (?:published |written )?by )${WHICH} ${NOUN} (?:are |were |do you have )?(?:there )?(?:published |written )?(?:by|from) (?<by>.+?)(?: are there)?`,
    `(?:${WHICH} ${NOUN}|(?:do you have|have you read|(?:is|are) there) (?:any|an?|some)?(?:thing| ?${NOUN}))${HAVE}(?: that)?(?: are| is| were)? (?:about|on|${REPORTS}) ?(?<about>.+)`,
    `when did (?<by>.+?) (?:publish|write|report)(?: (?:it|that|this|(?:an? |the )?${NOUN}))?(?: ${ABOUT} (?<about>.+))?`,
  ],
];

/** Compiled when first needed: a command that asks nothing pays nothing. */
const compiled = new Map<string, RegExp>();

function matchWhole(form: string, text: string): Found | null {
  let pattern = compiled.get(form);
  if (pattern === undefined) compiled.set(form, (pattern = new RegExp(`^(?:${form})$`, "iu")));
  const match = pattern.exec(text);
  return match === null ? null : (match.groups ?? {});
}

/** Whether the words only point at something that was spoken of before: "it", "that article". */
export const pointsBack = (which: string): boolean => matchWhole(PRONOUN, which.trim()) !== null;

const OPEN =
  /^(?:(?:so|and|but|now|please|can|could|would|you|tell|give|show|me|us|anything|something|everything|all|some|more|any|what|how|do|does|did|have|has|is|are|was|there|been|the|your|sources?|documents?|articles?|texts?|papers?|reports?|corpus|media|outlets?|news|say|said|reported|known?|read|written|told|information|info|details|facts)[\s,]+)+(?:about|on|of|regarding|concerning)\s+([^?]{2,120}?)\s*[?.!]*$/i;
const TELLING =
  /\b(?:tell|give|show|anything|something|everything|news|say|said|reports?|reported|known?|read|written|told|information|info|details|facts|(?:what|how) about)\b/i;

/** The many ways to ask for all that is known of a matter, put in one: their other words are the asker's, and no document repeats them. */
export function plainlyAsked(question: string): string {
  const matter = OPEN.exec(question.trim())?.[1];
  if (matter === undefined || /^(?:it|that|this|them|him|her|these|those)$/i.test(matter)) return question;
  const lead = question.slice(0, question.lastIndexOf(matter));
  return TELLING.test(lead) ? `What is known about ${matter}?` : question;
}
