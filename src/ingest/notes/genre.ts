// What kind of text it is, told from what stands above it (section labels, title), from its build and from its wording. Null where none of
// it says enough: a wrong label would make an opinion stand as a report. Works on English; labels in a few other languages are known.
import type { Genre } from "../../domain.ts";

export interface GenreClues {
  title: string | null;
  /** Section labels, breadcrumbs and tags found on the page. */
  labels: readonly string[];
  text: string;
  /** The text alternates between a person who asks and one who answers. */
  interview: boolean;
}

export interface FoundGenre {
  genre: Genre;
  /** In words for people. */
  evidence: string;
}

const LABELS: readonly (readonly [Genre, RegExp])[] = [
  [
    "statement",
    /^(?:(?:press|news|media)[ -]releases?|(?:press |official |joint )?statements?|communiqu[eé]s?|pressemitteilung(?:en)?|comunicados?)$/i,
  ],
  ["interview", /^(?:interviews?|q ?(?:&|-?and-?) ?a|in conversation|интервью|entrevistas?|entretien|söyleşi|müsahibə)$/i],
  [
    "analysis",
    /^(?:(?:news[ -])?analys[ei]s|explain(?:ers?|ed)|in[- ]depth|fact-?check|аналитика|análisis|analyse|hintergrund|background|policy brief)$/i,
  ],
  [
    "opinion",
    /^(?:opinions?|commentisfree|op-?ed|editorials?|comment(?:ary)?|column(?:s|ists?)?|view ?points?|views?|voices|perspectives?|letters|мнени[ея]|opinión|meinung|kommentare?|tribunes?|leader|guest essay)$/i,
  ],
  ["report", /^(?:news report|reportage)$/i],
];
const TITLE_LABELS = [/^\W*([\p{L} &-]{4,24}?)\s*(?:[:|]|\s[-–—]\s)/u, /\s[|–—-]\s*([\p{L} &-]{4,24})\W*$/u];

/** The kind that a section's name, a label or a folder of an address stands for. */
export const genreOfLabel = (label: string): Genre | null =>
  LABELS.find(([, pattern]) => pattern.test(label.trim()))?.[0] ?? null;

/** Passages that a text of this kind uses; each counts once per 100 words, up to a limit. */
const WORDING: readonly (readonly [Genre, RegExp, number])[] = [
  ["opinion", /\b(?:must|ought to|should|cannot afford|needs? to|ha(?:s|ve) to|it is time)\b/gi, 1.1],
  ["opinion", /\b(?:I|my|me|I'm|I've)\b/g, 1.2],
  ["opinion", /\b(?:we|our|us)\b(?! (?:officials?|dollars?|troops))/g, 0.5],
  [
    "opinion",
    /\bopinion (?:piece|article|column)|\bop-ed\b|\beditorial\b|\bin my (?:view|opinion)\b|\bI (?:believe|think|argue|fear|hope)\b/gi,
    3,
  ],
  [
    "opinion",
    /\b(?:shame(?:ful)?|reckless|absurd|outrage(?:ous)?|hypocri\w+|vital|unacceptable|refus(?:e|al)|surely|of course|let us|overdue)\b/gi,
    1.2,
  ],
  ["analysis", /\bdynamics?\b|\bstrateg(?:y|ic|ies)\b|\bleverage\b/gi, 0.7],
  [
    "analysis",
    /\b(?:analysts?|observers?|experts?) (?:say|said|note|believe|argue|warn)|\bimplications?\b|\bscenarios?\b|\btrajectory\b|\bunderl(?:ying|ines)\b/gi,
    1.1,
  ],
  [
    "analysis",
    /\b(?:suggests?|indicates?|reflects?|signals?|highlights?|points? to|appears? to|seems? to|(?:un)?likely|could|may|might|would)\b/gi,
    0.5,
  ],
  [
    "analysis",
    /\b(?:why|because|therefore|as a result|in (?:the )?(?:long|short)[- ]term|by contrast|whereas|however|moreover|overall|(?:two|three) (?:factors|reasons)|the (?:main|first) (?:reason|factor)|explains?)\b/gi,
    0.8,
  ],
  [
    "statement",
    /\b(?:the (?:ministry|government|company|office|commission|council|board|party|union)|we) (?:hereby |strongly |firmly |also )?(?:condemns?|expresses?|reaffirms?|reiterates?|calls? (?:on|upon)|urges?|welcomes?|announces?|regrets?|rejects?|declares?)\b/gi,
    3,
  ],
  [
    "statement",
    /\bhereby\b|\bfor immediate release\b|\bpress release\b|\bjoint statement\b|\bthe (?:parties|sides|participants|ministers) (?:agreed|reaffirmed|stressed|welcomed)\b/gi,
    3,
  ],
  [
    "report",
    /\b(?:said|told|added|announced|according to|reported|confirmed|spokes(?:man|woman|person)|officials?|police|witnesses)\b/gi,
    0.9,
  ],
  [
    "report",
    /\b(?:on |late |early )(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b|\bovernight\b|\blast (?:week|month|night)\b|\bthis (?:morning|week)\b/gi,
    1.2,
  ],
  [
    "report",
    /\b(?:killed|injured|wounded|arrested|collapsed|signed|opened|voted|elected|died|rescued|charged|rose|fell|won|lost)\b/gi,
    0.5,
  ],
];

/** What the build of a text speaks for; looked for once in title and text, lines are paragraphs. */
const BUILD: readonly (readonly [Genre, RegExp, number])[] = [
  ["opinion", /^(?:to the editor\b|sir,)|\byour (?:paper|correspondent)\b|\bmy (?:grand)?(?:mother|father)\b/im, 3],
  [
    "statement",
    /^(?:contact|press contact|notes to editors)\s*:|\bfor (?:further|more) information,? (?:please )?contact\b/im,
    3,
  ],
  [
    "statement",
    /\b(?:informs? (?:its|all|the) (?:customers?|visitors?|passengers?|members|public)|we apologi[sz]e|is recalling|will be refunded)\b/i,
    2,
  ],
  [
    "statement",
    /\b(?:took note of|(?:both sides|participants|delegations|ministers) (?:agreed|underlined|stressed|expressed|adopted)|expressed (?:their|its) (?:gratitude|concern)|open and constructive|under the chairmanship)\b/i,
    1.4,
  ],
  ["statement", /^(?:dear (?!editor|sir)\p{L}+|fellow citizens|ladies and gentlemen)\b|\bI (?:send|wish) you\b/imu, 3],
  ["report", /^[\p{Lu}][\p{Lu} .'-]{2,30}(?:, [\p{L} .]{3,20})?\s*(?:\([^)\n]{2,40}\)\s*)?[-–—]\s/mu, 2.5],
  [
    "report",
    /\b(?:declined to comment|no(?: one|body) was (?:hurt|injured|killed)|ha(?:s|ve|d) brought charges|the cause is|under investigation)\b/i,
    1.6,
  ],
  [
    "analysis",
    /\b(?:(?:two|three|several) (?:things|reasons|factors|scenarios)|in theory, |in practice\b|lies? behind)\b|\bFirst,[\s\S]{10,600}\bSecond,/i,
    1.4,
  ],
];
const TITLES: readonly (readonly [Genre, RegExp, number])[] = [
  ["interview", /\binterview(?:ed)? with\b|\bin conversation with\b/i, 8],
  [
    "analysis",
    /^(?:why|how|behind|what (?:\S+ ){0,6}(?:means?|costs?)|(?:two|three|four|five|\d+) (?:questions|things|reasons))\b|: (?:what|why|how) /i,
    1.6,
  ],
  ["opinion", /^(?:letters?\b|(?:\p{L}+ )?column\b|(?:build|end|stop|save|let)\s)/iu, 1.6],
  [
    "statement",
    /^(?:message|declaration|joint declaration|outcome|notice)\b|\b(?:recalls?|completes? (?:the )?purchase|announces?|closed on \p{Lu})/iu,
    1.2,
  ],
];

/** Enough for a verdict by wording alone. */
const ENOUGH = 1.6;
/** In a long text the same traits stand further apart, and a clear lead means more. */
const ENOUGH_WHEN_LONG = 1;

export function genreOf(clues: GenreClues): FoundGenre | null {
  const turns: FoundGenre = { genre: "interview", evidence: "questions and answers take turns" };
  if (clues.interview) return turns;
  const fromTitle = TITLE_LABELS.map((pattern) => pattern.exec(clues.title ?? "")?.[1] ?? "");
  const labelled = [...fromTitle, ...clues.labels].find((label) => genreOfLabel(label) !== null);
  const genre = labelled === undefined ? null : genreOfLabel(labelled);
  if (genre !== null) return { genre, evidence: `label "${labelled}"` };
  return questionsInTurn(clues.text) ? turns : byWording(clues);
}

/** Short questions that make a paragraph each, answered in the next one: an interview without labels. */
function questionsInTurn(text: string): boolean {
  const asks = text.split(/\n+/).map((line) => /\?["”’)]?\s*$/.test(line) && line.length < 220);
  const answered = asks.filter((asking, at) => asking && asks[at + 1] === false).length;
  return answered >= 3 && answered >= asks.length * 0.35;
}

function byWording({ title, text: whole }: GenreClues): FoundGenre | null {
  // what people are quoted as saying is their wording, not the text's
  const text = whole.slice(0, 20_000).replace(/["“][^"“”\n]{0,600}["”]/g, " ");
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  if (words < 25) return null;
  const per = 100 / Math.max(60, words);
  const points = new Map<Genre, number>();
  const add = (genre: Genre, more: number): void => void points.set(genre, (points.get(genre) ?? 0) + more);
  for (const [genre, pattern, weight] of WORDING)
    add(genre, Math.min(weight * 4, (text.match(pattern)?.length ?? 0) * per * weight));
  for (const [genre, pattern, more] of BUILD) if (pattern.test(text)) add(genre, more);
  for (const [genre, pattern, more] of TITLES) if (pattern.test(title ?? "")) add(genre, more);
  const [best, second] = [...points].sort((a, b) => b[1] - a[1]);
  if (best === undefined || second === undefined || best[1] < second[1] * 1.1) return null;
  const enough = words >= 250 && best[1] >= second[1] * 1.5 ? ENOUGH_WHEN_LONG : ENOUGH;
  return best[1] < enough ? null : { genre: best[0], evidence: "wording" };
}
