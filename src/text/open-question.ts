// The many ways to ask for all that is known of a matter ("tell me about …", "what do the documents say about …"), put in one: their other
// words are the asker's, and no document repeats them. English; pure.

const TEXTS = String.raw`(?:(?:the|your|these|those|any|our) )?(?:sources?|documents?|articles?|texts?|notes?|papers?|reports?|corpus|news|media|outlets?|publishers?)`;
const ABOUT = String.raw`(?:about|on|of|regarding|concerning)`;
const OPEN = new RegExp(
  String.raw`^(?:(?:so|and|but|then|please|now)[\s,]+)*(?:` +
    [
      String.raw`(?:(?:can|could|would) you )?(?:please )?(?:tell|give|show) (?:me|us) (?:something|anything|everything|all|more|what you (?:know|have)|what there is|(?:some |more )?(?:information|info|details|facts))?\s*${ABOUT}`,
      String.raw`what (?:do|does|did|have|has) ${TEXTS} (?:say|said|tell(?: us| me)?|told|report(?:ed)?|writ(?:e|ten)|know|mention(?:ed)?|have) ${ABOUT}`,
      String.raw`what (?:can you (?:tell me|say)|do you (?:know|have)|have you read|did you read|is there|is (?:being )?(?:said|reported|written|told)|was (?:said|reported|written|told)|has been (?:said|reported|written)) ${ABOUT}`,
      String.raw`(?:is there )?(?:anything|something|information|info|details|facts|news) ${ABOUT}`,
      String.raw`(?:what|how) about`,
    ].join("|") +
    String.raw`)\s+(?<matter>[^?]{2,120}?)\s*[?.!]*$`,
  "iu",
);

/** The question put plainly; any other as it is. */
export function plainlyAsked(question: string): string {
  const matter = OPEN.exec(question.trim())?.groups?.["matter"];
  return matter === undefined || /^(?:it|that|this|them|him|her|these|those)$/i.test(matter)
    ? question
    : `What is known about ${matter}?`;
}
