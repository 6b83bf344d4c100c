// What people do on Discord and what they get, through an unmodified discord.js against the fake Discord.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Reply } from "../../../src/domain.ts";
import type { FollowedAddress } from "../../../src/results.ts";
import { createScene, expectGoodManners, responseTo, wholeText, type Scene } from "../../support/discord-scene.ts";
import type { FakeMessage, Json } from "../../support/fake-discord/world.ts";
import { renderMessage } from "../../support/render-message.ts";
import { scriptedAnswer, scriptedDocument, type ScriptedBriefing } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterEach(() => {
  expectGoodManners(scene.fake);
});
afterAll(() => scene.close());

const replyTo = (question: FakeMessage): Promise<FakeMessage> =>
  until("the message is answered", () =>
    scene.fake.botMessages(scene.channel).find((message) => message.replyTo === question.id && message.components.length > 0),
  );

const buttonOf = (message: FakeMessage, label: string): string => {
  const parts = message.components.flatMap((row) => row["components"] as Json[]);
  return String(parts.find((part) => part["label"] === label)?.["custom_id"]);
};

describe("questions", () => {
  test("a mention is acknowledged at once and answered with citations and sources", async () => {
    const question = scene.fake.say(scene.person, scene.channel, scene.mention("When did the quay open?"));
    const answer = await replyTo(question);
    expect(scene.fake.typing.length).toBeGreaterThan(0);
    expect(scene.briefing.asked.at(-1)?.question).toBe("When did the quay open?");
    expect(answer.content).toContain("It carries two cranes. [1]");
    expect(answer.content).toContain(
      "[1] [The Harbour Post](<https://harbour.example/alpha#:~:text=The%20new%20quay>) · report · <t:1741953600:D>",
    );
  });

  test("/ask is deferred before anything else and narrows the search", async () => {
    const asked = scene.fake.slash(scene.person, scene.channel, "ask", {
      question: "Which quay?",
      since: "2025-01-01",
      publisher: "The Harbour Post",
    });
    const answer = await responseTo(scene, asked);
    expect(asked.acknowledged?.type).toBe(5);
    expect(answer.ephemeralFor).toBeNull();
    expect(scene.briefing.asked.at(-1)?.options).toMatchObject({
      since: "2025-01-01",
      publisher: "The Harbour Post",
      asker: `discord:${scene.person.id}`,
    });
  });

  test("a private answer is for the caller alone", async () => {
    const asked = scene.fake.slash(scene.person, scene.channel, "ask", { question: "Which quay?", private: true });
    const answer = await responseTo(scene, asked);
    expect(answer.ephemeralFor).toBe(scene.person.id);
    expect(Number(asked.acknowledged?.data["flags"]) & 64).toBe(64);
  });

  test("a reply goes on from the chain that it hangs on, not from the channel's talk", async () => {
    const other = scene.fake.world.addUser("bo");
    scene.fake.world.join(scene.guild, other);
    const first = await replyTo(scene.fake.say(scene.person, scene.channel, scene.mention("What opened in 2024?")));
    await replyTo(scene.fake.say(other, scene.channel, scene.mention("Who runs the ferry?")));
    const second = await replyTo(scene.fake.say(scene.person, scene.channel, "and in 2023?", { replyTo: first.id }));
    expect(scene.briefing.asked.at(-1)?.options.history?.map((turn) => turn.question)).toEqual(["What opened in 2024?"]);
    await replyTo(scene.fake.say(other, scene.channel, "and before?", { replyTo: second.id }));
    expect(scene.briefing.asked.at(-1)?.options.history?.map((turn) => turn.question)).toEqual([
      "What opened in 2024?",
      "and in 2023?",
    ]);
  });

  test("a reply to the answer of a slash command keeps its thread", async () => {
    const answer = await responseTo(
      scene,
      scene.fake.slash(scene.person, scene.channel, "ask", { question: "Which crane came first?" }),
    );
    await replyTo(scene.fake.say(scene.person, scene.channel, scene.mention("and second?"), { replyTo: answer.id }));
    expect(scene.briefing.asked.at(-1)?.options.history?.map((turn) => turn.question)).toEqual(["Which crane came first?"]);
  });

  test("direct messages need no mention", async () => {
    const direct = scene.fake.world.addChannel(null, "direct", { recipientId: scene.person.id });
    scene.fake.say(scene.person, direct, "Which quay?");
    const answer = await until("a direct answer", () => scene.fake.botMessages(direct)[0]);
    expect(answer.content).toContain("[1]");
    expect(scene.briefing.asked.at(-1)?.options.scopes).toEqual([]);
  });

  test("bots, webhooks, the bot itself, other talk and pings of everyone are left alone", async () => {
    const before = scene.briefing.asked.length;
    const robot = scene.fake.world.addUser("robot", { bot: true });
    scene.fake.say(robot, scene.channel, scene.mention("hello"));
    scene.fake.say(scene.person, scene.channel, scene.mention("hook"), { webhookId: "1234567890123456789" });
    scene.fake.say(scene.fake.world.botUser, scene.channel, scene.mention("me"));
    scene.fake.say(scene.person, scene.channel, "nothing for you");
    scene.fake.say(scene.person, scene.channel, "@everyone look");
    await replyTo(scene.fake.say(scene.person, scene.channel, scene.mention("last one")));
    expect(scene.briefing.asked.slice(before).map((each) => each.question)).toEqual(["last one"]);
  });
});

describe("buttons", () => {
  test("Show quotes gives the source's own words to the one who asks", async () => {
    const answer = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "ask", { question: "Quotes?" }));
    const quotes = await responseTo(scene, scene.fake.press(scene.person, answer, buttonOf(answer, "Show quotes")));
    expect(quotes.ephemeralFor).toBe(scene.person.id);
    expect(quotes.content).toContain("> The new quay of alpha opened on a Friday. It carries two cranes.");
  });

  test("they work after a restart, and say so when the answer is gone", async () => {
    const answer = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "ask", { question: "Restart?" }));
    await scene.restart();
    const quotes = await responseTo(scene, scene.fake.press(scene.person, answer, buttonOf(answer, "Show quotes")));
    expect(quotes.content).toContain("> The new quay");
    await scene.state.forget(`discord:${scene.person.id}`);
    const gone = await responseTo(scene, scene.fake.press(scene.person, answer, buttonOf(answer, "Show quotes")));
    expect(gone.content).toContain("no longer have this answer");
  });

  test("thumbs are remembered, a bad one with its reason", async () => {
    const answer = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "ask", { question: "Thumbs?" }));
    await responseTo(scene, scene.fake.press(scene.person, answer, buttonOf(answer, "👍")));
    expect(scene.briefing.given.at(-1)).toMatchObject({ helpful: true, asker: `discord:${scene.person.id}` });
    const pressed = scene.fake.press(scene.person, answer, buttonOf(answer, "👎"));
    const form = await until("a form", () => pressed.acknowledged);
    expect(form.type).toBe(9);
    await responseTo(
      scene,
      scene.fake.submit(scene.person, scene.channel, String(form.data["custom_id"]), { reason: "too short" }),
    );
    expect(scene.briefing.given.at(-1)).toMatchObject({ helpful: false, reason: "too short" });
  });
});

describe("a talk", () => {
  const questions = ["Which quay?", `Which ${"very ".repeat(30)}long quay?`];
  const talk = (more: Partial<Reply> = {}) => {
    scene.briefing.script = (question, _options, documents) =>
      question.startsWith("hi")
        ? scriptedAnswer(question, [], {
            status: "answered",
            reply: { kind: "greeting", text: "Hello.\nI am **a** program.", questions, ...more },
          })
        : scriptedAnswer(question, documents.slice(0, 1));
  };
  let before: ScriptedBriefing["script"];
  beforeAll(() => {
    before = scene.briefing.script;
  });
  afterEach(() => {
    scene.briefing.script = before;
  });
  const labels = (message: FakeMessage): unknown[] =>
    message.components.flatMap((row) => (row["components"] as Json[]).map((part) => part["label"]));

  test("shows its lines and offers questions to press, which are answered for all who see them", async () => {
    talk();
    const hello = await replyTo(scene.fake.say(scene.person, scene.channel, scene.mention("hi")));
    expect(renderMessage(hello.content).text).toBe(
      `Hello.\nI am **a** program.\n\nYou could ask\n${questions.map((question) => `• ${question}`).join("\n")}`,
    );
    expect(labels(hello)).toEqual([questions[0], expect.stringMatching(/^Which very .*…$/)]);
    const pressed = scene.fake.press(scene.person, hello, buttonOf(hello, "Which quay?"));
    const answer = await responseTo(scene, pressed);
    expect(answer.ephemeralFor).toBeNull();
    expect(answer.content).toContain("It carries two cranes. [1]");
    expect(scene.briefing.asked.at(-1)?.question).toBe("Which quay?");
  });

  test("in private stays so, and what is pressed there too; a word of thanks has no buttons", async () => {
    talk();
    const { fake, person, channel } = scene;
    const hello = await responseTo(scene, fake.slash(person, channel, "ask", { question: "hi", private: true }));
    const answer = await responseTo(scene, fake.press(person, hello, buttonOf(hello, "Which quay?")));
    expect(answer.ephemeralFor).toBe(person.id);
    talk({ kind: "thanks", text: "You are welcome.", questions: [] });
    const thanks = await responseTo(scene, fake.slash(person, channel, "ask", { question: "hi" }));
    expect(thanks).toMatchObject({ content: "You are welcome.", components: [] });
  });
});

describe("other commands", () => {
  test("publishers are offered while one types", async () => {
    const typed = scene.fake.autocomplete(scene.person, scene.channel, "ask", "publisher", "harb");
    const { type, data } = await until("choices", () => typed.acknowledged);
    expect(type).toBe(8);
    expect(data["choices"]).toEqual([{ name: "The Harbour Post", value: "The Harbour Post" }]);
  });

  test("/help names every command that is registered", async () => {
    const help = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "help"));
    for (const { name, type } of scene.fake.commands.list(null))
      expect(help.content).toContain(type === 3 ? String(name) : `/${String(name)}`);
  });

  test("/sources pages through the corpus", async () => {
    const before = scene.briefing.library;
    scene.briefing.library = Array.from({ length: 20 }, (_, index) => scriptedDocument(`doc-${index}`));
    const list = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "sources"));
    expect(list.content).toContain("1 to 8 of 20");
    scene.fake.press(scene.person, list, buttonOf(list, "Older ▶"));
    await until("the next page", () => list.content.includes("9 to 16 of 20"));
    const none = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "sources", { query: "zeppelin" }));
    expect(none.content).toContain("None of my 20 documents");
    scene.briefing.library = before;
  });

  test("/sources tells how the feeds are, and which are in trouble", async () => {
    const nothing = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "sources"));
    expect(nothing.content).not.toContain("What I follow");
    const address = (name: string, more: Partial<FollowedAddress>): FollowedAddress => ({
      url: `https://${name}.example/feed`,
      scope: null,
      kind: "feed",
      title: `The ${name}`,
      checkedAt: null,
      succeededAt: "2025-06-01T08:00:00Z",
      dueAt: null,
      failures: 0,
      lastProblem: null,
      documents: 3,
      ...more,
    });
    const seen: unknown[] = [];
    scene.briefing.followed = async (scopes) => {
      seen.push(scopes);
      return [address("post", {}), address("wire", { failures: 3, lastProblem: "is not there any more (410) @everyone" })];
    };
    const told = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "sources"));
    scene.briefing.followed = async () => [];
    expect(told.content).toContain("**What I follow** · 2 addresses, last read <t:1748764800:R>");
    expect(told.content).toMatch(/\[The wire\]\(<https:\/\/wire\.example\/feed>\)\n-# failed 3 times: is not there/);
    expect(told.content).not.toContain("The post]");
    expect(seen).toEqual([[`guild:${scene.guild.id}`]]);
  });

  test("/privacy delete removes what is stored of the caller", async () => {
    await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "ask", { question: "Remember me?" }));
    const deleted = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "privacy delete"));
    expect(deleted.content).toMatch(/^Deleted: \d+ record/);
    expect(await scene.state.forget(`discord:${scene.person.id}`)).toBe(0);
  });
});

describe("bad input", () => {
  const said = async (content: string, more: Partial<FakeMessage> = {}): Promise<string> => {
    const question = scene.fake.say(scene.person, scene.channel, content, more);
    return (await until("a word", () => scene.fake.botMessages(scene.channel).find((message) => message.replyTo === question.id)))
      .content;
  };

  test.each([
    ["an empty mention", () => said(scene.mention("")), "no question in this"],
    [
      "an attachment instead of text",
      () =>
        said(scene.mention(""), {
          attachments: [{ id: "1", filename: "a.pdf", size: 1, url: "https://x.example", proxy_url: "https://x.example" }],
        }),
      "cannot read attachments",
    ],
    ["a question of 6,000 characters", () => said(scene.mention("why ".repeat(1500))), "characters; I read up to 2000"],
  ])("%s gets a clear line", async (_name, act, expected) => {
    expect(await act()).toContain(expected);
  });

  test.each([
    [{ question: "q", since: "yesterday" }, "is not a date"],
    [{ question: "q", until: "2025-02-31" }, "is not a date"],
    [{ question: "q", since: "2025-05-01", until: "2025-04-01" }, "is later than until"],
    [{ question: "   " }, "no question in this"],
  ])("/ask %j gets a clear line", async (options, expected) => {
    const answer = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "ask", options));
    expect(answer.content).toContain(expected);
  });

  test("a failure inside is one line to the person, without its insides", async () => {
    const before = scene.briefing.script;
    scene.briefing.script = () => {
      throw new Error("secret detail");
    };
    const answer = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "ask", { question: "Break?" }));
    expect(answer.content).toContain("went wrong on my side");
    expect(answer.content).not.toContain("secret detail");
    scene.briefing.script = before;
  });
});

test("long answers lose nothing over their parts", async () => {
  const before = scene.briefing.script;
  const texts = Array.from(
    { length: 60 },
    (_, index) => `Sentence number ${index} tells of quay ${index} and of the two cranes that stand there.`,
  );
  scene.briefing.script = (question, _options, documents) => {
    const answer = scriptedAnswer(question, documents.slice(0, 1));
    return {
      ...answer,
      sentences: texts.map((text) => ({ text, citations: [1], check: { supported: true, score: 1, method: "verbatim" } })),
    };
  };
  const asked = scene.fake.slash(scene.person, scene.channel, "ask", { question: "All of it?" });
  await until("all parts", () => asked.followUps.some((id) => (scene.fake.world.messages.get(id)?.components.length ?? 0) > 0));
  const parts = [asked.responseId ?? "", ...asked.followUps]
    .map((id) => scene.fake.world.messages.get(id))
    .filter((part) => part !== undefined);
  expect(parts.length).toBeGreaterThan(2);
  for (const text of texts) expect(wholeText(parts)).toContain(`${text} [1]`);
  scene.briefing.script = before;
});

test("where the bot is a guest, a very long answer is one message with a file, never a refused follow-up", async () => {
  const before = scene.briefing.script;
  const texts = Array.from({ length: 240 }, (_, index) => `Sentence number ${index} tells of quay ${index} and of its cranes.`);
  scene.briefing.script = (question, _options, documents) => ({
    ...scriptedAnswer(question, documents.slice(0, 1)),
    sentences: texts.map((text) => ({ text, citations: [1], check: { supported: true, score: 1, method: "verbatim" } })),
  });
  const { fake, person, channel } = scene;
  const asked = fake.slash(person, channel, "ask", { question: "All of it?" }, { userInstall: true });
  const answer = await responseTo(scene, asked);
  const request = fake.rest.requests.findLast(({ method, path }) => method === "PATCH" && path.includes(asked.token));
  expect(answer.content).toContain("Sentence number 0 ");
  expect(answer.content).toContain("the whole answer is in the attached file");
  for (const text of texts) expect(request?.files[0]?.bytes.toString()).toContain(text);
  expect(asked.followUps).toEqual([]);
  expectGoodManners(fake);
  scene.briefing.script = before;
});
