// What becomes of a question: talk, questions about documents, follow-ups, events. Over a real index of made-up notes.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DraftAnswer } from "../../src/answer/answerer.ts";
import { openConversation, type Conversation } from "../support/conversation.ts";
import { article } from "../support/documents.ts";

const TUNNEL = `The harbour tunnel of Northport opened to traffic on 13 May 2031, two years later than planned. The tunnel cost 412 million crowns. Mayor Olof Brandt said that the delay was caused by flooding in the eastern shaft. The harbour tunnel carries 9,000 cars a day between Northport and Sandvik. Ferries across the harbour will run beside the tunnel until the autumn.`;
const STRIKE = `Dockers in Northport ended their strike on 1 June 2031 after eleven days. The dockers struck because the port authority had cut their night pay. The union won a pay rise of 4.5 per cent. In August 2030 the same union had called off a strike at the last minute.`;
const COMMENT = `The dockers of Northport were right to strike. The port authority has treated its night workers badly for ten years. It should pay them what it owes.`;
const TALKS = `Delegates of Orsava and Belmark met in Halden in October 2031 and agreed on a common tariff. Casimir Holt, who led the delegation of Orsava, said the accord was a fair one. The accord was signed on 9 October 2031 in the old town hall.`;
const ABDUCTION = `Seven hikers went missing on Mount Skel last Tuesday. Rescuers found them alive on Thursday.`;

let conversation: Conversation;
beforeAll(async () => {
  conversation = await openConversation([
    article("tunnel.md", TUNNEL, {
      title: "Harbour tunnel opens late",
      publisher: "Northport Courier",
      author: "Ines Falk",
      published: "2031-05-14",
      genre: "report",
    }),
    article("strike.md", STRIKE, {
      title: "Dockers end their strike",
      publisher: "Baltic Wire",
      author: "Jonas Meer",
      published: "2031-06-02",
      genre: "report",
      url: "https://wire.example/strike",
    }),
    article("comment.md", COMMENT, {
      title: "They were right",
      publisher: "Northport Courier",
      author: "Tove Askeland",
      published: "2031-06-04",
      genre: "opinion",
    }),
    article("talks.md", TALKS, {
      title: "Orsava and Belmark agree in Halden",
      publisher: "Baltic Wire",
      published: "2031-10-10",
      genre: "report",
    }),
    article("skel.md", ABDUCTION, { title: "Hikers found", published: "2031-09-19", genre: "report" }),
    article("scrap.md", "A note without a title, a date or a name, about the lighthouse of Grundvik and its keeper."),
  ]);
});
afterAll(() => conversation.close());

const texts = ({ sentences }: DraftAnswer): string => sentences.map(({ text }) => text).join(" ");
const ask = (...questions: string[]): Promise<DraftAnswer> => conversation.ask(...questions);

describe("talk", () => {
  test.each([
    ["hi", "greeting"],
    ["Good morning!", "greeting"],
    ["hey bot", "greeting"],
    ["Thanks a lot!", "thanks"],
    ["ok, thank you for the help", "thanks"],
    ["bye", "farewell"],
    ["how are you?", "greeting"],
    ["Who are you?", "help"],
    ["are you a robot or a human", "help"],
    ["hello, who are you?", "help"],
    ["what can you do?", "help"],
    ["help", "help"],
    ["What do you know about?", "corpus"],
    ["what sources do you have?", "corpus"],
    ["which topics do you cover", "corpus"],
    ["how current are you?", "corpus"],
    ["what is your knowledge cutoff?", "corpus"],
    ["can I trust you?", "help"],
    ["Do you speak German?", "help"],
    ["cool", "thanks"],
    ["thanks, that's helpful", "thanks"],
    ["haha nice one", "thanks"],
  ])("%s", async (line, kind) => {
    const answer = await ask(line);
    expect(answer).toMatchObject({ status: "not_covered", sentences: [], sources: [], nearest: [], reply: { kind } });
    expect(answer.reply?.text).toMatch(/\p{L}/u);
  });

  test.each([
    "hi, how much did the harbour tunnel cost?",
    "Thanks! And how much did the harbour tunnel cost?",
    "what do you know about the harbour tunnel?",
    "please tell me what the harbour tunnel cost",
    "Who are the dockers?",
    "Help for the dockers of Northport",
  ])("is not talk: %s", async (line) => expect((await ask(line)).reply).toBeUndefined());

  test("what was read is counted, with what is not known of it", async () => {
    const { reply } = await ask("what do you know?");
    expect(reply?.text).toContain("6 documents: 5 dated from 14 May 2031 to 10 Oct 2031, 1 undated");
    expect(reply?.text).toContain("Northport Courier (2)");
    expect(reply?.text).toContain("2 without a publisher");
    expect((await ask("how up to date are you?")).reply?.text).toContain(
      "“Orsava and Belmark agree in Halden” by Baltic Wire is of 10 Oct 2031",
    );
  });

  test("the questions that are offered are answered", async () => {
    const questions = (await ask("hello")).reply?.questions ?? [];
    expect(questions).toHaveLength(3);
    for (const question of questions) expect([question, (await ask(question)).status]).toEqual([question, "answered"]);
  });
});

describe("open questions", () => {
  test.each([
    "Tell me about Belmark",
    "what do the documents say about Belmark?",
    "What does the corpus know about Belmark?",
    "what about Belmark",
    "Can you tell me something about Belmark?",
    "is there anything about Belmark?",
    "what has been reported on Belmark?",
    "give me information on Belmark please",
    "What do your sources report about Belmark?",
    "news about Belmark",
  ])("%s", async (question) => expect(texts(await ask(question))).toContain("Belmark"));

  test("what no document knows is refused all the same", async () =>
    expect((await ask("Tell me about Mongolia")).status).toBe("not_covered"));
});

describe("questions about documents", () => {
  test.each([
    ["Who wrote “Harbour tunnel opens late”?", "“Harbour tunnel opens late” was written by Ines Falk."],
    ["who wrote the article about the strike", "“Dockers end their strike” was written by Jonas Meer."],
    ["Who is the author of the Baltic Wire report on the strike?", "“Dockers end their strike” was written by Jonas Meer."],
    ["When was the piece by Tove Askeland published?", "“They were right” was published on 4 Jun 2031 by Northport Courier."],
    ["when did the Courier publish about the tunnel", null],
    [
      "When did the Northport Courier write about the tunnel?",
      "“Harbour tunnel opens late” by Ines Falk was published by Northport Courier on 14 May 2031.",
    ],
    ["Who published the article on the hikers?", "“Hikers found” names no publisher."],
    ["Is Askeland's piece an opinion?", "“They were right” is filed as opinion."],
    ["Who wrote the Halden article?", "“Orsava and Belmark agree in Halden” names no author."],
    ["where can I read the article about the strike?", "“Dockers end their strike” was read at https://wire.example/strike."],
    ["When was the text about the lighthouse published?", "The untitled text scrap.md is undated."],
    ["what is the oldest article?", "“Harbour tunnel opens late” was published on 14 May 2031 by Northport Courier."],
    [
      "What did Baltic Wire publish?",
      "“Orsava and Belmark agree in Halden” was published by Baltic Wire on 10 Oct 2031. “Dockers end their strike” by Jonas Meer was published by Baltic Wire on 2 Jun 2031.",
    ],
    ["How many articles mention the dockers?", "2 of 6 documents hold the word “dockers”."],
    ["how many articles did Baltic Wire publish?", "2 of 6 documents are by Baltic Wire."],
    [
      "Which articles were published in June 2031?",
      "“They were right” by Tove Askeland was published by Northport Courier on 4 Jun 2031. “Dockers end their strike” by Jonas Meer was published by Baltic Wire on 2 Jun 2031.",
    ],
    ["how many articles are from 4 June 2031?", "1 of 6 documents is dated 4 Jun 2031."],
    ["How many articles were published in June 2031?", "2 of 6 documents are dated from 1 Jun 2031 to 30 Jun 2031."],
    [
      "which articles are from 4 June 2031?",
      "“They were right” by Tove Askeland was published by Northport Courier on 4 Jun 2031.",
    ],
    ["Which articles are opinions?", "“They were right” by Tove Askeland was published by Northport Courier on 4 Jun 2031."],
    ["how many articles are reports?", "4 of 6 documents are filed as report."],
    [
      "Which publishers wrote about the dockers?",
      "Northport Courier wrote of “dockers”: “They were right” (4 Jun 2031). Baltic Wire wrote of “dockers”: “Dockers end their strike” (2 Jun 2031).",
    ],
    [
      "Who wrote about the dockers?",
      "Tove Askeland wrote of “dockers”: “They were right” (4 Jun 2031). Jonas Meer wrote of “dockers”: “Dockers end their strike” (2 Jun 2031).",
    ],
  ])("%s", async (question, expected) => {
    const answer = await ask(question);
    if (expected === null) return expect(answer.reply).toBeUndefined();
    expect(texts(answer)).toBe(expected);
    expect(answer.status).toBe("answered");
    for (const { citations, check } of answer.sentences) {
      expect(check).toEqual({ supported: true, score: 1, method: "metadata" });
      expect(citations.length).toBeGreaterThan(0);
      for (const n of citations) expect(answer.sources[n - 1]?.n).toBe(n);
    }
  });

  test.each([
    ["how many articles are from 5 June 1999?", "Of 6 documents none is dated 5 Jun 1999."],
    ["Which articles are interviews?", "Of 6 documents none is filed as interview."],
  ])("%s", async (question, text) => expect((await ask(question)).reply).toMatchObject({ kind: "note", text }));

  test("everything is summed up from more than one document", async () =>
    expect((await ask("summarize everything")).sources.length).toBeGreaterThan(2));

  test("a document that is not there is not invented", async () => {
    expect(texts(await ask("Who wrote the article about the volcano?"))).toBe("");
    expect(texts(await ask("How many articles mention the volcano?"))).toBe("");
  });

  test("what somebody reports is a summary of what they published", async () => {
    const answer = await ask("What does Baltic Wire report?");
    expect(new Set(answer.sources.map(({ document }) => document.publisher))).toEqual(new Set(["Baltic Wire"]));
    expect(texts(await ask("What is the article about the hikers about?"))).toContain("Mount Skel");
  });
});

describe("follow-ups", () => {
  test("a lone emoji asks nothing of the question before", async () => {
    await expect(ask("How much did the harbour tunnel cost?", "😀")).rejects.toThrow("holds no words");
  });

  const COST = "How much did the harbour tunnel cost?";
  test.each(["who wrote it?", "and who wrote that?", "who is the author of this article"])("%s", async (question) =>
    expect(texts(await ask(COST, question))).toContain("“Harbour tunnel opens late” was written by Ines Falk."),
  );

  test.each([
    ["who is the author?", "“Harbour tunnel opens late” was written by Ines Falk."],
    ["the publication date?", "“Harbour tunnel opens late” was published on 14 May 2031 by Northport Courier."],
    ["what else did she write?", "“Harbour tunnel opens late” by Ines Falk was published by Northport Courier on 14 May 2031."],
  ])("%s", async (question, expected) =>
    expect(texts(await ask("What does Ines Falk say of the mayor?", "who wrote it?", question))).toBe(expected),
  );

  test("a pronoun goes to the person whom the first sentence names", async () => {
    const answer = await ask("Who led the delegation of Orsava?", "how old is he?");
    expect(answer.warnings.join()).toContain("how old is Casimir Holt?");
  });

  test.each(["who said that?", "says who?", "what is your source?", "how do you know that", "according to whom?"])(
    "%s",
    async (question) =>
      expect(texts(await ask(COST, question))).toContain(
        "Ines Falk says this in “Harbour tunnel opens late” (Northport Courier, report, 14 May 2031).",
      ),
  );

  test("when was that: the day that was told, and the day of publication", async () => {
    const dated = await ask("Where was the accord of Orsava and Belmark signed?", "and when was that?");
    expect(texts(dated)).toContain("9 October 2031");
    expect(texts(dated)).toContain("was published on 10 Oct 2031 by Baltic Wire.");
    expect(dated.status).toBe("answered");
    const undated = await ask("What does Tove Askeland say about the port authority?", "when was that?");
    expect(undated.warnings.join()).toMatch(/no day|dates/);
    expect(undated.status).toBe("partial");
    expect(texts(undated)).toContain("“They were right” was published on 4 Jun 2031");
  });

  test("is that true: who says so, and no verdict", async () => {
    const answer = await ask(COST, "is that true?");
    expect(texts(answer)).toContain("Ines Falk says this");
    expect(answer.warnings.join()).toContain("What is true I cannot tell");
  });

  test("tell me more: what was not told yet, until nothing is left", async () => {
    const first = await ask("What happened with the harbour tunnel?");
    const told = new Set(first.sentences.map(({ text }) => text));
    const second = await ask("What happened with the harbour tunnel?", "tell me more");
    expect(second.sentences.length + (second.reply === undefined ? 0 : 1)).toBeGreaterThan(0);
    for (const { text } of second.sentences) expect(told.has(text)).toBe(false);
    const last = await ask("What happened with the harbour tunnel?", "more", "go on", "anything else?", "continue");
    expect(last.reply?.text).toContain("nothing further");
  });

  test("why: a sentence that gives a reason, or none", async () => {
    expect(texts(await ask("Did the dockers in Northport strike?", "why?"))).toContain(
      "because the port authority had cut their night pay",
    );
    expect((await ask("How many hikers went missing on Mount Skel?", "why?")).reply?.text).toContain("no reason");
  });

  test.each([
    ["what did he say?", /Casimir Holt/],
    ["and what did Holt call it?", /fair/],
  ])("%s", async (question, expected) =>
    expect(texts(await ask("Who led the delegation of Orsava?", question))).toMatch(expected),
  );

  test("a question that nothing answers is refused, not answered with something else", async () => {
    const answer = await ask("Who led the delegation of Orsava?", "how old is he?");
    expect(answer.warnings.join()).toContain("Read as: how old is Casimir Holt?");
    expect(answer.sentences).toEqual([]);
  });

  test.each([
    "where does he live?",
    "when was that?",
    "why?",
    "who said that?",
    "tell me more",
    "and in 2023?",
    "what did it cost?",
    "is that true?",
    "what is it about?",
  ])("with nothing before it, %s is asked back", async (question) =>
    expect((await ask(question)).reply).toMatchObject({ kind: "note" }),
  );

  test.each([
    ["what about Belmark?", /Belmark/],
    ["and the union?", /union/],
    ["what about Casimir Holt?", /Holt/],
  ])("%s is told of what it names", async (question, expected) => {
    const answer = await ask(COST, question);
    for (const { text } of answer.sentences) expect(text).toMatch(expected);
    expect(answer.sentences.length).toBeGreaterThan(0);
  });

  test("what nothing tells of is refused", async () => expect((await ask(COST, "what about Mongolia?")).sentences).toEqual([]));

  test("the word of one author is not answered with another's", async () => {
    const answer = await ask("What does Tove Askeland say about the dockers?");
    expect(new Set(answer.sources.map(({ document }) => document.author))).toEqual(new Set(["Tove Askeland"]));
    const next = await ask("What does Tove Askeland say about the dockers?", "and what does she say about the port authority?");
    expect(new Set(next.sources.map(({ document }) => document.author))).toEqual(new Set(["Tove Askeland"]));
  });

  test("an earlier answer tells nothing of documents that the caller may not read", async () => {
    const given = await ask(COST);
    conversation.narrow({ hidden: [given.sources[0]?.document.id ?? ""] });
    const history = [
      {
        question: COST,
        answer: texts(given),
        given: { ...given, answer_id: "", timing_ms: { retrieve: 0, answer: 0, check: 0, total: 0 } },
      },
    ];
    for (const question of ["who said that?", "who wrote it?", "when was that?", "is that true?", "tell me more"]) {
      const answer = await conversation.after(history, question);
      expect([question, answer.sources.filter(({ document }) => document.author === "Ines Falk")]).toEqual([question, []]);
      expect(texts(answer)).not.toContain("Falk");
    }
    conversation.narrow({});
  });

  test("thanks in between does not break the thread", async () =>
    expect(texts(await ask(COST, "thanks!", "who wrote it?"))).toContain("Ines Falk"));
});

describe("what happened when", () => {
  test.each([
    ["What happened in August 2030?", "called off a strike"],
    ["what happened on 13 May 2031?", "opened to traffic"],
    ["What happened in October 2031?", "common tariff"],
    ["what took place on 9 October 2031", "signed"],
    ["What were the events of June 2031?", "ended their strike"],
    ["what happened on 16 September 2031?", "went missing"],
    ["What happened in Halden in October 2031?", "common tariff"],
  ])("%s", async (question, expected) => {
    const answer = await ask(question);
    expect(answer.status).toBe("answered");
    expect(texts(answer)).toContain(expected);
  });

  test("a period of which nothing tells is said to be empty", async () => {
    const answer = await ask("What happened in March 2029?");
    expect(answer.sentences).toEqual([]);
    expect(answer.warnings.join()).toContain("in March 2029");
  });
});

describe("slips of the finger", () => {
  test.each([
    ["who lead the delgation of Orsava?", "delegation"],
    ["how many dayss did the strike last", null],
    ["what did the harbor tunel cost?", "tunnel"],
    ["how much is the pay rise of the unoin?", "union"],
    ["was the acord signed in Halden?", "accord"],
    ["where is Northprot", "Northport"],
    ["when do the feries end", "ferries"],
    ["who are the delegatse of belmakr?", "delegates of Belmark"],
    ["what caused the floding in the shaft", "flooding"],
    ["who is the mayro of northport", "mayor"],
    ["how long were the feries dleayed", "ferries"],
  ])("%s", async (question, expected) => {
    const { warnings } = await ask(question);
    if (expected === null) expect(warnings.join()).not.toContain("Read as");
    else expect(warnings.join()).toMatch(new RegExp(`Read as: .*${expected}`, "i"));
  });

  test.each([
    "what did the volcano cost?",
    "who paid for the theatre?",
    "is there a bakery in Northport?",
    "what did the carters win?",
  ])("a word that is only not there stays as it is: %s", async (question) =>
    expect((await ask(question)).warnings.join()).not.toContain("Read as"),
  );
});

describe("other languages", () => {
  test.each([
    ["Was kostete der Hafentunnel?", "German"],
    ["Combien a coûté le tunnel du port ?", "French"],
    ["¿Cuánto costó el túnel del puerto?", "Spanish"],
    ["كم تكلفة النفق؟", "Arabic"],
    ["Сколько стоил туннель?", "Russian"],
    ["Quanto è costato il tunnel?", "Italian"],
    ["Wat is er in Northport gebeurd?", "Dutch"],
  ])("%s", async (question, language) => expect((await ask(question)).warnings.join()).toContain(`seems to be ${language}`));

  test.each([
    "Was Olof Brandt the mayor?",
    "What was in the accord of Orsava?",
    "Is a tunnel in Northport?",
    "How does Ines Falk see it?",
    "Is the war in Lorne over?",
    "Was the die in the museum?",
    "Is the war over in Lorne?",
  ])("is English: %s", async (question) => expect((await ask(question)).warnings.join()).not.toContain("seems to be"));
});
