// What kind of text it is, told from what stands above it (section labels, title) and from its wording. Null where neither says enough:
// a wrong label would make an opinion stand as a report. Works on English; labels in a few other languages are known.
import type { Genre } from "../../domain.ts";
import { questionsInTurn, structurePoints } from "./genre-structure.ts";

export interface GenreClues {
  title: string | null;
  /** Section labels, breadcrumbs and tags found on the page. */
  labels: readonly string[];
  text: string;
  /** The text alternates between a person who asks and one who answers. */
  interview: boolean;
  publisher?: string | null;
}

export interface FoundGenre {
  genre: Genre;
  /** In words for people. */
  evidence: string;
}

const LABELS: readonly (readonly [Genre, RegExp])[] = [
  [
    "statement",
    /^(?:press (?:release|statement)|official statement|statements?|communiqu[eé]|joint statement|pressemitteilung|news release|media release)$/i,
  ],
  [
    "interview",
    /^(?:interviews?|q ?& ?a|questions and answers|in conversation|интервью|entrevista|entretien|söyleşi|müsahibə)$/i,
  ],
  [
    "analysis",
    /^(?:(?:news )?analys[ie]s|analytics|explainers?|explained|in[- ]depth|analysis & opinion|analysis and opinion|аналитика|análisis|analyse|background(?:er)?|policy brief|insight)$/i,
  ],
  [
    "opinion",
    /^(?:opinions?|op-?ed|editorials?|comment(?:ary)?|columns?|columnists?|view ?points?|views?|perspectives?|letters|opinion & analysis|blogs?|мнение|opinión|meinung|tribune|leader|guest essay|the view)$/i,
  ],
  ["report", /^(?:news report|breaking news|reportage|reports?|latest news|wire)$/i],
];
const TITLE_LABELS = [/^\W*([\p{L} &-]{4,24}?)\s*(?:[:|]|\s[-–—]\s)/u, /\s[|–—-]\s*([\p{L} &-]{4,24})\W*$/u];

/** Passages a text of this kind uses; each counts once per 100 words, up to a limit. */
const WORDING: Readonly<Record<"opinion" | "analysis" | "statement" | "report", readonly (readonly [RegExp, number])[]>> = {
  opinion: [
    [
      /\b(?:must|ought to|should|cannot afford|need(?:s)? to|has to|have to|it is time|high time|imperative|urgent(?:ly)?)\b/gi,
      1.1,
    ],
    [/\b(?:I|my|me|I'm|I've)\b/g, 1.2],
    [/\b(?:we|our|us)\b(?! (?:officials?|dollars?|troops))/g, 0.5],
    [
      /\bopinion (?:piece|article|column)|\bop-ed\b|\beditorial\b|\bin my (?:view|opinion)\b|\bI (?:believe|think|argue|fear|hope)\b/gi,
      3,
    ],
    [
      /\b(?:wake-up call|shame(?:ful)?|disgrace(?:ful)?|foolish|folly|reckless|absurd|outrage(?:ous)?|betray(?:al|ed)?|hypocri\w+|cowardly|short-?sighted|is not an option|the onus|overdue|enough is enough|is (?:vital|essential|unacceptable|inexcusable)|naive|wrong-headed|indefensible|nonsense|obstina\w+|deserve[sd]?|ideological|refus(?:e|al)|frankly|surely|of course|let us|make no mistake|plainly|simply|at the risk of)\b/gi,
      1.2,
    ],
  ],
  analysis: [
    // words of the trade: they tell the subject as much as the kind
    [/\bdynamics?\b|\bstrateg(?:y|ic|ies)\b|\bleverage\b/gi, 0.7],
    [
      /\b(?:analysts?|observers?|scholars?|experts?) (?:say|said|note|believe|suggest|argue|warn)|\bimplications?\b|\bscenarios?\b|\bcalculations?\b|\btrajectory\b|\bunderl(?:ying|ines)\b/gi,
      1.1,
    ],
    [
      /\b(?:suggests?|indicates?|reflects?|signals?|underscores?|highlights?|demonstrates?|points? to|appears? to|seems? to|is likely|are likely|unlikely|could|may|might|would)\b/gi,
      0.5,
    ],
    [
      /\b(?:why|because|therefore|thus|consequently|as a result|in (?:the )?(?:long|short|medium)[- ]term|on the one hand|on the other hand|by contrast|in contrast|whereas|however|moreover|in summary|in sum|overall|two factors|three (?:factors|reasons)|the (?:main|first|second) (?:reason|factor)|explains?)\b/gi,
      0.8,
    ],
  ],
  statement: [
    [
      /\b(?:the (?:ministry|government|company|office|embassy|department|commission|council|board|party|union|secretariat|foundation|association|authority)|(?:we|the undersigned)) (?:hereby |strongly |firmly |also |further |once again )?(?:condemns?|expresses?|reaffirms?|reiterates?|calls? (?:on|upon)|urges?|welcomes?|announces?|regrets?|rejects?|extends?|confirms?|thanks?|deplores?|stands? ready|remains? committed|declares?|wishes?)\b/gi,
      3,
    ],
    [
      /\bhereby\b|\bfor immediate release\b|\bpress (?:release|contact)\b|\bmedia contact\b|\bcommuniqu[eé]\b|\bissued the following statement\b|\bjoint statement\b|\bcondolences\b|\bthe (?:parties|sides|participants|ministers) (?:agreed|reaffirmed|stressed|welcomed|called)\b|\bis pleased to announce\b|\bnotes to editors\b|\bends\b$/gi,
      3,
    ],
  ],
  report: [
    [
      /\b(?:said|told (?:reporters|journalists|parliament|state|the)|added|announced|according to|reported|confirmed|spokes(?:man|woman|person)|officials?|police|witnesses|on condition of anonymity)\b/gi,
      0.9,
    ],
    [
      /\b(?:on |late |early )(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\byesterday\b|\bovernight\b|\blast (?:week|month|night)\b|\bthis (?:morning|week)\b/gi,
      1.2,
    ],
    [
      /\b(?:killed|injured|wounded|arrested|detained|collapsed|struck|fired|signed|opened|closed|voted|elected|died|rescued|evacuated|seized|charged|sentenced|rose|fell|won|lost)\b/gi,
      0.5,
    ],
  ],
};

/** Enough for a verdict by wording alone. */
const ENOUGH = 1.6;
/** In a long text the same traits stand further apart, and a clear lead means more. */
const ENOUGH_WHEN_LONG = 1;

export function genreOf(clues: GenreClues): FoundGenre | null {
  if (clues.interview) return { genre: "interview", evidence: "questions and answers take turns" };
  const labelled = labelledGenre(clues);
  if (labelled !== null) return labelled;
  if (questionsInTurn(clues.text)) return { genre: "interview", evidence: "questions and answers take turns" };
  return byWording(clues);
}

function labelledGenre(clues: GenreClues): FoundGenre | null {
  const fromTitle = TITLE_LABELS.map((pattern) => pattern.exec(clues.title ?? "")?.[1]);
  const candidates = [...fromTitle, ...clues.labels].filter((label) => label !== undefined).map((label) => label.trim());
  for (const [genre, pattern] of LABELS) {
    const label = candidates.find((each) => pattern.test(each));
    if (label !== undefined) return { genre, evidence: `label "${label}"` };
  }
  if (/\b(?:interview(?:ed)? with|in conversation with)\b/i.test(clues.title ?? ""))
    return { genre: "interview", evidence: "title" };
  return null;
}

function byWording(clues: GenreClues): FoundGenre | null {
  // what people are quoted as saying is their wording, not the text's
  const text = clues.text.slice(0, 20_000).replace(/["“][^"“”\n]{0,600}["”]/g, " ");
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  if (words < 25) return null;
  const per = 100 / Math.max(60, words);
  const advice = text.match(/\b(?:must|should|ought to|needs? to)\b/gi)?.length ?? 0;
  const built = structurePoints(clues.title, text);
  const scores = (Object.keys(WORDING) as (keyof typeof WORDING)[]).map((genre) => {
    const parts = WORDING[genre].map(([pattern, weight]) =>
      Math.min(weight * 4, (text.match(pattern)?.length ?? 0) * per * weight),
    );
    // who keeps saying what is to be done argues, whatever the vocabulary
    const argues = genre === "opinion" && advice >= 3 && advice * per >= 0.8 ? 0.8 : 0;
    return { genre, score: parts.reduce((sum, part) => sum + part, argues + (built.get(genre) ?? 0)) };
  });
  scores.sort((a, b) => b.score - a.score);

  const [best, second] = scores;
  if (best === undefined || second === undefined || best.score < second.score * 1.1) return null;
  if (best.score < (words >= 250 && best.score >= second.score * 1.5 ? ENOUGH_WHEN_LONG : ENOUGH)) return null;
  return { genre: best.genre, evidence: "wording" };
}
