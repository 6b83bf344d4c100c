// The small words that a question begins with, put right where they were mistyped. They are too short to be told by their letters alone.

const SLIPS: Readonly<Record<string, string>> = {
  when: "wen whn wehn hwen whem",
  what: "wat waht wht whta hwat",
  where: "wher whre wehre whree",
  why: "whi wyh hwy wy",
  who: "hwo woh whoo",
  how: "howw hw ohw",
  which: "wich whcih whihc wihch whch",
};

/** Behind "wen" stands a verb of a question; "Wen Jiabao" is a name, and stands with a capital as a rule. */
const OPENING =
  /^(?<word>\p{Ll}{2,5})(?=\s+(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|much|many|long|old|[\p{Ll}]{3,}\s)\b)/u;

/** The question with its first word put right; equal to the question as a rule. */
export function withQuestionWord(question: string): string {
  const word = OPENING.exec(question)?.groups?.["word"];
  if (word === undefined) return question;
  const meant = Object.keys(SLIPS).find((each) => SLIPS[each]?.split(" ").includes(word));
  return meant === undefined ? question : meant + question.slice(word.length);
}
