// What kind of text it is, told from what stands above it (section labels, title), from its build and from its wording. Null where none of
// it says enough: a wrong label would make an opinion stand as a report. Works on English; labels in a few other languages are known.
import { GENRES, type Genre } from "../../domain.ts";
import { firstRead, foundAt, type Found } from "../read-result.ts";

export interface GenreClues {
  title: string | null;
  /** Section labels, breadcrumbs and tags found on the page. */
  labels: readonly string[];
  text: string;
  /** The text alternates between a person who asks and one who answers. */
  interview: boolean;
}

const LABELS: Readonly<Record<Genre, RegExp>> = {
  statement:
    /^(?:(?:press|news|media)[ -]?releases?|(?:press |official |joint )?statements?|pressemitteilung(?:en)?|comunicados?)$/i,
  interview: /^(?:interviews?|q ?(?:&|-?and-?) ?a|in conversation|entrevistas?|entretien)$/i,
  analysis: /^(?:(?:news[ -])?analys[ei]s|explain(?:ers?|ed)|in[- ]depth|fact-?check|análisis|analyse|hintergrund|background)$/i,
  opinion:
    /^(?:opinions?|commentisfree|op-?ed|editorials?|comment(?:ary)?|column(?:s|ists?)?|view ?points?|views?|voices|perspectives?|letters|opinión|meinung|kommentare?|tribunes?)$/i,
  report: /^(?:news report|reportage)$/i,
};
const TITLE_LABELS = [/^\W*([\p{L} &-]{4,24}?)\s*(?:[:|]|\s[-–—]\s)/u, /\s[|–—-]\s*([\p{L} &-]{4,24})\W*$/u];

/** Of the first label that names one: in the title, else among those of the page. */
export const genreOfLabels = (title: string | null, labels: readonly (Found | null)[]): Found<Genre> | null =>
  firstRead(
    [...TITLE_LABELS.map((pattern) => foundAt(pattern.exec(title ?? "")?.[1], "title")), ...labels],
    (label) => GENRES.find((genre) => LABELS[genre].test(label.trim())) ?? null,
  );

/** How offices speak, how their notices are built, how explainers begin. */
const STATES =
  /\bhereby\b|\bfor immediate release\b|\bjoint statement\b|\bthe (?:parties|sides|ministers) (?:agreed|reaffirmed)\b|\b(?:the (?:ministry|government|company|office|commission|council|board|union)|we) (?:strongly )?(?:condemns?|expresses?|reaffirms?|calls? on|urges?|welcomes?|announces?|regrets?|rejects?)\b/gi;
const BUILT =
  /\bfor (?:further|more) information,? (?:please )?contact\b|\binforms? (?:its|all|the) (?:customers?|visitors?|passengers?|public)|\bis recalling\b|\b(?:took note of|open and constructive|under the chairmanship)\b/i;
const EXPLAINS =
  /^(?:why|how|behind|what (?:\S+ ){0,6}means?|(?:two|three|four|five|\d+) (?:questions|things|reasons))\b|: (?:what|why|how) /i;

/** Passages that a text of this kind uses; each counts once per 100 words, up to a limit. */
const WORDING: readonly (readonly [Genre, RegExp, number])[] = [
  ["opinion", /\b(?:must|ought to|should|cannot afford|it is time)\b/gi, 1.1],
  ["opinion", /\b(?:I|my|me)\b/g, 1.2],
  ["opinion", /\bopinion (?:piece|article|column)|\bin my (?:view|opinion)\b|\bI (?:believe|think|argue|fear|hope)\b/gi, 3],
  ["analysis", /\bdynamics?\b|\bstrateg(?:y|ic|ies)\b|\bleverage\b/gi, 0.7],
  ["analysis", /\b(?:why|because|therefore|as a result|by contrast|whereas|however|moreover|overall|explains?)\b/gi, 0.8],
  [
    "analysis",
    /\b(?:suggests?|indicates?|reflects?|points? to|appears? to|seems? to|(?:un)?likely|could|may|might|would)\b/gi,
    0.5,
  ],
  ["statement", STATES, 3],
  ["report", /\b(?:said|told|added|announced|according to|reported|confirmed|spokes\w+|officials?|police)\b/gi, 0.9],
  [
    "report",
    /\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b|\bovernight\b|\blast (?:week|month|night)\b/gi,
    1.2,
  ],
];

/** What the build of a text speaks for; looked for once in it, lines are paragraphs. */
const BUILD: readonly (readonly [Genre, RegExp, number])[] = [
  ["statement", BUILT, 2],
  ["report", /\b(?:declined to comment|no(?: one|body) was (?:hurt|injured|killed)|under investigation)\b/i, 1.6],
];
const TITLES: readonly (readonly [Genre, RegExp, number])[] = [
  ["interview", /\binterview(?:ed)? with\b|\bin conversation with\b/i, 8],
  ["analysis", EXPLAINS, 1.6],
  ["opinion", /^(?:letters?\b|(?:\p{L}+ )?column\b|(?:build|end|stop|save|let)\s)/iu, 1.6],
  ["statement", /^(?:message|(?:joint )?declaration|outcome|notice)\b|\b(?:recalls?|announces?|closed on \p{Lu})/iu, 1.2],
];

/** Enough for a verdict by wording alone. */
const ENOUGH = 1.6;
/** In a long text the same traits stand further apart, and a clear lead means more. */
const ENOUGH_WHEN_LONG = 1;

export function genreOf(clues: GenreClues): Found<Genre> | null {
  const turns: Found<Genre> = { value: "interview", where: "questions and answers take turns" };
  if (clues.interview) return turns;
  const labels = clues.labels.map((label) => foundAt(label, "label"));
  return genreOfLabels(clues.title, labels) ?? (questionsInTurn(clues.text) ? turns : byWording(clues));
}

/** Short questions that make a paragraph each, answered in the next one: an interview without labels. */
function questionsInTurn(text: string): boolean {
  const asks = text.split(/\n+/).map((line) => /\?["”’)]?\s*$/.test(line) && line.length < 220);
  const answered = asks.filter((asking, at) => asking && asks[at + 1] === false).length;
  return answered >= 3 && answered >= asks.length * 0.35;
}

function byWording({ title, text: whole }: GenreClues): Found<Genre> | null {
  // what people are quoted as saying is their wording, not the text's
  const text = whole.slice(0, 20_000).replace(/["“][^"“”\n]{0,600}["”]/g, " ");
  const words = text.match(/\S+/g)?.length ?? 0;
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
  return best[1] < enough ? null : { value: best[0], where: "wording" };
}
