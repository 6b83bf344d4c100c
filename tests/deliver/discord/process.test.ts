// The real bot as a process: real documents, real index, real sentence model, real sockets; only Discord is ours.
import { PermissionFlagsBits } from "discord.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { botHome, startBot, type BotProcess } from "../../support/bot-process.ts";
import { expectGoodManners } from "../../support/discord-scene.ts";
import { startFakeDiscord, type FakeDiscord } from "../../support/fake-discord/fake-discord.ts";
import type { FakeInteraction } from "../../support/fake-discord/interactions.ts";
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser, Json } from "../../support/fake-discord/world.ts";
import { renderMessage } from "../../support/render-message.ts";
import { until } from "../../support/until.ts";

const CORPUS = {
  "quay.md": `---
title: New quay opens at Lindhaven
publisher: The Harbour Post
published: 2025-03-14
url: https://harbour.example/quay
genre: report
---
The new quay at Lindhaven opened on 14 March 2025. It carries two cranes and cost 40 million crowns.

The harbour master, Ingrid Vale, said that the quay would halve the waiting time of freighters.
`,
  "ferry.md": `---
title: Ferry crews stay on shore
publisher: Coast Wire
published: 2025-04-02
url: https://coast.example/ferry
genre: report
---
The ferry crews of Lindhaven went on strike on 1 April 2025 over night shifts. About 300 crew members take part in the strike.

@everyone should click [here](https://evil.example), says a leaflet of the strike committee about night shifts.
`,
};

let fake: FakeDiscord;
let guild: FakeGuild;
let channel: FakeChannel;
let boss: FakeUser;
let person: FakeUser;
let bot: BotProcess;
let home: string;

beforeAll(async () => {
  fake = await startFakeDiscord();
  guild = fake.world.addGuild("Harbour");
  channel = fake.world.addChannel(guild, "news");
  person = fake.world.addUser("ada");
  fake.world.join(guild, person);
  boss = fake.world.addUser("boss");
  fake.world.join(guild, boss, [fake.world.addRole(guild, "keepers", PermissionFlagsBits.ManageGuild).id]);
  home = botHome(CORPUS);
  bot = startBot(fake, home);
  await bot.live();
  // indexing goes on behind: ask until the documents are there
  for (let tries = 0; tries < 60; tries += 1) {
    const list = await answered(fake.slash(person, channel, "sources"));
    if (list.content.includes("of 2")) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}, 90_000);
afterAll(async () => {
  await bot.end("SIGKILL");
  await fake.close();
});

const answered = (interaction: FakeInteraction): Promise<FakeMessage> =>
  until("the interaction is answered", () => {
    const message = fake.world.messages.get(interaction.responseId ?? "");
    return message !== undefined && !message.deferred && message.content !== "" ? message : null;
  });

const replied = (question: FakeMessage): Promise<FakeMessage> =>
  until("the message is answered", () => fake.botMessages(channel).find((message) => message.replyTo === question.id));

const mention = (text: string): string => `<@${fake.world.botUser.id}> ${text}`;

const quotesId = (message: FakeMessage): string =>
  String(
    message.components.flatMap((row) => row["components"] as Json[]).find((part) => part["label"] === "Show quotes")?.[
      "custom_id"
    ],
  );

describe("the real bot", () => {
  test("answers a mention with a citation and its dated source", async () => {
    const before = fake.typing.length;
    const question = fake.say(person, channel, mention("When did the new quay at Lindhaven open?"));
    const asked = Date.now();
    const typed = await until("typing", () => fake.typing[before]);
    // as long as Discord would wait for a command; on an idle machine it is some milliseconds
    expect(typed.at - asked).toBeLessThan(3000);
    const { text } = renderMessage((await replied(question)).content);
    expect(text).toMatch(/14 March 2025.*\[1\]/);
    expect(text).toMatch(/^\[1\][ [\]2]* The Harbour Post · report · March 14, 2025/m);
  });

  test("keeps the thread of a reply", async () => {
    const first = await replied(fake.say(person, channel, mention("How many crew members take part in the ferry strike?")));
    expect(first.content).toContain("300 crew members");
    const second = await replied(fake.say(person, channel, "and when did it begin?", { replyTo: first.id }));
    expect(second.content).toContain("1 April 2025");
  });

  test("says so when nothing covers the question", async () => {
    const answer = await answered(fake.slash(person, channel, "ask", { question: "Who won the chess tournament in Oslo?" }));
    expect(answer.content).toContain("do not answer this");
    expect(answer.content).toContain("I have read 2 documents");
  });

  test("what a document says takes no effect", async () => {
    const answer = await answered(
      fake.slash(person, channel, "ask", { question: "What does the leaflet of the strike committee say about night shifts?" }),
    );
    const quotes = await answered(fake.press(person, answer, quotesId(answer)));
    for (const { content } of [answer, quotes]) {
      const kinds = renderMessage(content).effects.map((effect) => effect.kind);
      expect(kinds.filter((kind) => !["bold", "small", "quote", "timestamp", "masked-link"].includes(kind))).toEqual([]);
      expect(content).not.toContain("](https://evil");
      expect(content).not.toContain("@everyone");
    }
    expectGoodManners(fake);
  });

  test("every other surface answers with cited words, a list or a plain line", async () => {
    const slash = (name: string, options: Json = {}, who = person): Promise<FakeMessage> =>
      answered(fake.slash(who, channel, name, options));
    expect((await slash("summary", { topic: "the new quay at Lindhaven" })).content).toMatch(
      /Summary: [^]*opened on 14 March[^]*\[1\]/,
    );
    const timeline = await slash("timeline", { topic: "the new quay at Lindhaven" });
    expect(timeline.content).toMatch(/<t:\d+:D>\*\*\n[^]*quay[^]*\[1\]/);
    expect(timeline.attachments).toMatchObject([
      { filename: "timeline.png", description: expect.stringContaining("quay") as unknown },
    ]);
    expect((await slash("changes", { since: "2025-01-01" })).content).toMatch(/\*\*New\*\*[^]*\[1\]/);
    expect((await slash("help")).content).toContain("I have read 2 documents");
    const claim = fake.say(person, channel, "The new quay at Lindhaven opened on 14 March 2025.");
    const verdict = await answered(fake.menu(person, claim, "Check against sources"));
    expect(verdict.content).toMatch(/\*\*Supported\*\*[^]*> [^]*14 March 2025/);
    expect((await slash("digest now", {}, boss)).content).not.toBe("");
    expect((await slash("digest list", {}, boss)).content).not.toContain("my side");
    expect((await slash("digest list")).content).toContain("Manage Server");
    expect((await slash("config show", {}, boss)).content).toContain("What is set for this server");
    expect((await slash("privacy delete")).content).toMatch(/^Deleted: \d+ records/);
    const typed = fake.autocomplete(person, channel, "ask", "publisher", "harb");
    expect((await until("choices", () => typed.acknowledged)).data["choices"]).toMatchObject([{ value: "The Harbour Post" }]);
    expectGoodManners(fake);
  });

  test.each([
    ["429 with Retry-After", { kind: "rate-limit", amount: 0.2 }],
    ["a server error", { kind: "error" }],
    ["a connection that is cut after the message was stored", { kind: "drop-after" }],
    ["a connection that is cut before", { kind: "drop-before" }],
  ] as const)("%s costs no answer and makes none twice", async (_name, fault) => {
    fake.rest.faults.push({ method: "POST", path: /^\/channels\/\d+\/messages$/, times: 1, ...fault });
    const question = fake.say(person, channel, mention("What did the new quay cost?"));
    const answer = await replied(question);
    expect(answer.content).toContain("40 million crowns");
    expect(fake.botMessages(channel).filter((message) => message.replyTo === question.id)).toHaveLength(1);
  });

  test.each([
    [403, 50013],
    [404, 10003],
  ])("%i on sending is explained in private, and the channel left alone", async (status, code) => {
    const other = fake.world.addChannel(guild, `closed-${status}`);
    const path = new RegExp(`^/channels/${other.id}/messages$`);
    fake.rest.faults.push({ method: "POST", path, kind: "refuse", status, code, times: 9 });
    const before = fake.rest.requests.length;
    fake.say(person, other, mention("What did the new quay cost?"));
    const told = await until("a word in private", () =>
      [...fake.world.messages.values()].find(
        (message) =>
          message.content.includes("could not answer") && message.content.includes(status === 403 ? "may not" : "gone"),
      ),
    );
    expect(fake.world.channels.get(told.channelId)?.recipientId).toBe(person.id);
    const tried = fake.rest.requests.slice(before).filter((request) => path.test(request.path));
    expect(tried).toHaveLength(1);
  });

  test("other bots, webhooks, the bot itself and talk with others are left alone; a lost line is resumed and nothing missed", async () => {
    const before = fake.botMessages(channel).length;
    const robot = fake.world.addUser("robot", { bot: true });
    fake.say(robot, channel, mention("What did the new quay cost?"));
    fake.say(person, channel, mention("What did the new quay cost?"), { webhookId: "1234567890123456789" });
    fake.say(fake.world.botUser, channel, mention("What did the new quay cost?"));
    fake.say(person, channel, "@everyone What did the new quay cost?");
    fake.gateway.drop(0);
    const missed = fake.say(person, channel, mention("What did the new quay cost?"));
    expect((await replied(missed)).content).toContain("40 million crowns");
    // the one that was said for it, and the one answer
    expect(fake.botMessages(channel)).toHaveLength(before + 2);
    expect(fake.gateway.opened.map(({ kind }) => kind)).toEqual(["identify", "resume"]);
  });

  test("twenty questions at once are each acknowledged within a second and answered", async () => {
    const asked = Array.from({ length: 20 }, (_, index) =>
      fake.slash(person, channel, "ask", {
        question: index % 2 === 0 ? "What did the quay cost?" : "Why did the ferry crews strike?",
      }),
    );
    for (const each of asked)
      await until("an answer", () => fake.world.messages.get(each.responseId ?? "")?.content.includes("[1]"), 60_000);
    expect(Math.max(...asked.map((each) => each.acknowledged?.afterMs ?? Number.POSITIVE_INFINITY))).toBeLessThan(1000);
  });

  test("buttons and threads outlive a kill and a restart", async () => {
    const answer = await replied(fake.say(person, channel, mention("What did the new quay cost?")));
    // the turn is stored once Discord has said which message it is
    await answered(fake.slash(person, channel, "sources"));
    await bot.end("SIGKILL");
    const missed = fake.say(person, channel, "and how many cranes does it carry?", { replyTo: answer.id });
    bot = startBot(fake, home);
    await bot.live();
    expect(fake.commands.writes).toBe(1);
    const quotes = await answered(fake.press(person, answer, quotesId(answer)));
    expect(quotes.content).toContain("> The new quay at Lindhaven opened");
    // what was said while no bot was there is not answered later
    expect(fake.botMessages(channel).some((message) => message.replyTo === missed.id)).toBe(false);
    const again = await replied(fake.say(person, channel, "and how many cranes does it carry?", { replyTo: answer.id }));
    expect(again.content).toContain("two cranes");
    expectGoodManners(fake);
  });

  test("SIGTERM ends it quickly and cleanly", async () => {
    expect(await bot.end("SIGTERM")).toBe(0);
    await until("disconnected", () => !fake.gateway.connected);
  });
});

describe("a start that cannot work", () => {
  test.each([
    ["a wrong token", { DISCORD_TOKEN: "wrong" }, null, /DISCORD_TOKEN[^]*discord\.com\/developers/],
    ["refused intents", {}, 4014, /intents[^]*4014/],
  ] as const)("%s ends with one plain explanation and exit code 1", async (_name, env, close, expected) => {
    fake.gateway.refuseIdentifyWith = close;
    const broken = startBot(fake, botHome({}), env);
    expect(await broken.exit).toBe(1);
    expect(broken.output()).toMatch(expected);
    expect(broken.output()).not.toMatch(/\n\s+at /);
    fake.gateway.refuseIdentifyWith = null;
  });
});
