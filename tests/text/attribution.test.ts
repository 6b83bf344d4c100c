import { expect, test } from "vitest";
import { attributionsOf, speakerOf } from "../../src/text/attribution.ts";

const CASES: [sentence: string, speaker: string | null, kind: string | null, said: string | null][] = [
  [
    "“The river will not wait,” Northland’s Water Minister, Ana Ruiz, said, referring to the dam.",
    "Ana Ruiz",
    "person",
    "The river will not wait,",
  ],
  [
    "According to the harbour office, the bridge reopened on Monday.",
    "the harbour office",
    "body",
    "the bridge reopened on Monday.",
  ],
  [
    "The bridge reopened on Monday, according to the Kestrel Gazette.",
    "Kestrel Gazette",
    "outlet",
    "The bridge reopened on Monday",
  ],
  ["Ana Ruiz, the water minister, told reporters that the dam was safe.", "Ana Ruiz", "person", "the dam was safe."],
  ["The ministry said the dam was safe.", "the ministry", "body", "the dam was safe."],
  ["The paper reports that the dam leaks.", "the paper", "outlet", "the dam leaks."],
  [
    "The works stopped because money ran out, the article points out.",
    "the article",
    "outlet",
    "The works stopped because money ran out",
  ],
  ["As the Kestrel Times opinion piece notes, the dam leaks badly.", "Kestrel Times", "outlet", "the dam leaks badly."],
  ["“We are not leaving,” said Jon Berg, head of the union, on Tuesday.", "Jon Berg", "person", "We are not leaving,"],
  ["Water Minister Ana Ruiz warned that floods would return.", "Ana Ruiz", "person", "floods would return."],
  ["Analysts note that the town seeks a balance.", "Analysts", "people", "the town seeks a balance."],
  [
    "In 2023, Northland’s foreign ministry called for “greater care” from the town.",
    "Northland’s foreign ministry",
    "body",
    "greater care",
  ],
  ["He said the dam was safe.", "He", "pronoun", "the dam was safe."],
  ["“It holds nine boats,” the lock keeper said.", "the lock keeper", "person", "It holds nine boats,"],
  ["“It holds nine boats,” said an old man at the quay.", "an old man", "person", "It holds nine boats,"],
  ["The weir the lock keeper said was old has gone.", null, null, null],
  ["„Der Damm hält“, sagte Bürgermeisterin Ana Ruiz am Montag.", "Ana Ruiz", "person", "Der Damm hält"],
  ["«La presa aguanta», dijo el ingeniero Ana Ruiz.", "Ana Ruiz", "person", "La presa aguanta"],
  ["„Der Damm hält“, sagte am Montag Ana Ruiz.", "Ana Ruiz", "person", "Der Damm hält"],
  ["“La presa aguanta”, dijo Ana Ruiz en el pleno.", "Ana Ruiz", "person", "La presa aguanta"],
  ["The dam is said to be safe.", null, null, null],
  ["The reports of flooding were false.", null, null, null],
  ["The dam was finished in 1974.", null, null, null],
  ["The port struggled to contend with the flood.", null, null, null],
  ["The harbour company published a note that said little.", null, null, null],
  ["The union re-elected Jon Berg in a state of alarm.", null, null, null],
  ["The mayor's office didn't immediately respond to questions.", null, null, null],
  ["Water Minister Ana Ruiz on Wednesday accused the town of delay.", "Ana Ruiz", "person", "the town of delay."],
  ["Voters in Sen. Ana Ruiz's town said little; Rep. Jon Berg said the dam was safe.", "Jon Berg", "person", "the dam was safe."],
];

test.each(CASES)("%s", (sentence, speaker, kind, said) => {
  const hit = speakerOf(sentence);
  expect(hit?.speaker ?? null).toBe(speaker);
  expect(hit?.kind ?? null).toBe(kind);
  expect(hit === null ? null : sentence.slice(hit.said.start, hit.said.end)).toBe(said);
});

test("a sentence that closes a quotation begun before it is quoted", () =>
  expect(attributionsOf("It holds four boats,” Ana Ruiz told reporters.")).toMatchObject([
    { speaker: "Ana Ruiz", quoted: true },
  ]));

test("a person keeps the role the sentence gives", () => {
  expect(speakerOf("Ana Ruiz, the water minister, told reporters that the dam was safe.")?.role).toBe("the water minister");
  expect(speakerOf("Water Minister Ana Ruiz warned that floods would return.")?.role).toBe("Water Minister");
});

test("spans stay inside the sentence, and long input is read in linear time", () => {
  const long = `${"The ministry said, ".repeat(4000)}and so on.`;
  for (const hit of attributionsOf(long)) expect(hit.clause.end).toBeLessThanOrEqual(long.length);
});

test.each([
  ["Rival Benning Systems reported a profit of 290 million crowns.", "Benning Systems", "body"],
  ["Fellow minister Ana Ruiz said the dam was safe.", "Ana Ruiz", "person"],
  ["Security Sources said the dam was safe.", "Security Sources", "people"],
])("what stands before a name is no part of it, and a group is nobody: %s", (sentence, speaker, kind) =>
  expect(speakerOf(sentence)).toMatchObject({ speaker, kind }),
);
