// Where sentences end, also in texts that are not English.
import { expect, test } from "vitest";
import { sentenceSpans } from "../../src/text/sentences.ts";

const split = (text: string): string[] => sentenceSpans(text).map(({ start, end }) => text.slice(start, end));

test.each([
  "Der Tunnel ist am 13. Mai 2031 geöffnet worden.",
  "Vom 3. Oktober an fährt kein Schiff.",
  "Sie trafen sich am 2. April im Rathaus.",
  "Er kämpfte im Heer der 2. Armee und kam 1920 zurück.",
  "Zum 50. Geburtstag kamen 300 Gäste.",
  "Mødet fandt sted den 5. januar i Oslo.",
  "Das kostet ca. 20 Mio. Kronen bzw. Nr. 3 der Liste.",
  "La Sra. Ortiz firmó el acuerdo.",
  "Mme. Durand a signé l’accord.",
  "The U.S. Navy and the Royal Navy began a drill in the strait on Tuesday.",
  "The U.N. Security Council will discuss the drill on Friday.",
  "Dr. K. Lund of Orbe Univ. Library found the map.",
  "Norden Inc. Chairman Jo Bell resigned.",
  "The strike began at 5 a.m. Monday and ended at 6 p.m. Tuesday.",
  "Critics of Pres. Obi met him.",
  "The book by J. P. Marsh sold well.",
  "It is No. 10 on the list.",
  "Lt. Col. Ida Brook of the U.S. Marine Corps said that 1,400 sailors take part.",
  "The drill of the U.S. Coast Guard starts at 5 p.m. EST on Nov. 3 near Cape Lund.",
  "Envoys of the U.K. Parliament were not invited by George W. Bell.",
  "Marsh v. Bell was decided by Judge A. B. Lund.",
  "Lund & Co. Chief Executive Al Marsh left.",
  "The Rt. Hon. J. Marsh left, as vol. 2 of his life tells.",
  "Orbis's ID. Polo will cost 25,000 crowns.",
  "NATO – the alliance – met on Monday.",
  "The bank – Brook & Co – failed.",
])("one sentence: %s", (text) => expect(split(text)).toEqual([text]));

test.each([
  ["The final count was 13. May it rest there.", 2],
  ["Sieben Wanderer fehlten. Retter fanden sie.", 2],
  ["¿Quién paga? El acuerdo costará 20 millones.", 2],
  ["He is 42. Nobody knew.", 2],
  ["He moved to the U.S. He works there.", 2],
  ["They came at 7 a.m. He left at 8 p.m. She stayed.", 3],
  ["She works for Norden Inc. The firm is new.", 2],
  ["They sell pens, paper, etc. The shop is old.", 2],
  ["He lives in Halden, N.H. His wife works there.", 2],
  ["Is it dangerous? No. It is not.", 3],
  ["Vitamin C. It helps.", 2],
  ["It sells the ID. Buzz in Orsava. The ID. Buzz has six seats.", 2],
  ["Voters must show an ID. Pensioners get one free.", 2],
  ["The plan was made by the EU. Brussels pays for it.", 2],
  ["Le prix a monté. Les paysans accusent la sécheresse !", 2],
  ["停火已经生效。谈判仍在继续。", 2],
])("several sentences: %s", (text, count) => expect(split(text)).toHaveLength(count));

test.each([
  ["HALDEN, 4 Nov (XNA) — ", "The weir is to be raised."],
  ["HALDEN, Nov. 4, 2025 – ", '"It has to be done," Ida Brook said.'],
  ["Halden (XNA) - ", "The weir is to be raised."],
  ["NEW HALDEN, N.H. — ", "“It has to be done,” Ida Brook said."],
  ["HALDEN/ORBE, Nov 4 (XNA) -- ", "Two weirs are to be raised."],
])("a dateline is no part of the sentence: %s", (dateline, sentence) =>
  expect(split(`${dateline}${sentence} It costs a lot.`)).toEqual([dateline.trim(), sentence, "It costs a lot."]),
);
