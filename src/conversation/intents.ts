// What a line asks for, tried in one order: talk with the program, the answer before, the documents themselves, else what the documents
// tell. It only reads the line; whether there is such an answer or document is for others to say. English; pure.
import type { Talk } from "../domain.ts";
import { DOCUMENT_NOUN as NOUN } from "../retrieve/choose-documents.ts";
import { contentWords } from "../text/words.ts";

export type Intent =
  | { kind: "talk"; talk: Talk }
  | { kind: "answer"; asks: AskedOfAnswer }
  | { kind: "documents"; asks: DocumentQuestion }
  /** `text`: without courtesy, and put plainly where it asks for all that is known of a matter. */
  | { kind: "question"; text: string };

export type AskedOfAnswer = "speaker" | "time" | "said" | "truth" | "reason" | "more";
export type AskedOfDocuments = "author" | "publisher" | "published" | "genre" | "address" | "title" | "content";

export type DocumentQuestion =
  /** About one document (or the few that the words fit): `which` describes it as typed. */
  | { kind: "field"; asks: AskedOfDocuments; which: string }
  /** What somebody says, in all that they published or wrote. */
  | { kind: "voice"; by: string }
  /** Which documents there are, who made them, or how many; narrowed by what they tell of and by whom they are. */
  | { kind: "list"; asks: "documents" | "newest" | "publishers" | "authors" | "count"; about: string | null; by: string | null };

export function intentOf(line: string): Intent {
  const talk = talkOf(line);
  if (talk !== null) return { kind: "talk", talk };
  const question = withoutCourtesy(line);
  const asked = bare(question).replace(/^(?:(?:and|but|so|ok(?:ay)?|then|well|hm+|wait)[\s,]+)+(?=\S)/i, "");
  const back = OF_ANSWER.find(([, form]) => form.test(asked))?.[0];
  if (back !== undefined) return { kind: "answer", asks: back };
  const documents = asked.length > LONGEST ? null : documentQuestion(asked);
  return documents === null ? { kind: "question", text: plainlyAsked(question) } : { kind: "documents", asks: documents };
}

/** Longer lines are neither talk nor about documents. */
const LONGEST = 240;
const LONGEST_TALK = 100;

const HELLO = String.raw`(?:hi+|hello+|hey+|good (?:morning|afternoon|evening|day))`;
const THANKS = String.raw`(?:many thanks|thanks?(?: you)?|thx|cheers)(?: (?:so|very|a|lot|much|again|for|the|your|that|this|help|answers?))*`;
const WHOM = String.raw`(?: (?:there|all|again|bot))?`;
const TALK: readonly (readonly [Talk, RegExp])[] = [
  ["greeting", new RegExp(`^(?:${HELLO}${WHOM},? ?)?(?:how are you(?: doing)?(?: today)?)?$`, "iu")],
  [
    "farewell",
    new RegExp(
      `^(?:(?:ok(?:ay)?,? )?(?:${THANKS}|ok(?:ay)?|alright)(?: and|,)? )?(?:then,? )?(?:good ?bye|bye|see you(?: later| soon)?|good ?night)${WHOM}$`,
      "iu",
    ),
  ],
  [
    "thanks",
    new RegExp(
      `^(?:(?:ok(?:ay)?|great|perfect|cool|nice),? )?(?:${THANKS}|ok(?:ay)?|yes|great|good|nice|cool|perfect|got it|i see|alright)${WHOM}$`,
      "iu",
    ),
  ],
  ["help", /^(?:(?:i need )?help(?: me)?|commands|usage|start)$/i],
];
/** The program is spoken to, and nothing else is spoken of than what it is, does and has read. */
const SPOKEN_TO = /\b(?:you|your|yourself|bot|corpus|index|are there)\b/i;
const POINTS = /\b(?:that|this|it|so|they|them|he|she|sure|certain|source)\b/i;
const READING = new Set(
  "know cover have read contain hold source document article text topic subject publisher outlet newspaper paper file knowledge data current recent up date cutoff updated latest newest far back many list show name period".split(
    " ",
  ),
);
const ITSELF = new Set(
  "name bot robot human machine program ai llm language model help work use able trust believe reliable accurate neutral speak understand english german made built make things check facts tell ask purpose".split(
    " ",
  ),
);

/** What kind of talk the line is; null for a question to the documents. */
function talkOf(line: string): Talk | null {
  if (line.length > LONGEST_TALK) return null;
  for (const said of new Set([bare(line), bare(withoutCourtesy(line))])) {
    if (said === "") continue;
    const form = TALK.find(([, pattern]) => pattern.test(said));
    if (form !== undefined) return form[0];
    if (!SPOKEN_TO.test(said) || POINTS.test(said)) continue;
    const words = contentWords(said).map(({ folded }) => folded.replace(/(?<=\w{3})s$/, ""));
    const reading = words.filter((word) => READING.has(word));
    if (reading.length > 0 && words.every((word) => READING.has(word) || ITSELF.has(word))) return "corpus";
    if (words.every((word) => ITSELF.has(word)) && /\b(?:you|your|yourself|bot)\b/i.test(said)) return "help";
  }
  return null;
}

const LEAD = new RegExp(
  String.raw`^(?:(?:${HELLO}${WHOM}|${THANKS}|please|ok(?:ay)?|so|well|um+|excuse me|sorry|(?:can|could) i ask(?: you)?(?: something| a question)?)\s*[,!.:;–—-]+\s+|(?:please,? )?(?:(?:can|could|would) you (?:please )?|please )(?:tell|show) me (?=who|what|when|where|why|how|which))`,
  "iu",
);
const TAIL = new RegExp(String.raw`\s*[,!.–—-]+\s*(?:please|${THANKS})\s*[!.]*$|\s+please\s*(?=[?!.]*$)`, "iu");

/** The question without the greeting, the thanks and the "please" around it. */
export function withoutCourtesy(line: string): string {
  let rest = line.trim();
  for (let round = 0; round < 3; round += 1) {
    const shorter = rest.replace(LEAD, "").replace(TAIL, "").trim();
    if (shorter === rest || !/[\p{L}\p{N}]/u.test(shorter)) return rest;
    rest = shorter;
  }
  return rest;
}

/** Without marks and smileys at the ends, in plain apostrophes and single blanks. */
function bare(line: string): string {
  return line
    .replace(/[’ʼ]/g, "'")
    .replace(/\b(that|what|who|how|it)s\b(?! own)/gi, "$1's")
    .replace(/^[^\p{L}\p{N}"“«„]+|[^\p{L}\p{N}"”»“]+$/gu, "")
    .replace(/\s+/g, " ");
}

const THAT = String.raw`(?:that|this|it|so|these things|those things|all (?:that|this))`;
const DAY = String.raw`(?:when|(?:(?:on|in) )?(?:what|which) (?:day|date|month|year))(?: exactly)?`;
const OF_ANSWER: readonly (readonly [AskedOfAnswer, RegExp])[] = [
  [
    "speaker",
    new RegExp(
      String.raw`^(?:who (?:says?|said|claim(?:s|ed)|report(?:s|ed)|told|state[sd]|argue[sd]|thinks?) ${THAT}|says who|who(?: is|'s) (?:saying|claiming|reporting) ${THAT}|according to (?:whom|who|what)|where (?:did|do) you (?:get|find|read) ${THAT}(?: from)?|where (?:is|does) ${THAT} (?:from|stand|come from|written|said)|how do you know(?: ${THAT})?|(?:(?:what|who|which)(?: is|'s| are) )?(?:(?:the|your) )?sources?(?: (?:of|for) ${THAT})?|citation needed)$`,
      "i",
    ),
  ],
  [
    "time",
    new RegExp(
      `^(?:${DAY}(?: (?:was|were|is|did) (?:${THAT}|they)(?: (?:happen|take place|occur|be))?)?(?: exactly| again)?|how long ago (?:was|is) ${THAT})$`,
      "i",
    ),
  ],
  [
    "said",
    new RegExp(
      String.raw`^${DAY} (?:(?:did|has) (?!${THAT} )[\p{L}.' -]{2,40} (?:say|said|claim|argue|state|write|tell|announce|report) (?:${THAT}|so)|(?:was|were) (?:${THAT}|those|these|they) (?:said|claimed|stated|reported|announced))$`,
      "iu",
    ),
  ],
  [
    "truth",
    new RegExp(
      String.raw`^(?:(?:is|was|are|were) (?:${THAT}|they|those|these) (?:really |actually |all |even )?(?:true|so|right|correct|certain|sure|confirmed|verified|a fact|the case|reliable|accurate|disputed)|(?:no,? )?(?:that|this|it)(?: is|'s) (?:wrong|not true|not right|false|untrue)|really|seriously|are you (?:really |quite )?(?:sure|certain)(?: (?:about|of) ${THAT})?|(?:does|do) (?:anyone|anybody|everyone|others?|other sources|all(?: sources)?) (?:else )?(?:agree|say so|disagree|say ${THAT}|confirm ${THAT})|who (?:else )?(?:says so|agrees|disagrees)|do you (?:believe|agree with) ${THAT})$`,
      "i",
    ),
  ],
  [
    "reason",
    new RegExp(
      `^(?:why|how come|how so|for what reason|what for)(?: (?:is|was|are|were|did|does|do|would) (?:${THAT}|they)(?: (?:so|happen|the case|occur))?)?(?: exactly)?$`,
      "i",
    ),
  ],
  [
    "more",
    new RegExp(
      String.raw`^(?:(?:(?:can|could) you )?(?:tell|give|show) me (?:some |a (?:bit|little) )?more(?: details?| information)?(?: (?:about|on|of) ${THAT})?|more(?: details?| information| info)?(?: (?:about|on|of) ${THAT})?|(?:go on|continue|carry on|keep going|elaborate|expand)(?: (?:on|with) ${THAT})?|(?:(?:is there )?any(?:thing)?|something|what) (?:more|else|further)(?: (?:about|on) ${THAT}| is there| do you know| can you tell me| is known| was said)?|what else (?:do (?:they|the (?:sources|documents)) say|happened)|(?:further )?details|in more detail|then|further)$`,
      "i",
    ),
  ],
];

const ABOUT = String.raw`(?:about|on|of|regarding|concerning)`;
const OUTLET = String.raw`(?:publishers?|outlets?|newspapers?|papers?|sources?|media|sites?|websites?|magazines?|agenc(?:y|ies))`;
const PRONOUN = String.raw`(?:it|that|this|them|these|those|(?:the|that|this) ${NOUN})`;
/** What stands in the place of a document: words that end in (or hold) one of its nouns, a title in quotation marks, or a pronoun. */
const X = String.raw`(?<x>${PRONOUN}|.*\b${NOUN}\b.*|.*["“«„].+["”»“].*)`;
/** Verbs of which an outlet is the subject, whatever follows; "which agency said that …" asks for a speaker in the texts. */
const REPORTS = String.raw`(?:(?:has |have )?(?:writes?|wrote|written|report(?:s|ed)?|cover(?:s|ed)?|mention(?:s|ed)?|discuss(?:es|ed)?|deals?|dealt)(?: (?:an? |any )?${NOUN})?(?: about| on| of| with)?)`;
const PUBLISHED = String.raw`(?:published|written|posted|released|issued|printed|updated)`;

const OF_ONE: readonly (readonly [AskedOfDocuments, string])[] = [
  [
    "author",
    String.raw`(?:who(?: is| was|'s)? (?:wrote|authored|penned|signed|(?:the )?(?:authors?|writers?) of|behind)|(?:the )?(?:authors?|writers?) of) ${X}`,
  ],
  [
    "author",
    String.raw`(?:who (?:is|was) ${X.replace("<x>", "<y>")} (?:written )?by|by whom (?:is|was|were) ${X} (?:written|signed))`,
  ],
  [
    "publisher",
    String.raw`(?:who (?:has )?(?:published|printed|released|posted)|(?:which|what) ${OUTLET} (?:has )?(?:published|ran|carried)|(?:who is )?the publisher of) ${X}`,
  ],
  ["publisher", String.raw`(?:where|in (?:which|what) ${OUTLET}) (?:was|were|is|did) ${X} (?:${PUBLISHED}|appear|come out)`],
  [
    "published",
    String.raw`(?:when|on (?:what|which) (?:day|date)) (?:was|were|is|did) ${X} (?:first )?(?:${PUBLISHED}|appear|come out)`,
  ],
  [
    "published",
    String.raw`(?:(?:what(?: is|'s) )?the (?:publication )?date (?:of|on|for)|how (?:old|recent|new) (?:is|are)) ${X}`,
  ],
  [
    "published",
    String.raw`(?:what|which)(?: is|'s| was)? (?<x>(?:the |your )(?:oldest|earliest|first|newest|latest|most recent|last) ${NOUN})(?: (?:that )?you have(?: read)?)?`,
  ],
  [
    "genre",
    String.raw`(?:is|was|are) ${X} (?:an? )?(?:opinions?|reports?|analys[ie]s|interviews?|statements?|news|editorials?|fact)(?: (?:piece|article|text)s?)?(?: or .+)?`,
  ],
  ["genre", String.raw`what (?:kind|type|sort|genre) of (?:${NOUN}|thing) (?:is|was) ${X}`],
  ["title", String.raw`(?:what(?: is|'s| was) )?the (?:title|headline|name) of ${X}`],
  [
    "address",
    String.raw`(?:(?:what(?: is|'s) |give me |show me )?the (?:link|url|address) (?:of|to|for)|where can i (?:find|read|see)) ${X}`,
  ],
  ["content", String.raw`what(?: is|'s| are| was) ${X} (?:all )?about`],
  ["content", String.raw`what does ${X} (?:say|report|tell(?: us)?|argue|claim|contain|describe)`],
  [
    "content",
    String.raw`(?:(?:summari[sz]e|sum up)|(?:(?:give|show) me )?(?:an? |the )?(?:short |brief )?summary of) ${X}(?: for me)?`,
  ],
];
/** Of the document before: "the author?", "the publication date?" */
const BARE =
  /^(?:(?:who|what)(?: is|'s| was) )?the (?:(author|writer)s?|(publisher)|(?:publication )?(date)(?: of publication)?|(title|headline)|(link|url|address))$/i;
const BARE_ASKS = ["author", "publisher", "published", "title", "address"] as const;

type ListAsked = Extract<DocumentQuestion, { kind: "list" }>["asks"];
const OF_MANY: readonly (readonly [ListAsked, string])[] = [
  [
    "newest",
    String.raw`(?:(?:what(?: is|'s)|show me|tell me|give me) (?:the )?)?(?:new|news|latest(?: news)?|newest|most recent|recent)(?: (?:news|${NOUN}))?(?: today)?|(?:is there |have you )?any(?:thing)? (?:new|news)(?: today)?`,
  ],
  ["publishers", String.raw`(?:which|what) ${OUTLET} ${REPORTS} (?<about>.+)`],
  [
    "authors",
    String.raw`(?:who|which (?:authors?|writers?|journalists?|people)) (?:has |have )?(?:wrote|writes?|written|reported|reports|commented) (?:an? )?(?:${NOUN} )?${ABOUT} (?<about>.+)`,
  ],
  [
    "count",
    String.raw`how many ${NOUN} (?:did|has|have|does|do) (?!you\b)(?<by>.+?) (?:publish(?:ed)?|writ(?:e|ten)|posted?|have)(?: ${ABOUT} (?<about>.+))?`,
  ],
  ["count", String.raw`how many ${NOUN} (?:are |were )?(?:there )?(?:published |written )?(?:by|from) (?<by>.+?)(?: are there)?`],
  [
    "count",
    String.raw`how many ${NOUN} (?:are there |do you have |have you read )?(?:that )?(?:are )?(?:about|on|regarding|${REPORTS}) (?<about>.+)`,
  ],
  [
    "documents",
    String.raw`when did (?<by>.+?) (?:publish|write|report)(?: (?:it|that|this|(?:an? |the )?${NOUN}))?(?: ${ABOUT} (?<about>.+))?`,
  ],
  [
    "documents",
    String.raw`(?:(?:which|what) ${NOUN}|what(?: else)?) (?:did|does|has|have) (?<by>.+?) (?:publish(?:ed)?|writ(?:e|ten)|posted?)(?: ${ABOUT} (?<about>.+))?`,
  ],
  [
    "documents",
    String.raw`(?:(?:which|what) ${NOUN} (?:are|were|do you have) |(?:list|show(?: me)?|give me) (?:all )?(?:the )?${NOUN} )(?:published |written )?(?:by|from) (?<by>.+)`,
  ],
  [
    "documents",
    String.raw`(?:(?:which|what) (?:other )?${NOUN}|(?:list|show(?: me)?|give me|find) (?:all )?(?:the )?${NOUN}|(?:do you have|have you read|(?:is|are) there) (?:any|an?|some|more)?(?:thing| ?${NOUN}))(?: are there| do you have)? (?:that )?(?:are |is |were )?(?:about|on|regarding|${REPORTS}|(?=(?:published|written) in)) ?(?<about>.+)`,
  ],
];
const VOICE =
  /^what (?:does|did|do|has|have|is|are) (?<by>.+?) (?:say|said|report|reported|argued?|claim(?:ed)?|tell(?: us)?|think|saying|reporting|arguing)$/iu;
const ANYBODY = /^(?:he|she|it|they|we|you|i|people|everyone)$/i;

/** Compiled when first needed: a command that asks nothing pays nothing. */
const compiled = new Map<string, RegExp>();

function matchWhole(source: string, text: string): Record<string, string | undefined> | null {
  let pattern = compiled.get(source);
  if (pattern === undefined) compiled.set(source, (pattern = new RegExp(`^(?:${source})$`, "iu")));
  const match = pattern.exec(text);
  return match === null ? null : (match.groups ?? {});
}

function documentQuestion(asked: string): DocumentQuestion | null {
  for (const [asks, source] of OF_ONE) {
    const which = matchWhole(source, asked);
    if (which !== null) return { kind: "field", asks, which: which["x"] ?? which["y"] ?? "" };
  }
  const field =
    BARE.exec(asked)
      ?.slice(1)
      .findIndex((group) => group !== undefined) ?? -1;
  if (field >= 0) return { kind: "field", asks: BARE_ASKS[field] ?? "author", which: "it" };
  const by = VOICE.exec(asked)?.groups?.["by"];
  if (by !== undefined && !ANYBODY.test(by)) return { kind: "voice", by };
  for (const [asks, source] of OF_MANY) {
    const named = matchWhole(source, asked);
    if (named !== null) return { kind: "list", asks, about: named["about"] ?? null, by: named["by"] ?? null };
  }
  return null;
}

/** Whether the words only point at something that was spoken of before: "it", "that article". */
export function pointsBack(which: string): boolean {
  return matchWhole(PRONOUN, which.trim()) !== null;
}

const TEXTS = String.raw`(?:(?:the|your|these|those|any) )?(?:sources?|documents?|articles?|texts?|papers?|reports?|corpus|news|media|outlets?)`;
const OPEN = [
  String.raw`(?:(?:can|could|would) you )?(?:please )?(?:tell|give|show) (?:me|us) (?:something|anything|everything|all|more|what (?:you (?:know|have)|there is)|(?:some |more )?(?:information|info|details|facts))?\s*${ABOUT}`,
  String.raw`what (?:do|does|did|have|has) ${TEXTS} (?:say|said|tell(?: us| me)?|report(?:ed)?|writ(?:e|ten)|know|mention(?:ed)?|have) ${ABOUT}`,
  String.raw`what (?:can you (?:tell me|say)|do you (?:know|have)|have you read|is there|(?:is|was|has been) (?:being )?(?:known|said|reported|written|told)) ${ABOUT}`,
  String.raw`(?:is there )?(?:anything|something|information|info|details|facts|news) ${ABOUT}`,
  String.raw`(?:what|how) about`,
].join("|");

/** The many ways to ask for all that is known of a matter, put in one: their other words are the asker's, and no document repeats them. */
export function plainlyAsked(question: string): string {
  const lead = question.trim().replace(/^(?:(?:so|and|but|then|please|now)[\s,]+)+/i, "");
  const matter = matchWhole(String.raw`(?:${OPEN})\s+(?<matter>[^?]{2,120}?)\s*[?.!]*`, lead)?.["matter"];
  return matter === undefined || /^(?:it|that|this|them|him|her|these|those)$/i.test(matter)
    ? question
    : `What is known about ${matter}?`;
}
