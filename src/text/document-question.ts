// Recognises questions about documents rather than about what they tell: who wrote one, when it appeared, which of them tell of something,
// how many. It only reads the question; whether there is such a document is for others to say. English; pure.

export type AskedOfDocuments = "author" | "publisher" | "published" | "genre" | "address" | "title" | "content";

export type DocumentQuestion =
  /** About one document (or the few that the words fit): `which` describes it as typed. */
  | { kind: "field"; asks: AskedOfDocuments; which: string }
  /** What somebody says, in all that they published or wrote. */
  | { kind: "voice"; by: string }
  /** Which documents there are, who made them, or how many; narrowed by what they tell of and by whom they are. */
  | { kind: "list"; asks: "documents" | "newest" | "publishers" | "authors" | "count"; about: string | null; by: string | null };

const NOUN = String.raw`(?:articles?|pieces?|reports?|analys[ei]s|columns?|texts?|notes?|essays?|op-?eds?|interviews?|stor(?:y|ies)|documents?|commentar(?:y|ies)|comments?|editorials?|statements?|papers?|posts?|pages?|sources?|reviews?)`;
const OUTLET = String.raw`(?:publishers?|outlets?|newspapers?|papers?|sources?|media|sites?|websites?|magazines?|agenc(?:y|ies)|houses?|publications?)`;
const ABOUT = String.raw`(?:about|on|of|regarding|concerning)`;
const ON = String.raw`(?:about|on|regarding|concerning)`;
const TELLS = String.raw`(?:writes?|wrote|written|reports?|reported|publish(?:es|ed)?|covers?|covered|mentions?|mentioned|discuss(?:es|ed)?|tells?|told|talks?|talked|speaks?|spoke|deals?|dealt|names?|named|say|says|said|comments?|commented)`;
/** Verbs of which an outlet is the subject, whatever follows; "which agency said that …" asks for a speaker in the texts. */
const REPORTS = String.raw`(?:writes?|wrote|written|reports?|reported|covers?|covered|mentions?|mentioned|discuss(?:es|ed)?|talk(?:s|ed)? about|deals?|dealt)`;
const HAS = String.raw`(?:has|have|had)\s+`;
const PRONOUN = String.raw`(?:it|that|this|them|these|those|the ${NOUN}|(?:that|this) ${NOUN})`;

/** What stands in the place of a document: words that end in (or hold) one of its nouns, a title in quotation marks, or a pronoun. */
const DOCUMENT = new RegExp(String.raw`^(?:${PRONOUN}|.*\b${NOUN}\b.*|.*["“«„].+["”»“].*)$`, "iu");

type Build = (groups: Record<string, string | undefined>) => DocumentQuestion | null;
const field =
  (asks: AskedOfDocuments): Build =>
  ({ x = "" }) =>
    DOCUMENT.test(x) ? { kind: "field", asks, which: x } : null;
const list =
  (asks: "documents" | "publishers" | "authors" | "count"): Build =>
  ({ about, by }) =>
    about === undefined && by === undefined ? null : { kind: "list", asks, about: about ?? null, by: by ?? null };

const BARE: readonly (readonly [RegExp, AskedOfDocuments])[] = [
  [/publisher/i, "publisher"],
  [/date/i, "published"],
  [/title|headline/i, "title"],
  [/link|url|address/i, "address"],
];

const FORMS: readonly (readonly [string, Build])[] = [
  // one document
  [
    String.raw`who(?: is| was|'s)? (?:wrote|authored|penned|signed|(?:is |was |are |were )?(?:the )?(?:authors?|writers?) of|(?:is |was )?behind) (?<x>.+)`,
    field("author"),
  ],
  [String.raw`(?:who (?:is|was|are|were) )(?<x>.+?) (?:written |authored |signed )?by(?: whom)?`, field("author")],
  [String.raw`by whom (?:is|was|were) (?<x>.+?) (?:written|authored|signed)`, field("author")],
  [String.raw`(?:(?:what|who) (?:is|are) )?(?:the )?(?:authors?|writers?) of (?<x>.+)`, field("author")],
  [String.raw`whose ${NOUN} (?:is|was) (?<x>it|that|this)`, field("author")],
  [String.raw`does (?<x>.+?) (?:name|have|give) an author`, field("author")],
  [String.raw`who (?:has )?(?:published|printed|released|posted) (?<x>.+)`, field("publisher")],
  [
    String.raw`(?:where|in (?:which|what) ${OUTLET}) (?:was|were|is) (?<x>.+?) (?:published|printed|released|posted)`,
    field("publisher"),
  ],
  [String.raw`(?:where|in (?:which|what) ${OUTLET}) did (?<x>.+?) (?:appear|come out)`, field("publisher")],
  [
    String.raw`(?:which|what) ${OUTLET} (?:${HAS})?(?:published|printed|released|posted|ran|carried) (?<x>.+)`,
    field("publisher"),
  ],
  [String.raw`(?:(?:what|who) (?:is|was) )?the publisher of (?<x>.+)`, field("publisher")],
  [
    String.raw`(?:on (?:what|which) (?:day|date) |when )(?:was|were|is) (?<x>.+?) (?:first )?(?:published|written|posted|released|issued|printed|updated)`,
    field("published"),
  ],
  [String.raw`when did (?<x>.+?) (?:appear|come out)`, field("published")],
  [
    String.raw`(?:what(?: is|'s| was) )?the (?:publication )?date (?:of|on|for) (?<x>.+)|(?:what|which) (?:day|date|year) (?:is|was) (?<y>.+?)(?: (?:from|of|published))?`,
    (groups) => field("published")({ x: groups["x"] ?? groups["y"] }),
  ],
  [String.raw`how (?:old|recent|new) (?:is|are) (?<x>.+)`, field("published")],
  [
    String.raw`(?:is|was|are) (?<x>.+?) (?:an? )?(?:opinions?|reports?|analys[ie]s|interviews?|statements?|news|editorials?|op-?eds?|fact)(?: (?:piece|article|text|report|column|item)s?)?(?: or .+)?`,
    field("genre"),
  ],
  [
    String.raw`what (?:kind|type|sort|genre|form) of (?:${NOUN}|thing) (?:is|was) (?<x>.+)|what (?:is )?(?:the )?genre (?:is|of) (?<y>.+)`,
    (groups) => field("genre")({ x: groups["x"] ?? groups["y"] }),
  ],
  [String.raw`(?:what(?: is|'s| was) )?the (?:title|headline|name) of (?<x>.+)`, field("title")],
  [
    String.raw`(?:what(?: is|'s) |give me |show me )?the (?:link|url|address|web address) (?:of|to|for) (?<x>.+)|where can i (?:find|read|see) (?<y>.+)`,
    (groups) => field("address")({ x: groups["x"] ?? groups["y"] }),
  ],
  [String.raw`what(?: is|'s| are| was) (?<x>.+?) (?:all )?about`, field("content")],
  [String.raw`what does (?<x>.+?) (?:say|report|tell(?: us)?|argue|claim|contain|describe)`, field("content")],
  [
    String.raw`what (?:does|did|do|has|have|is|are) (?<by>.+?) (?:say|said|report|reported|argued?|claim(?:ed)?|tell(?: us)?|think|saying|reporting|arguing)`,
    ({ by }) => (by === undefined || /^(?:he|she|it|they|we|you|i|people|everyone)$/i.test(by) ? null : { kind: "voice", by }),
  ],
  [
    String.raw`(?:please )?(?:(?:can|could) you )?(?:summari[sz]e|sum up) (?<x>.+?)(?: for me)?|(?:(?:give|show) me )?(?:an? |the )?(?:short |brief )?summary of (?<y>.+)`,
    (groups) => field("content")({ x: groups["x"] ?? groups["y"] }),
  ],
  [
    String.raw`(?:(?:who|what)(?: is|'s| was) )?the (?<what>authors?|writers?|publishers?|publication date|date of publication|title|headline|link|url|address)`,
    ({ what = "" }) => ({ kind: "field", asks: BARE.find(([word]) => word.test(what))?.[1] ?? "author", which: "it" }),
  ],
  [
    String.raw`(?:what|which)(?: is|'s| was)? (?<x>(?:the |your )(?:oldest|earliest|first|newest|latest|most recent|last) ${NOUN})(?: (?:that )?you have(?: read)?| in (?:the|your) (?:corpus|index|library|collection))?`,
    field("published"),
  ],
  // when somebody wrote of something
  [
    String.raw`when did (?<by>.+?) (?:publish|write|report|post)(?: (?:it|that|this|(?:(?:an?|the|its|his|her|their) )?${NOUN}))?(?: ${ABOUT} (?<about>.+))?`,
    ({ by, about }) => (by === undefined ? null : { kind: "list", asks: "documents", about: about ?? null, by }),
  ],
  [
    String.raw`(?:what(?: is|'s)|show me|tell me|give me) (?:the )?(?:new|news|latest(?: news)?|newest (?:news|${NOUN}))(?: today)?|(?:is there |are there |have you |do you have )?any(?:thing)? (?:new|news)(?: today)?|(?:the )?(?:latest|newest|most recent|recent)(?: news| ${NOUN})?|news(?: today)?`,
    () => ({ kind: "list", asks: "newest", about: null, by: null }),
  ],
  // many documents
  [
    String.raw`(?:which|what) ${OUTLET} (?:${HAS})?(?:${REPORTS} (?:an? |any )?(?:${NOUN} )?(?:${ABOUT} |with )?|${TELLS} ${ABOUT} )(?<about>.+)`,
    list("publishers"),
  ],
  [
    String.raw`(?:which|what) ${OUTLET} (?:do you have|are there|have you(?: got| read)?) (?:${ABOUT}|for) (?<about>.+)`,
    list("publishers"),
  ],
  [
    String.raw`(?:who|which (?:authors?|writers?|journalists?|people)) (?:${HAS})?(?:wrote|writes?|written|reported|reports|published|commented) (?:an? )?(?:${NOUN} )?${ABOUT} (?<about>.+)`,
    list("authors"),
  ],
  [
    String.raw`how many ${NOUN} (?:are there |do you have |have you (?:got |read )?|were (?:there |published |written )|(?:${HAS})?(?:been (?:published|written) ))?(?:that )?(?:are |is |were )?(?:${ON} |${TELLS} (?:${ABOUT} |with )?)(?<about>.+)`,
    list("count"),
  ],
  [
    String.raw`how many ${NOUN} (?:did|has|have|does|do) (?<by>.+?) (?:publish(?:ed)?|writ(?:e|ten)|posted?|have)(?: ${ABOUT} (?<about>.+))?`,
    list("count"),
  ],
  [
    String.raw`how many ${NOUN} (?:are |were |is |was )?(?:there )?(?:published |written )?(?:by|from) (?<by>.+?)(?: are there| do you have)?`,
    list("count"),
  ],
  [
    String.raw`(?:(?:which|what) (?:other )?${NOUN} (?:are there |do you have |have you (?:got |read )?|is there )?|(?:(?:please )?(?:list|show(?: me)?|give me|find(?: me)?|name) )(?:all )?(?:(?:the|your) )?${NOUN} )(?:that )?(?:are |is |were )?(?:${ON} |${TELLS} (?:${ABOUT} |with )?)(?<about>.+)`,
    list("documents"),
  ],
  [
    String.raw`(?:(?:which|what) ${NOUN} (?:did|has|have) (?<by>.+?) (?:publish(?:ed)?|writ(?:e|ten)|posted?)(?: ${ABOUT} (?<about>.+))?)`,
    list("documents"),
  ],
  [
    String.raw`(?:(?:which|what) ${NOUN} (?:are|were|do you have) |(?:(?:list|show(?: me)?|give me) )(?:all )?(?:the )?${NOUN} )(?:published |written )?(?:by|from) (?<by>.+)`,
    list("documents"),
  ],
  [String.raw`what (?:else )?(?:has|have|did|does) (?<by>.+?) (?:publish(?:ed)?|writ(?:e|ten)|post(?:ed)?)`, list("documents")],
  [
    String.raw`(?:do you have|have you (?:got|read)|(?:is|are) there) (?:any|an?|some|more)?(?:thing| ?${NOUN}) ${ABOUT} (?<about>.+)`,
    list("documents"),
  ],
];

const compiled: (RegExp | undefined)[] = [];
const LONGEST = 240;

/** What the question asks about documents; null where it asks for what they tell. */
export function documentQuestion(question: string): DocumentQuestion | null {
  if (question.length > LONGEST) return null;
  const asked = question
    .replace(/[’ʼ]/g, "'")
    .replace(/^(?:(?:and|but|so|ok(?:ay)?|then)[\s,]+)+/i, "")
    .replace(/[?.!\s]+$/u, "")
    .replace(/\s+/g, " ");
  for (const [at, [source, build]] of FORMS.entries()) {
    const pattern = (compiled[at] ??= new RegExp(`^(?:${source})$`, "iu"));
    const match = pattern.exec(asked);
    const made = match === null ? null : build(match.groups ?? {});
    if (made !== null) return made;
  }
  return null;
}

const DETERMINER = /^(?:the|an?|this|that|these|those|its?|his|her|their|your|any|all)\b\s*/i;

/** Whether the words only point at something that was spoken of before: "it", "that article". */
export function pointsBack(which: string): boolean {
  return new RegExp(`^${PRONOUN}$`, "iu").test(which.trim());
}

/** The words that describe a document, without articles and the nouns that any document may be called by. */
export function describing(which: string): string {
  let rest = which.trim();
  while (DETERMINER.test(rest)) rest = rest.replace(DETERMINER, "");
  return rest
    .replace(new RegExp(String.raw`(?<![\p{L}'-])${NOUN}(?![\p{L}'-])`, "giu"), " ")
    .replace(/\s+/g, " ")
    .trim();
}
