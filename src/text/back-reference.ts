// Questions about the answer that was just given: who said it, when it was, whether it is true, why, what more there is. Words only; English.

export type BackReference = "speaker" | "time" | "said" | "truth" | "reason" | "more";

const THAT = String.raw`(?:that|this|it|so|these things|those things|all (?:that|this))`;
const FORMS: readonly (readonly [BackReference, RegExp])[] = [
  [
    "speaker",
    new RegExp(
      String.raw`^(?:who (?:says?|said|claims?|claimed|reports?|reported|told|tells|wrote|writes|states?|stated|argues?|argued|thinks?|believes?) ${THAT}|says who|who(?: is|'s) (?:the|your) source(?: (?:of|for) ${THAT})?|who(?: is|'s) (?:saying|claiming|reporting|telling) ${THAT}|whose (?:words|view|opinion|claim|statement)s? (?:is|are|was|were) (?:that|this|these|those|it)|according to (?:whom|who|what)|(?:where|in which (?:document|article|text)) (?:did|do) you (?:get|find|read) ${THAT}(?: from)?|where (?:is|does) ${THAT} (?:from|stand|come from|written|said)|where does (?:it|that document|the text) say ${THAT}|how do you know(?: ${THAT})?|(?:what(?: is|'s)|what are|which is|which are) (?:the|your) sources?(?: (?:of|for) ${THAT})?|(?:the )?sources?(?: (?:of|for) ${THAT})?(?: please)?|citation needed|who was ${THAT})$`,
      "i",
    ),
  ],
  [
    "time",
    new RegExp(
      String.raw`^(?:(?:(?:on|in) (?:what|which) (?:day|date|month|year)|when|what (?:day|date|year|month))(?: exactly)?(?: (?:was|were|is|did) (?:${THAT}|they)(?: (?:happen|take place|occur|be))?)?(?: exactly| again)?|how long ago (?:was|is) ${THAT})$`,
      "i",
    ),
  ],
  [
    "said",
    new RegExp(
      String.raw`^(?:(?:on|in) (?:what|which) (?:day|date|month|year)|when|what (?:day|date|year)) (?:(?:did|has) (?!${THAT} )(?:(?:he|she|they)|[\p{L}.'-]+(?: [\p{L}.'-]+){0,3}) (?:say|said|claim|argue|state|write|written|tell|announce|report|publish) (?:${THAT}|so)|(?:was|were) (?:${THAT}|those|these|they) (?:said|written|claimed|stated|reported|announced))$`,
      "iu",
    ),
  ],
  [
    "truth",
    new RegExp(
      String.raw`^(?:(?:is|was|are|were) (?:${THAT}|they|those|these) (?:really |actually |all |even )?(?:true|so|right|correct|certain|sure|confirmed|verified|a fact|facts?|the case|reliable|accurate|proven|disputed|contested)|really|seriously|for real|are you (?:really |quite |absolutely )?(?:sure|certain)(?: (?:about|of) ${THAT})?|is ${THAT} (?:an? )?(?:opinion|fact)(?: or (?:an? )?(?:opinion|fact))?|(?:does|do) (?:anyone|anybody|everyone|others?|other sources|all sources|all) (?:else )?(?:agree|say so|disagree|say ${THAT}|confirm ${THAT})|who (?:else )?(?:says so|agrees|disagrees)|can ${THAT} be (?:true|right|verified)|do you (?:believe|agree with) ${THAT})$`,
      "i",
    ),
  ],
  [
    "reason",
    new RegExp(
      String.raw`^(?:why|how come|how so|for what reason|what for)(?: (?:is|was|are|were|did|does|do|would) (?:${THAT}|they)(?: (?:so|happen|the case|occur))?)?(?: exactly)?$`,
      "i",
    ),
  ],
  [
    "more",
    new RegExp(
      String.raw`^(?:(?:please )?(?:(?:can|could) you )?(?:tell|give|show) me (?:some |a (?:bit|little) )?more(?: details?| information| please)?(?: (?:about|on|of) ${THAT})?|more(?: please| details?| information| info)?(?: (?:about|on|of) ${THAT})?|(?:please )?(?:go on|continue|carry on|keep going|elaborate|expand)(?: (?:on|with) ${THAT})?|(?:(?:is there )?any(?:thing)?|something|what|and what) (?:more|else|further)(?: (?:about|on) ${THAT}| is there(?: to (?:say|know|tell))?| do you know| can you tell me| is known| was said)?|what else (?:do (?:they|the (?:sources|documents)) say|happened)|(?:further |more )?details|in more detail|and then|and further)$`,
      "i",
    ),
  ],
];

/** What the question asks about the last answer; null where it asks for something of its own. */
export function backReference(question: string): BackReference | null {
  const asked = question
    .replace(/[’ʼ]/g, "'")
    .replace(/^(?:(?:and|but|so|ok(?:ay)?|then|well|hm+|wait)[\s,]+)+(?=\S)/i, "")
    .replace(/[,?.!…\s]+$/u, "")
    .replace(/\s+/g, " ")
    .trim();
  // "and then?" loses its head above
  const whole = question.replace(/[,?.!…\s]+$/u, "").trim();
  return FORMS.find(([, form]) => form.test(asked) || form.test(whole))?.[0] ?? null;
}
