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
])("one sentence: %s", (text) => expect(split(text)).toEqual([text]));

test.each([
  ["The final count was 13. May it rest there.", 2],
  ["Sieben Wanderer fehlten. Retter fanden sie.", 2],
  ["¿Quién paga? El acuerdo costará 20 millones.", 2],
  ["He is 42. Nobody knew.", 2],
  ["Le prix a monté. Les paysans accusent la sécheresse !", 2],
  ["停火已经生效。谈判仍在继续。", 2],
])("several sentences: %s", (text, count) => expect(split(text)).toHaveLength(count));
