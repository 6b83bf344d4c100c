// Words below which a statement is no plain fact: what is feared, wished for, planned, denied … has not been said to be so. Data and look-up.
import { baseOf } from "./words.ts";

/** Why a statement is not told as a fact. */
export type Unreality =
  | "denied"
  | "feared"
  | "wished"
  | "planned"
  | "demanded"
  | "expected"
  | "believed"
  | "claimed"
  | "possible"
  | "conditional"
  | "asked"
  | "ahead";

/** Verbs, nouns and adjectives that take a statement (that …, to …, of …ing), by what they make of it. "call~for" needs its particle. */
const WORDS: Partial<Record<Unreality, string>> = {
  denied:
    "fail refuse decline deny dismiss refute rebut prevent avoid avert forget neglect unable unwilling reluctant false untrue wrong mistaken myth lie " +
    "hoax fabrication invent pretend imagine disprove debunk rule~out exclude refrain abstain bar ban prohibit forbid block discourage dissuade " +
    "reject impossible inability failure refusal denial fake hallucinate doubt doubtful unlikely clear~of acquit~of acquittal~of exonerate~of absolve~of innocent~of close~to verge brink shy~of hesitate",
  feared: "fear worry afraid concern anxious dread scare alarm~that apprehension",
  wished: "hope want wish long~to dream desire aspire eager keen pray ambition aspiration yearn hopeful love~to prefer",
  planned:
    "plan intend intention aim mean~to propose proposal consider consideration mull contemplate weigh debate discuss discussion prepare preparation attempt try bid " +
    "effort seek struggle~to strive agree~to decide~to decision~to promise pledge vow offer threaten threat schedule set~to slate due~to due~for ready~to willing " +
    "arrange vote~to commit volunteer offer project motion~to bill~to scheme explore resolve~to undertake~to commitment intent poise prepared think~about talk~of talk~about target~of strategy~to design~to deal~to agreement~to",
  demanded:
    "demand urge call~for call~on press~for press~to pressure ask~to ask~for ask~that request order~to order~that require recommend recommendation advise encourage " +
    "appeal~for appeal~to plead beg petition instruct invite push~for push~to lobby campaign~for campaign~to insist~on need~to supposed obligation obliged right~to summon tell~to " +
    "reminder~to permission~to allow~to permit~to authorise authorize entitle oblige expected~of mandate~to condition~that implore challenge~to warn~to tip favourite~to favorite~to",
  expected:
    "expect predict prediction forecast anticipate likely foresee bet await prospect expectation anticipation reckon likelihood tip",
  believed:
    "believe think suspect assume guess suppose presume speculate speculation theory suspicion suggest suggestion seem appear~to appear~that belief assumption impression consider~that consider~to hypothesis notion idea perceive deem feel~that surmise infer convinced",
  claimed:
    "claim allege allegation accuse accusation rumour rumor boast purport charge~with charge~of say~to report~to repute insinuate blame~for insist story~noun report~noun tale gossip whisper purported reputedly trial~for",
  possible: "possible possibility chance risk potential danger opportunity capable could",
  asked: "wonder unclear question uncertain ask~if ask~whether unknown query unsure undecided",
};

const ENTRIES = new Map<string, { kind: Unreality; particles: string[] }[]>();
for (const [kind, words] of Object.entries(WORDS) as [Unreality, string][]) {
  for (const entry of words.split(" ")) {
    const [word = "", particle] = entry.split("~");
    const known = ENTRIES.get(baseOf(word)) ?? [];
    const same = known.find((other) => other.kind === kind);
    if (same === undefined) known.push({ kind, particles: particle === undefined ? [] : [particle] });
    else if (particle !== undefined) same.particles.push(particle);
    ENTRIES.set(baseOf(word), known);
  }
}

/** What the word, given by its base, makes of the statement that `next` (to, that, of, for …) joins to it; null for an ordinary word. */
export function unrealityOf(base: string, next: string): Unreality | null {
  const entries = ENTRIES.get(base) ?? [];
  const joined = entries.find(({ particles }) => particles.includes(next));
  return (joined ?? entries.find(({ particles }) => particles.length === 0))?.kind ?? null;
}

const bases = (words: string): ReadonlySet<string> => new Set(words.split(" ").map((word) => baseOf(word)));

/** Verbs whose direct object, a noun for a deed, need not have come about: "demanded his resignation". */
export const SEEKING = bases(
  "demand seek want propose plan fear deny exclude expect predict forecast consider contemplate discuss debate oppose prevent avoid avert threaten promise " +
    "pledge offer urge request await dismiss anticipate suggest recommend mull weigh reject block need risk require attempt explore",
);

/** Verbs and adjectives that only bring about or begin what follows "to". Denied, they deny it. */
export const BRINGING_ABOUT = bases(
  "manage begin start continue help come get force make able cause lead happen prove succeed dare serve succeed remember",
);

/** Verbs that take what they tell for granted, even when denied: "did not know that". */
export const TAKING_FOR_GRANTED = bases(
  "know realise realize regret notice aware mind forget surprise care matter learn accept understand",
);

/** Verbs of hindering: what follows "from" is hindered, what follows "to" is an aim ("blocked the road to protest"). */
export const NEVER_WITH_TO = bases(
  "prevent avoid ban bar prohibit block exclude reject dismiss deny discourage dissuade refrain abstain stop keep",
);

/** Nouns of proof: "no evidence that" denies. */
export const PROOF = bases(
  "evidence proof sign indication confirmation suggestion reason basis trace hint guarantee certainty question",
);

/** What is said of a report or claim that is not so. */
export const REFUTING = bases(
  "false wrong untrue incorrect inaccurate baseless unfounded groundless mistaken fake fabricate lie hoax myth refute deny dismiss reject debunk disprove dispute",
);

/** Adverbs that make a statement less than a fact. */
export const DOUBTING: ReadonlyMap<string, Unreality> = new Map<string, Unreality>([
  ...["nearly", "almost", "falsely", "wrongly", "mistakenly"].map((word): [string, Unreality] => [word, "denied"]),
  ...["allegedly", "reportedly", "supposedly", "purportedly", "reputedly"].map((word): [string, Unreality] => [word, "claimed"]),
  ...["possibly", "perhaps", "maybe", "potentially", "hypothetically"].map((word): [string, Unreality] => [word, "possible"]),
  ...["probably", "presumably", "apparently", "seemingly"].map((word): [string, Unreality] => [word, "believed"]),
]);

export const MODALS: ReadonlyMap<string, Unreality> = new Map<string, Unreality>([
  ...["may", "might", "could", "can", "cannot", "can't", "couldn't"].map((word): [string, Unreality] => [word, "possible"]),
  ...["should", "must", "ought", "shouldn't", "mustn't"].map((word): [string, Unreality] => [word, "demanded"]),
  ...["will", "shall", "would", "won't", "wouldn't", "'ll"].map((word): [string, Unreality] => [word, "ahead"]),
]);

/** Words that open a clause which is no statement. */
export const OPENING: ReadonlyMap<string, Unreality> = new Map<string, Unreality>([
  ["if", "conditional"],
  ["unless", "conditional"],
  ["lest", "feared"],
  ["provided", "conditional"],
  ["assuming", "conditional"],
  ["supposing", "conditional"],
  ["whenever", "conditional"],
  ["whether", "asked"],
]);

/** In words, after "the source only says that it …". */
export const IN_WORDS: Record<Unreality, string> = {
  denied: "is not so",
  feared: "was feared",
  wished: "was wished for",
  planned: "was planned, tried or promised",
  demanded: "was asked for or allowed",
  expected: "was expected",
  believed: "was believed",
  claimed: "was claimed",
  possible: "may be so",
  conditional: "is so on a condition",
  asked: "is an open question",
  ahead: "will or would be so",
};
