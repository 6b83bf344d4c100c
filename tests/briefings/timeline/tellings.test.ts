import { expect, test } from "vitest";
import { candidatesOf } from "../../../src/answer/candidates.ts";
import { sameEvent, type Telling, tellingsOf } from "../../../src/briefings/timeline/tellings.ts";
import { article } from "../../support/documents.ts";

function tellings(text: string, id: string): Telling[] {
  const { document } = article(`${id}.md`, text, { published: "2033-06-15" });
  const passage = { id: 1, document, text, start: 0, end: text.length, heading: null, speaker: null, role: null };
  const [candidate] = candidatesOf([{ passage, score: 1, cosine: null, lexical: null }]);
  return candidate === undefined ? [] : tellingsOf(candidate, 1);
}

function telling(text: string, id: string): Telling {
  const [first] = tellings(text, id);
  if (first === undefined) throw new Error(`no time in: ${text}`);
  return first;
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

test("beside a day, the year that holds it is no time of its own", () => {
  const found = tellings("The port closed on 3 June 2033, the third time this year.", "a");
  expect(found.map(({ time }) => time.date)).toEqual(["2033-06-03"]);
});
