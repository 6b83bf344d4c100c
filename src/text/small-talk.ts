// Tells what is said to the program itself (a greeting, thanks, a question about it or about what it has read) from a question to the
// documents. The whole line must be of that kind: "hi, what happened in Halden?" is a question. Words only; English, with the commonest
// greetings of other languages. Pure.

import type { Talk } from "../domain.ts";

const BOT = String.raw`(?:(?:the |this |dear |mr\.? )?(?:(?:briefing |news )?bot|assistant|robot|machine|program))`;
const FOLK = String.raw`(?:there|all|everyone|everybody|again|folks|team|friend|mate|you|world|${BOT})`;
const HELLO = String.raw`(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|salutations|good (?:morning|afternoon|evening|day)|morning|evening|welcome back|hallo|moin|servus|guten (?:morgen|tag|abend)|bonjour|bonsoir|salut|hola|buenos d[ií]as|buenas (?:tardes|noches)|ciao|buongiorno|ol[aá]|merhaba|salam|salaam|as-?salaa?m[ou]? ?alaikum|namaste|привет|здравствуйте|مرحبا|السلام عليكم)`;
const THANKS = String.raw`(?:(?:ok(?:ay)?|great|perfect|cool|nice|super|alright|all right),? )?(?:many thanks|thanks?(?: you)?(?: (?:so|very) much| a (?:lot|million|bunch)| again| anyway)?|thx|ty|tysm|cheers|much appreciated|i appreciate (?:it|that)|merci(?: beaucoup)?|danke(?: sch[oö]n)?|vielen dank|gracias|muchas gracias|grazie|obrigad[oa]|te[sş]ekk[uü]rler|спасибо|شكرا)(?: for (?:(?:the|your|that|this|all (?:the|your)) )?(?:help|answers?|info(?:rmation)?|that|this|it|everything|time|explanation|explaining|summary))?`;

const KINDS: readonly (readonly [Talk, string])[] = [
  [
    "greeting",
    String.raw`${HELLO}(?: ${FOLK})?|(?:are )?you there|(?:any|some)(?:body|one) (?:there|home)|ping|test(?:ing)?(?: test| 1 2 3)*|is (?:this|it) (?:on|working|thing on)|nice to meet you|pleased to meet you`,
  ],
  ["thanks", String.raw`${THANKS}(?: ${FOLK})?`],
  [
    "farewell",
    String.raw`(?:${THANKS}(?: and|,)? )?(?:(?:ok(?:ay)?|k|alright|all right|right|cool|great|well),? (?:then,? )?)?(?:good ?bye|bye(?: bye| now)?|see (?:you|ya)(?: (?:later|soon|tomorrow|around))?|good ?night|farewell|take care|have a (?:nice|good|great) (?:day|evening|night|weekend|one)|later|ciao ciao|tsch[uü]ss|auf wiedersehen|au revoir|adi[oó]s|that(?: is|'s) all(?: for (?:now|today))?)(?: ${FOLK})?`,
  ],
  [
    "wellbeing",
    String.raw`how (?:are|r) (?:you|u)(?: doing| feeling| today)*|how(?: is|'s) it going|how do you (?:do|feel)|how(?: is|'s) your day|what(?: is|'s) up|wh?at?s? ?sup|sup|you (?:ok(?:ay)?|alright|good)|how have you been`,
  ],
  [
    "praise",
    String.raw`(?:(?:that(?: is|'s| was)|this is|you(?: are|'re)|it(?: is|'s)) )?(?:a )?(?:(?:very|really|so|quite|pretty) )?(?:good|great|nice|cool|awesome|amazing|excellent|perfect|brilliant|fantastic|wonderful|helpful|useful|interesting|impressive|smart|clever|funny|fine|lovely)(?: (?:job|work|answer|bot|one|stuff|robot))?|well done|good to know|i (?:love|like) (?:you|it|this|that)|wow|lol|haha+|ok(?:ay)?|k|yes|yep|yeah|sure|alright|all right|got it|i see|understood|makes sense|right|fair enough|no problem|never ?mind|please`,
  ],
  [
    "blame",
    String.raw`(?:(?:no|nope|hm+|ugh),? )?(?:(?:that(?: is|'s| was)|this is|you(?: are|'re)|it(?: is|'s)|your answer is) )?(?:just |simply |completely |totally )?(?:(?:a )?(?:bad|terrible|awful|useless|stupid|dumb|silly|poor|rubbish|garbage|nonsense|wrong|incorrect|false|untrue|not (?:true|right|correct|helpful|good|useful|what i asked(?: for)?)))(?: (?:bot|answer|robot|job))?|no|nope|you(?: are|'re) (?:lying|mistaken)|you (?:suck|lie)|(?:i (?:do not|don't) (?:believe|like) (?:you|that|it|this))|(?:that )?(?:did not|didn't|does not|doesn't) (?:answer (?:my|the) question|help)`,
  ],
  [
    "self",
    String.raw`(?:who|what) (?:exactly |really )?(?:are|r) (?:you|u)(?: exactly| really)?|who(?: is|'s) (?:this|there|speaking|${BOT})|what(?: is|'s) (?:this|${BOT}|this (?:thing|tool|app|place)|briefing bot)|(?:what(?: is|'s)|tell me) your name|do you have a name|(?:tell me|talk|say something) about (?:you|yourself)|introduce yourself|are you (?:a |an |the )?(?:(?:real|actual|live) )?(?:human(?: being)?|person|bot|robot|machine|ai|a\.i\.|artificial intelligence|language model|llm|chat ?gpt|gpt(?:-?\d)?|claude|gemini|llama|program|real|alive|sentient|conscious)(?: or (?:a |an )?(?:human|person|bot|robot|machine|ai))?|am i (?:talking|speaking|chatting) (?:to|with) (?:a |an )?(?:human|person|bot|robot|machine|ai)|who (?:made|built|created|wrote|programmed|developed|runs|owns) (?:you|this bot|this)|what (?:language )?model (?:are you|do you use|is this)|which (?:language )?model (?:are you|do you use)|where are you from|how old are you|do you (?:use|have|need) (?:an? )?(?:language model|llm|ai|chat ?gpt|gpt)`,
  ],
  [
    "abilities",
    String.raw`(?:what|which things) (?:can|could|do) (?:you|i|we|${BOT}) (?:do|ask|help(?: me| us)?(?: with)?|offer)(?: (?:you|here|for me|with (?:this|you|it)))?|what (?:can|could|should|may) i ask(?: you)?(?: about)?|what(?: is|'s| are) (?:your|you) (?:purpose|job|function|role|task|abilities|capabilities|features|commands|skills|good (?:for|at)|here for|able to do|for)|what (?:commands|features|functions|abilities|questions) (?:do you (?:have|know|offer|support|take|understand|answer)|are there|can i (?:use|ask))|(?:can|could) you help(?: me)?(?: out)?|(?:i need )?help(?: me)?|how (?:do|can|should) (?:i|we) (?:use|ask|talk to|start|begin)(?: (?:you|this|it|questions?|with (?:you|this)))?|how (?:does|do) (?:this|it|you|${BOT}) (?:work|function|answer(?: questions)?|help)|show me what you can do|what(?: else)? can you tell me|give me (?:an? )?examples?(?: questions?)?|instructions|menu|commands|usage|get started|start`,
  ],
  [
    "trust",
    String.raw`(?:can|should|may) (?:i|we) (?:trust|believe|rely on) (?:you|your answers?|${BOT})|are you (?:reliable|trustworthy|accurate|objective|neutral|biased|unbiased|honest|always right|ever wrong)|do you (?:ever )?(?:make (?:things|stuff|it) up|hallucinate|lie|make mistakes|invent (?:things|answers|facts)|check (?:facts|your (?:facts|answers|sources))|cite(?: (?:your )?sources)?)|how (?:reliable|accurate|trustworthy|good|neutral) are (?:you|your (?:answers|sources))|how do you (?:check|verify)(?: (?:(?:your )?(?:answers?|facts|things)|what is true))?|why should i (?:trust|believe) you`,
  ],
  [
    "corpus",
    String.raw`what (?:all )?do you (?:know|cover|have|read|contain)(?: about| here)?|what (?:have|did) you read|what(?: kinds? of| sorts? of)? (?:sources?|documents?|articles?|texts?|files?|publishers?|outlets?|news(?:papers?)?|papers?|material|data|topics?|subjects?|themes?|stories|information|content|knowledge|corpus) (?:do you (?:have|know|use|cover|read|contain|hold)(?: about)?|have you (?:got|read)|are (?:there|you (?:based on|using|trained on|reading))|are (?:in|covered by) (?:the|your) (?:corpus|index|database|library|collection|archive)|is (?:there|in (?:the|your) (?:corpus|index|database))|can i (?:ask|read)(?: you)?(?: about)?|is covered|are covered|are available)|which (?:sources?|documents?|articles?|texts?|files?|publishers?|outlets?|papers?|newspapers?|topics?|subjects?) (?:do you (?:have|know|use|cover|read)(?: about)?|have you (?:got|read)|are (?:there|covered|available)|are in (?:the|your) (?:corpus|index|database|library|collection))|(?:what|who) are your (?:sources?|documents?|publishers?|topics?)|what(?: is|'s) (?:in (?:the|your) (?:corpus|index|database|library|collection|archive)|your (?:corpus|knowledge(?: base)?|data(?:base)?)(?: about)?|the corpus(?: about)?|covered|in here|there)|(?:list|show(?: me)?|name|give me) (?:all )?(?:(?:the|your|of your) )?(?:sources?|documents?|articles?|corpus|topics?|publishers?|texts?|files?)|how many (?:documents?|articles?|sources?|texts?|files?|publishers?|outlets?) (?:do you (?:have|know|hold)|have you (?:got|read)|are (?:there|you reading|in (?:the|your) (?:corpus|index|database|library|collection)))(?: in total| altogether)?|how (?:big|large|much) (?:is|are|do) (?:the|your|you) ?(?:corpus|index|database|library|collection|know|read)?|where do you get (?:your|the) (?:information|answers?|news|data|knowledge)(?: from)?|where (?:does|do) (?:your|the) (?:information|answers?|news|data|knowledge) come from|what are you (?:based|trained) on|tell me (?:about|what) (?:the corpus|your (?:sources|corpus|documents)|you (?:know|have read))|who (?:do you|have you) read`,
  ],
  [
    "currency",
    String.raw`how (?:current|recent|new|old|fresh|up[ -]to[ -]date) (?:are|is) (?:you|your (?:information|data|sources?|documents?|knowledge|news|articles?|corpus)|the (?:corpus|documents?|sources?|data|news|articles?|information))|are you (?:up[ -]to[ -]date|current)|(?:what|when)(?: is|'s| was) (?:your|the) (?:(?:knowledge )?cut-?off(?: date)?|(?:latest|newest|most recent|last) (?:source|update|date|entry)|last update(?:d)?|date range|period)|when were you (?:last )?(?:updated|trained|made|built)|how (?:often|frequently) (?:are|do) you (?:updated?|get updated|read)|(?:what|which) (?:dates?|period|time|years?|months?|time ?span|range) (?:do you|does the corpus|do your (?:sources|documents)) (?:cover|span|reach|include)|how far back do you(?:r sources)? (?:go|reach)|until when do you (?:know|have)|do you (?:know|have|read|get) (?:(?:the|today's|current|live|recent) )?(?:current events|news|today's news|live news|the internet|internet access|web access|access to the internet)|can you (?:search|browse|access|use) the (?:web|internet)(?: for me)?`,
  ],
  [
    "languages",
    String.raw`(?:what|which) languages? (?:do|can) (?:you|i) (?:speak|understand|read|know|use|ask in)(?: in)?|do you (?:speak|understand|read|know) (?:english|german|french|spanish|arabic|russian|italian|turkish|urdu|persian|pashto|dari|chinese|japanese|hindi|portuguese|dutch|polish|ukrainian|(?:other|any other|foreign) languages?)|(?:can|may|could) i (?:ask|write|speak)(?: to you)?(?: questions)? in (?:german|french|spanish|arabic|russian|italian|turkish|urdu|persian|pashto|chinese|hindi|portuguese|dutch|(?:other|another|any other|my(?: own)?) languages?)|(?:sprichst du|sprechen sie) deutsch|parlez-vous fran[cç]ais|habla(?:s)? espa[nñ]ol|вы говорите по-русски`,
  ],
];
/** What fingers type when they type nothing: neighbours on the keyboard, letters without a vowel, one over and over. */
const KEYS = String.raw`(?:[asdfghjkl]{0,3}(?:asdf|sdfg|dfgh|fghj|ghjk|hjkl|lkjh|fdsa)[asdfghjklöä]{0,30}|(?:qwert|werty|poiuy|zxcv|xcvb|cvbn|yxcv)\p{Ll}{0,12}|[b-df-hj-np-tv-xz]{5,40}|(?<one>\p{L})\k<one>{4,})`;
const KEYED = new RegExp(`^${KEYS}$`, "u");
/** No word of a language that sets blanks is so long. */
const ENDLESS = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{N}]{80,}$/u;
const REPEATED = /^(\S{1,40})(?:\s+\1){7,}$/u;

/** No question in any words; whether a document holds such a word all the same is for others to say. */
function isGibberish(line: string): boolean {
  const said = line.replace(/[\s.?!]+$/u, "").trim();
  if (ENDLESS.test(said) || REPEATED.test(said)) return true;
  const words = said.length > LONGEST ? [] : said.split(/\s+/);
  return words.length > 0 && words.length <= 4 && words.every((word) => KEYED.test(word));
}

/** Compiled when first needed: a command that asks nothing pays nothing. */
const compiled = new Map<Talk, RegExp>();

function patternOf(kind: Talk, source: string): RegExp {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const made = new RegExp(`^(?:${source})$`, "iu");
  compiled.set(kind, made);
  return made;
}

/** Longer lines are questions or statements. */
const LONGEST = 100;
const LEAD = new RegExp(
  String.raw`^(?:(?:${HELLO})(?: ${FOLK})?|${THANKS}|please|ok(?:ay)?|so|well|um+|excuse me|sorry|quick question|one (?:more )?question|(?:can|could) i ask(?: you)?(?: something| a question)?)\s*[,!.:;–—-]+\s+`,
  "iu",
);
const TAIL = new RegExp(String.raw`\s*[,!.–—-]+\s*(?:please|${THANKS}|${BOT})\s*[!.]*$|\s+please\s*(?=[?!.]*$)`, "iu");
const POLITE =
  /^(?:(?:so|and|but|please|just|then|now|(?:can|could|would|will) you (?:please )?(?:tell|show) me|tell me|i(?:'d| would) like to know|i want to know|may i ask)[\s,]+)(?=(?:what|who|how|which|where|when|why|are|do|can)\b)/i;

/** What kind of talk the line is; null for a question to the documents. */
export function smallTalk(line: string): Talk | null {
  if (isGibberish(line)) return "gibberish";
  if (line.length > LONGEST) return null;
  const said = bare(line);
  if (said === "") return null;
  for (const form of new Set([said, bare(withoutCourtesy(line)), bare(withoutCourtesy(line)).replace(POLITE, "")]))
    for (const [kind, source] of KINDS) if (patternOf(kind, source).test(form)) return kind;
  return null;
}

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
    .replace(/\b(you|they)re\b/gi, "$1're")
    .replace(/\b(do|did|does|is|was)nt\b/gi, "$1n't")
    .replace(/[,;:]+/g, ",")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    .replace(/\s+/g, " ");
}
