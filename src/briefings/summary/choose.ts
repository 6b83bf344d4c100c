// Which sentences make a summary, and in what order: every voice that has something to say is heard, nothing twice; reports first, then what
// people argue. What is chosen is whole sentences; none is shortened.
import type { Candidate } from "../../answer/candidates.ts";
import { givesOtherFigures } from "../../answer/figures.ts";
import { standsAlone, voiceOf } from "../../answer/frame.ts";
import type { Scored } from "../../answer/relevance.ts";
import { sayTheSame } from "../../answer/select.ts";
import type { SummaryLength } from "../../results.ts";
import { attributionsOf } from "../../text/attribution.ts";

export const LENGTHS: Record<SummaryLength, { sentences: number; words: number }> = {
  short: { sentences: 4, words: 130 },
  medium: { sentences: 8, words: 270 },
  long: { sentences: 16, words: 560 },
};
/** A further sentence must reach this share of the best one's score. */
const WORTH = 0.4;
/** Each sentence of a voice makes its next one worth less. */
const SAME_VOICE = 0.82;

export interface Chosen {
  candidate: Candidate;
  score: number;
  /** The same told by other documents, one place each. */
  alike: Candidate[];
}

/** `newest`: a sentence that is in whatever it scores, the latest that was told of the topic. */
export function chooseSentences(ranked: readonly Scored[], length: SummaryLength, newest: Candidate | null): Chosen[] {
  const { sentences, words: most } = LENGTHS[length];
  const best = Math.max(...ranked.map(({ score }) => score), 0);
  const chosen: Chosen[] = [];
  const heard = new Map<string, number>();
  const pool = ranked.filter(
    ({ candidate, score }) => candidate.leans === null && (score >= WORTH * best || candidate === newest),
  );
  let words = 0;
  while (chosen.length < sentences && pool.length > 0) {
    const worth = ({ candidate, score }: Scored): number =>
      candidate === newest ? Infinity : score * SAME_VOICE ** (heard.get(voiceOf(candidate.passage)) ?? 0);
    let at = 0;
    pool.forEach((entry, index) => {
      const top = pool[at];
      if (top !== undefined && worth(entry) > worth(top)) at = index;
    });
    const [next] = pool.splice(at, 1);
    if (next === undefined) break;
    const told = chosen.find((other) => isToldBy(other.candidate, next.candidate));
    if (told !== undefined) {
      addTeller(told, next.candidate);
      continue;
    }
    if (chosen.length > 0 && words + next.candidate.words > most) continue;
    words += next.candidate.words;
    const voice = voiceOf(next.candidate.passage);
    heard.set(voice, (heard.get(voice) ?? 0) + 1);
    chosen.push({ candidate: next.candidate, score: next.score, alike: [] });
  }
  // what did not fit may still tell the same as what did
  for (const { candidate } of ranked) {
    const told = chosen.find((other) => other.candidate !== candidate && isToldBy(other.candidate, candidate));
    if (told !== undefined) addTeller(told, candidate);
  }
  return [...chosen.filter((one) => !isView(one)), ...chosen.filter(isView)];
}

/** Words alike with other numbers are another event, or another account of it; and no view takes the place of a report. */
const isToldBy = (told: Candidate, other: Candidate): boolean =>
  sayTheSame(told, other) &&
  !givesOtherFigures(told.text, other.text) &&
  (standsAlone(told.passage, told.text) || !standsAlone(other.passage, other.text));

function addTeller(told: Chosen, candidate: Candidate): void {
  const tellers = [told.candidate, ...told.alike].map(({ passage }) => passage.document.id);
  if (!tellers.includes(candidate.passage.document.id)) told.alike.push(candidate);
}

/** What somebody holds or says, not what a report tells. */
function isView({ candidate }: Chosen): boolean {
  return !standsAlone(candidate.passage, candidate.text) || attributionsOf(candidate.text).length > 0;
}
