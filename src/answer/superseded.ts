// What leads an answer where a later text brings its matter up to date or corrects it: of a present state the newest statement, of a time that
// is named the one of that time. The other is told only beside it, as the earlier or the later one.
import type { Inquiry, Source } from "../domain.ts";
import type { Candidate } from "./candidates.ts";
import { type Dispute, isUpdate, supersedingOf } from "./disagreements.ts";

const PRESENT = /\b(?:is|are|am|does|do|has|have|can|now|current(?:ly)?|latest|newest|today|still)\b|['’]s\b/i;
const PAST = /\b(?:was|were|did|had|ago|last|earlier|previous(?:ly)?|before|first|known|reported|said|told)\b/i;

/** Without what merely changed in the course of months, where the question asks neither for now nor for one of the two times. */
export function ofInterest(inquiry: Inquiry, disputes: readonly Dispute[]): Dispute[] {
  return disputes.filter((dispute) => {
    const pair = supersedingOf(dispute);
    return pair === null || !isUpdate(dispute) || isOf(inquiry, pair.later) || isOf(inquiry, pair.earlier);
  });
}

/** The statement that is to lead, and what is told with it; null where no other one is out of date or of another time than asked for. */
export function leadingOf(
  inquiry: Inquiry,
  chosen: readonly Candidate[],
  disputes: readonly Dispute[],
): { lead: Candidate; chosen: Candidate[] } | null {
  const [first] = chosen;
  if (first === undefined) return null;
  for (const dispute of disputes) {
    const pair = supersedingOf(dispute);
    if (pair === null || !Object.values(pair).some((side) => overlaps(side, first))) continue;
    const { earlier, later } = pair;
    const lead = isOf(inquiry, later) ? later : isOf(inquiry, earlier) ? earlier : null;
    if (lead === null) continue;
    // what stands around the other statement is of its day as well
    const other = (lead === later ? earlier : later).passage.document.id;
    const others = chosen.filter((one) => one.passage.document.id !== other && !overlaps(one, lead));
    return { lead, chosen: [lead, ...others] };
  }
  return null;
}

/** "What is the fare?" is of now, "what was it in May?" of May. */
function isOf({ text, period }: Inquiry, { passage }: Candidate): boolean {
  const { published } = passage.document;
  if (period === null) return PRESENT.test(text) && !PAST.test(text);
  const { since, until } = period;
  return (
    published !== null && (since === null || published >= since) && (until === null || published.slice(0, until.length) <= until)
  );
}

/** Whether a citation rests on the sentence. */
export function isCited(candidate: Candidate, sources: readonly Source[]): boolean {
  return sources.some(
    ({ document, start, end }) => document.id === candidate.passage.document.id && start < candidate.end && candidate.start < end,
  );
}

function overlaps(a: Candidate, b: Candidate): boolean {
  return a.passage.document.id === b.passage.document.id && a.start < b.end && b.start < a.end;
}
