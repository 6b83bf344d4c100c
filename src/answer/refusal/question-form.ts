// What a question asks for, as far as its words show: the kind of answer, and the words that only ask. It answers nothing.
import { type AskedFor, askedFor } from "../asked-for.ts";

export type AnswerKind = AskedFor | "yes/no" | "definition" | "list";

const YES_NO =
  /^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|isn't|aren't|wasn't|didn't|doesn't|hasn't)\b/i;
const DEFINITION =
  /^\W*(?:what|who) (?:is|are|was|were) (?:an? |the )?[^?]{2,40}\?*\W*$|\bwhat (?:does|did) .{2,40} (?:mean|stand for)\b|\bdefin(?:e|ition)\b/i;
/** "Who is Ana Ruiz?": any sentence about her may tell. */
const WHO_IS = /^\W*[Ww]ho (?:is|are|was|were) (?:\p{Lu}[\p{L}.'’-]*\s?){1,4}\?*\W*$/u;
const LIST =
  /\b(?:which|what) (?:\w+ ){0,2}?(?:countries|groups|companies|people|parties|cities|factors|reasons|measures|steps|places|areas|names|things|types|kinds|leaders)\b|\blist\b|\bname (?:the|two|three|all)\b/i;

/** The kind of answer that would satisfy the question. */
export function answerKind(question: string): AnswerKind {
  if (YES_NO.test(question)) return "yes/no";
  if (WHO_IS.test(question)) return "definition";
  const kind = askedFor(question);
  if (kind !== "other") return kind;
  if (LIST.test(question)) return "list";
  return DEFINITION.test(question) ? "definition" : "other";
}

/** Words of a question that ask and do not describe what is asked about. */
const ASKING = new Set(
  (
    "who whom whose what which when where why how many much long often old far name named called tell give list describe explain kind type sort number amount " +
    "percentage share reason year date day month time place city country person people someone does did do happen happened happens use used many mean say said says"
  ).split(" "),
);

export function isAskingWord(folded: string): boolean {
  return ASKING.has(folded);
}
