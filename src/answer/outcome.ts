// How something that can succeed, fail or hang is said to have gone: talks, a truce, a trial, a mission. Words only.
import { fold } from "../text/words.ts";

export type OutcomeKind = "success" | "failure" | "stuck";

export interface Outcome {
  kind: OutcomeKind;
  /** The word that says so, as written. */
  word: string;
  /** What went so: one word for all of its kind ("talks" for negotiations, dialogue …). */
  topic: string;
  /** The clause says how it might, should or will go. */
  unreal: boolean;
}

const KINDS: readonly (readonly [OutcomeKind, RegExp])[] = [
  [
    "failure",
    /\b(?:collaps\w+|fail(?:s|ed|ure|ing)?|broke(?:n)? (?:down|off|up)|breakdown|unsuccessful(?:ly)?|fell (?:apart|through)|unravel\w*|without (?:a |an |any )?(?:deal|agreement|result|accord)|walk(?:ed)? out)\b/i,
  ],
  [
    "stuck",
    /\b(?:deadlock\w*|stalemate\w*|impasse|stall(?:ed|s|ing)|inconclusive(?:ly)?|elusive|unresolved|gridlock\w*|at a standstill|no (?:breakthrough|progress|agreement)|hang in the balance)\b/i,
  ],
  [
    "success",
    /\b(?:success(?:es|ful|fully)?|succeed(?:s|ed)?|breakthrough|(?:reach|reached|sign|signed|struck|clinched|ended (?:in|with)) (?:a |an |the )?(?:[\p{L}-]+ )?(?:deal|agreement|accord|truce|ceasefire)|is holding|has held|bore fruit|paid off)\b/iu,
  ],
];

const TOPICS: readonly (readonly [string, RegExp])[] = [
  ["talks", /\b(?:peace |truce |trade )?(?:talks|negotiations?|dialogue|summit|mediation|peace process|conference)\b/i],
  ["ceasefire", /\b(?:ceasefire|cease-fire|truce|armistice)\b/i],
  ["trial", /\b(?:clinical )?trials?\b/i],
  ["reform", /\b(?:reforms?|programme|program|scheme|campaign|project|policy|strategy)\b/i],
  ["mission", /\b(?:mission|launch|rescue|operation|offensive|search)\b/i],
];

/** The outcome a sentence reports, or null: an outcome word within reach of what it is about, and not turned round by "not". */
export function outcomeOf(text: string): Outcome | null {
  let best: (Outcome & { distance: number }) | null = null;
  for (const [kind, pattern] of KINDS) {
    const hit = pattern.exec(text);
    if (hit === null) continue;
    for (const [topic, topics] of TOPICS) {
      for (const about of text.matchAll(new RegExp(topics, "gi"))) {
        const [from, to] =
          about.index < hit.index ? [about.index + about[0].length, hit.index] : [hit.index + hit[0].length, about.index];
        const between = text.slice(from, to);
        const distance = between.length;
        if (distance > REACH || /[.;!?](?:\s|$)/.test(between)) continue;
        if (best === null || distance < best.distance) {
          const first = Math.min(hit.index, about.index);
          const unreal = UNREAL.test(clauseAround(text, first, Math.max(to, hit.index + hit[0].length)));
          best = { kind: turned(text, hit.index, kind), word: hit[0], topic, unreal, distance };
        }
      }
    }
  }
  return best === null ? null : { kind: best.kind, word: best.word, topic: best.topic, unreal: best.unreal };
}

const REACH = 110;
const UNREAL =
  /\b(?:should|must|ought|needs? to|can only|can|could|would|will|might|may|if|unless|likely|unlikely|to (?:succeed|fail|collapse)|risks?|expected|hopes?|wants?|warns?|fears?)\b/i;

/** From the mark before to the mark behind; "it comes with relief that talks …" begins at "that". */
function clauseAround(text: string, from: number, to: number): string {
  const before = text.slice(0, from);
  const start = Math.max(...[...before.matchAll(/[,;:—–]\s|\bthat\s/g)].map((match) => match.index + match[0].length), 0);
  const end = /[,;:—]\s/.exec(text.slice(to));
  return text.slice(start, end === null ? text.length : to + end.index);
}

function turned(text: string, at: number, kind: OutcomeKind): OutcomeKind {
  const before = fold(text.slice(Math.max(0, at - 24), at));
  if (!/\b(?:not|never|n't|hardly|no)\s+(?:\w+\s+){0,2}$/.test(before) || /\bnot (?:only|just)\b/.test(before)) return kind;
  return kind === "success" ? "failure" : "success";
}
