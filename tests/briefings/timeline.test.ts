import { expect, test } from "vitest";
import { candidatesOf } from "../../src/answer/candidates.ts";
import { sameEvent, type Telling, tellingOf } from "../../src/briefings/timeline.ts";
import { article } from "../support/documents.ts";

function telling(text: string, id: string): Telling {
  const { document } = article(`${id}.md`, text, { published: "2033-06-15" });
  const passage = { id: 1, document, text, start: 0, end: text.length, heading: null, speaker: null, role: null };
  const [candidate] = candidatesOf([{ passage, score: 1, cosine: null, lexical: null }]);
  const found = candidate === undefined ? null : tellingOf(candidate, 1);
  if (found === null) throw new Error(`no time in: ${text}`);
  return found;
}

// a middling nearness, as of two sentences on one topic
const same = (a: string, b: string): boolean => sameEvent(telling(a, "a"), telling(b, "b"), 0.6);

test.each([
  [
    "Since the army's coup in Sarn in May 2029, exports have fallen.",
    "Melde regained its foothold after the 2029 Sarn coup, where it had built ports.",
  ],
  ["On 4 May 2029 the army of Sarn took power.", "The army took power in Sarn on 4 May 2029, and closed the radio."],
])("one event: %s / %s", (a, b) => expect(same(a, b)).toBe(true));

test.each([
  ["In 2029 Melde built two ports in Sarn.", "In 2029 Melde closed its embassy in Sarn."],
  ["After the 2029 Sarn coup, Melde had put 3 billion marks into railways.", "Melde put 4 million marks into schools in 2029."],
  ["Sarn held an election in June 2030.", "Sarn signed the Mell accord in June 2030."],
  ["In 2029 Melde built a port.", "In 2031 Melde built a port."],
])("two events: %s / %s", (a, b) => expect(same(a, b)).toBe(false));

test.each([
  [
    "The bank of Sarn raised its rate to 4 percent on 3 June 2033.",
    "On 3 June 2033 the bank of Sarn raised its rate to 5 percent.",
  ],
  ["The mill laid off 80 workers in Orsk on Tuesday.", "On Tuesday the mill in Orsk said that it laid off 60 workers."],
  [
    "The bank of Sarn raised its rate to 4 percent on 3 May 2033.",
    "The bank raised its rate to 5 percent on 3 June 2033, the third rise this year.",
  ],
])("other numbers are another event, or another account: %s / %s", (a, b) => expect(same(a, b)).toBe(false));

test.each([
  ["The port closed on 3 June 2033, the third time this year.", "2033-06-03", false],
  ["Prices in May 2033 were 5 percent higher, after 6 percent in April 2033.", "2033-05", false],
  ["Orla Venn will leave on 1 July 2033, the firm's owner said on Thursday.", "2033-07-01", false],
  ["After the flood of 2031, the town built a wall in 2032.", "2032", false],
  ["The strike ended on 3 May 2033, which nobody had expected in April 2033.", "2033-05-03", false],
  ["Orla is followed by a man who has led the works since 2028.", "2028", true],
])("the time that the sentence is about, or which only stands aside: %s", (text, date, aside) =>
  expect(telling(text, "a")).toMatchObject({ time: { date }, aside }),
);
