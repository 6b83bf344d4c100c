// Numbers of things in a sentence, and whether another sentence counts the same things otherwise. It does not say who is right, nor that
// they contradict each other: one may count what the other leaves out.
import { baseOf, fold, isStopWord } from "../../text/words.ts";

/** The number as it stands, and the words behind it that may be what is counted. */
interface Figure {
  number: string;
  counted: string[];
}

const FIGURE = /(?<![\p{L}\d.,])(\d[\d.,]*\d|\d)((?:\s+[\p{L}-]{2,}){1,2})/gu;
/** What measures, and counts nothing. */
const UNITS =
  /^(?:per|percent|cents?|degrees?|million|billion|thousand|o'clock|january|february|march|april|may|june|july|august|september|october|november|december)$/;

function figuresOf(text: string): Figure[] {
  return [...text.matchAll(FIGURE)].flatMap(([, number = "", behind = ""]) => {
    const words = fold(behind)
      .trim()
      .split(/\s+/)
      .filter((word) => !isStopWord(word) && !UNITS.test(word));
    return words.length === 0 ? [] : [{ number: number.replace(/[.,](?=\d{3}\b)/g, ""), counted: words.map(baseOf) }];
  });
}

/** Whether `other` gives another number of something that `text` counts, and does not give the same one too. */
export function countsOtherwise(text: string, other: string): boolean {
  const own = figuresOf(text);
  const theirs = figuresOf(other);
  return theirs.some(({ number, counted }) => {
    const same = own.filter((figure) => figure.counted.some((word) => counted.includes(word)));
    return same.length > 0 && same.every((figure) => figure.number !== number);
  });
}
