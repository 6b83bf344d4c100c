// Discord at its worst: rate limits, errors, lost answers, missing rights, closed threads, lost connections. Nothing is sent twice, nobody
// is left without a word.
import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createScene, expectGoodManners, responseTo, type Scene } from "../../support/discord-scene.ts";
import type { FakeChannel, FakeMessage } from "../../support/fake-discord/world.ts";
import { scriptedAnswer } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});
afterEach(async () => {
  expectGoodManners(scene.fake);
  await scene.close();
});

const answered = (channel: FakeChannel, count: number): Promise<FakeMessage[]> =>
  until(`${count} answers`, () => {
    const all = scene.fake.botMessages(channel, scene.person).filter((message) => message.content !== "" && !message.deferred);
    return all.length >= count ? all : null;
  });

describe("sending", () => {
  test.each([
    ["a 429 with Retry-After", { kind: "rate-limit", amount: 0.3 }],
    ["a server error", { kind: "error" }],
    ["a connection lost before the message was stored", { kind: "drop-before" }],
    ["a connection lost after the message was stored", { kind: "drop-after" }],
  ] as const)("a mention is answered once in spite of %s", async (_name, fault) => {
    scene.fake.rest.faults.push({ method: "POST", path: /^\/channels\/\d+\/messages$/, times: 1, ...fault });
    scene.fake.say(scene.person, scene.channel, scene.mention("Which quay?"));
    const messages = await answered(scene.channel, 1);
    expect(messages).toHaveLength(1);
    const creates = (): number =>
      scene.fake.rest.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/messages")).length;
    await until("the repeated request", () => creates() === 2);
    // the id that came back is the stored message's: a reply to it finds the thread
    const followUp = (): Promise<unknown> => scene.state.turn(messages[0]?.id ?? "");
    let turn: unknown = null;
    for (let tries = 0; turn === null && tries < 100; tries += 1)
      turn = await followUp().then((found) => new Promise((resolve) => setTimeout(resolve, 10, found)));
    expect(turn).not.toBeNull();
    expect(scene.fake.botMessages(scene.channel)).toHaveLength(1);
  });

  test.each([
    ["the acknowledgement", /\/callback$/, "drop-after"],
    ["the acknowledgement", /\/callback$/, "drop-before"],
    ["the answer", /@original$/, "drop-after"],
    ["the answer", /@original$/, "error"],
  ] as const)("a command is answered once though the request of %s is lost (%s, %s)", async (_name, path, kind) => {
    scene.fake.rest.faults.push({ path, kind, times: 1 });
    const asked = scene.fake.slash(scene.person, scene.channel, "ask", { question: "Which quay?" });
    expect((await responseTo(scene, asked)).content).toContain("[1]");
    expect(scene.fake.botMessages(scene.channel, scene.person)).toHaveLength(1);
  });

  test("parts that follow are sent once though their answers are lost", async () => {
    scene.briefing.script = (question, _options, documents) => {
      const answer = scriptedAnswer(question, documents.slice(0, 1));
      const [sentence] = answer.sentences;
      if (sentence === undefined) return answer;
      return {
        ...answer,
        sentences: Array.from({ length: 80 }, (_, index) => ({
          ...sentence,
          text: `Sentence ${index} of the quay and its two cranes.`,
        })),
      };
    };
    scene.fake.rest.faults.push({ method: "POST", path: /^\/webhooks\//, kind: "drop-after", times: 2 });
    const asked = scene.fake.slash(scene.person, scene.channel, "ask", { question: "All of it?" });
    const last = await until("the last part", () =>
      scene.fake
        .botMessages(scene.channel)
        .find((message) => message.interactionId === asked.id && message.components.length > 0),
    );
    const parts = scene.fake.botMessages(scene.channel).map((message) => message.content);
    expect(parts.length).toBeGreaterThan(2);
    expect(new Set(parts).size).toBe(parts.length);
    expect(last.content).toContain("Sources");
  });

  test("an interaction that another process of the bot has answered is left to it", async () => {
    scene.fake.rest.faults.push({ path: /\/callback$/, kind: "refuse", status: 400, code: 40060, times: 1 });
    scene.fake.slash(scene.person, scene.channel, "ask", { question: "Taken?" });
    const next = scene.fake.slash(scene.person, scene.channel, "ask", { question: "Mine?" });
    await responseTo(scene, next);
    expect(scene.briefing.asked.map((each) => each.question)).toEqual(["Mine?"]);
  });

  test("an answer that took longer than the token lives comes as an ordinary message", async () => {
    scene.briefing.script = (question, _options, documents) => {
      scene.clock.advance(16 * 60_000);
      return scriptedAnswer(question, documents.slice(0, 1));
    };
    scene.fake.slash(scene.person, scene.channel, "ask", { question: "Slowly?" });
    const late = await until("the late answer", () =>
      scene.fake.botMessages(scene.channel).find((message) => message.webhookId === null),
    );
    expect(late.content).toContain("It carries two cranes. [1]");
    scene.fake.slash(scene.person, scene.channel, "ask", { question: "Slowly and alone?", private: true });
    const direct = await until("a direct message", () =>
      [...scene.fake.world.messages.values()].find(
        (message) => scene.fake.world.channels.get(message.channelId)?.recipientId === scene.person.id,
      ),
    );
    expect(direct.content).toContain("It carries two cranes. [1]");
  });

  test("an interaction that came too late for Discord is still answered, in the channel", async () => {
    scene.fake.rest.faults.push({ path: /\/callback$/, kind: "refuse", status: 404, code: 10062, times: 1 });
    scene.fake.slash(scene.person, scene.channel, "ask", { question: "Which quay?" });
    const [message] = await answered(scene.channel, 1);
    expect(message?.webhookId).toBeNull();
  });

  test("a deleted 'thinking' message and a deleted question do not cost the answer", async () => {
    scene.briefing.script = async (question, _options, documents) => {
      for (const [id, message] of scene.fake.world.messages)
        if (message.deferred || message.author === scene.person) scene.fake.world.messages.delete(id);
      return scriptedAnswer(question, documents.slice(0, 1));
    };
    scene.fake.slash(scene.person, scene.channel, "ask", { question: "Which quay?" });
    await answered(scene.channel, 1);
    scene.fake.say(scene.person, scene.channel, scene.mention("And which crane?"));
    expect(await answered(scene.channel, 2)).toHaveLength(2);
  });
});

const directTo = (userId: string): FakeMessage[] =>
  [...scene.fake.world.messages.values()].filter(
    (message) => scene.fake.world.channels.get(message.channelId)?.recipientId === userId,
  );

describe("a place that is lost while the bot works", () => {
  const asIt = (happens: (place: FakeChannel) => void, place: FakeChannel): void => {
    scene.briefing.script = (question, _options, documents) => {
      happens(place);
      return scriptedAnswer(question, documents.slice(0, 1));
    };
  };
  const ways = [
    ["is deleted", (place: FakeChannel) => void scene.fake.world.channels.delete(place.id), "the channel is gone"],
    ["is closed", (place: FakeChannel) => void Object.assign(place, { archived: true, locked: true }), "the thread is closed"],
  ] as const;

  test.each(ways)("a command in a thread that %s is answered in private", async (_name, happens) => {
    const thread = scene.fake.world.addChannel(scene.guild, "talk", { type: 11, parentId: scene.channel.id });
    asIt(happens, thread);
    scene.fake.slash(scene.person, thread, "ask", { question: "Which quay?" });
    const told = await until("a word in private", () => directTo(scene.person.id)[0]);
    expect(told.content).toContain("It carries two cranes. [1]");
    expect(scene.fake.botMessages(thread).filter(({ deferred }) => !deferred)).toEqual([]);
  });

  test.each(ways)("a mention in a thread that %s is explained in private", async (_name, happens, why) => {
    const thread = scene.fake.world.addChannel(scene.guild, "talk", { type: 11, parentId: scene.channel.id });
    asIt(happens, thread);
    scene.fake.say(scene.person, thread, scene.mention("Which quay?"));
    const told = await until("a word in private", () => directTo(scene.person.id)[0]);
    expect(told.content).toContain(why);
    expect(told.content).toContain("/ask");
  });
});

describe("places where the bot may not write", () => {
  test("without the right to send, the asker and the owner are told once, in private", async () => {
    await scene.close();
    scene = await createScene(({ guild, channel }) => {
      channel.overwrites.push({ id: guild.id, type: 0, allow: 0n, deny: PermissionFlagsBits.SendMessages });
    });
    scene.fake.say(scene.person, scene.channel, scene.mention("Which quay?"));
    scene.fake.say(scene.person, scene.channel, scene.mention("Which quay then?"));
    const [told] = await until("a word in private", () =>
      directTo(scene.guild.ownerId).length > 0 ? directTo(scene.person.id) : null,
    );
    expect(told?.content).toContain("missing the permission Send Messages");
    expect(told?.content).toContain("news");
    expect(directTo(scene.person.id)).toHaveLength(1);
    expect(directTo(scene.guild.ownerId)).toHaveLength(1);
    const tried = scene.fake.rest.requests.filter(({ path }) => path === `/channels/${scene.channel.id}/messages`);
    expect(tried).toEqual([]);
  });

  test("a channel that refuses is left alone for a while", async () => {
    scene.fake.rest.faults.push({
      method: "POST",
      path: new RegExp(`^/channels/${scene.channel.id}/messages$`),
      kind: "refuse",
      status: 403,
      code: 50013,
      times: 9,
    });
    for (const question of ["One?", "Two?", "Three?"]) scene.fake.say(scene.person, scene.channel, scene.mention(question));
    await until("all were worked on", () => scene.briefing.asked.length === 3);
    await until("a word in private", () => directTo(scene.person.id)[0]);
    const tried = scene.fake.rest.requests.filter(({ path }) => path === `/channels/${scene.channel.id}/messages`);
    expect(tried.length).toBeLessThanOrEqual(3);
    const before = tried.length;
    scene.fake.say(scene.person, scene.channel, scene.mention("Four?"));
    await until("the fourth was worked on", () => scene.briefing.asked.length === 4);
    expect(scene.fake.rest.requests.filter(({ path }) => path === `/channels/${scene.channel.id}/messages`).length).toBe(before);
  });

  test("a thread has a right of its own, and one that was closed meanwhile is explained", async () => {
    await scene.close();
    let thread: FakeChannel | undefined;
    scene = await createScene(({ fake, guild, channel }) => {
      channel.overwrites.push({ id: guild.id, type: 0, allow: 0n, deny: PermissionFlagsBits.SendMessages });
      thread = fake.world.addChannel(guild, "talk", { type: 11, parentId: channel.id });
    });
    if (thread === undefined) throw new Error("no thread");
    const open = thread;
    scene.fake.say(scene.person, open, scene.mention("Which quay?"));
    await answered(open, 1);
    scene.briefing.script = (question, _options, documents) => {
      open.archived = true;
      open.locked = true;
      return scriptedAnswer(question, documents.slice(0, 1));
    };
    scene.fake.say(scene.person, open, scene.mention("And now?"));
    expect((await until("a word in private", () => directTo(scene.person.id)[0])).content).toContain("thread is closed");
  });
});

describe("the connection", () => {
  const connections = (kind: string): number => scene.fake.gateway.opened.filter((each) => each.kind === kind).length;

  test("a lost connection is resumed, and what happened meanwhile is answered once", async () => {
    scene.fake.gateway.drop(0);
    scene.fake.say(scene.person, scene.channel, scene.mention("While you were away?"));
    await answered(scene.channel, 1);
    expect(connections("identify")).toBe(1);
    expect(connections("resume")).toBeGreaterThan(0);
    expect(scene.briefing.asked).toHaveLength(1);
  });

  test("an event that comes twice is answered once", async () => {
    const question = scene.fake.say(scene.person, scene.channel, scene.mention("Twice?"));
    const again = scene.fake.world.messages.get(question.id);
    scene.fake.gateway.dispatch("MESSAGE_CREATE", {
      id: question.id,
      channel_id: question.channelId,
      guild_id: scene.guild.id,
      type: 0,
      content: again?.content,
      timestamp: "2025-01-01T00:00:00Z",
      author: { id: scene.person.id, username: "ada", discriminator: "0" },
      mentions: [{ id: scene.fake.world.botUser.id, username: "briefing" }],
      attachments: [],
      embeds: [],
      components: [],
    });
    scene.fake.say(scene.person, scene.channel, scene.mention("Last?"));
    await answered(scene.channel, 2);
    expect(scene.briefing.asked.map((each) => each.question)).toEqual(["Twice?", "Last?"]);
  });

  test("an invalid session is replaced by a new one", async () => {
    scene.fake.gateway.invalidateSession(false);
    await until("a second identify", () => connections("identify") === 2, 20_000);
    await until("connected", () => scene.fake.gateway.connected);
    scene.fake.say(scene.person, scene.channel, scene.mention("Still there?"));
    expect(await answered(scene.channel, 1)).toHaveLength(1);
  });

  test("a fatal close ends the bot with a reason", async () => {
    scene.fake.gateway.drop(4014);
    await expect(scene.bot.done).rejects.toMatchObject({ code: "discord_intents" });
  });
});

describe("many at once", () => {
  test("twenty questions are each acknowledged within a second and answered", async () => {
    let most = 0;
    let running = 0;
    scene.briefing.script = async (question, _options, documents) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running -= 1;
      return scriptedAnswer(question, documents.slice(0, 1));
    };
    const asked = Array.from({ length: 20 }, (_, index) =>
      scene.fake.slash(scene.person, scene.channel, "ask", { question: `Question ${index}?` }),
    );
    for (const each of asked)
      await until("an answer", () => (scene.fake.world.messages.get(each.responseId ?? "")?.content ?? "").includes("[1]"));
    expect(Math.max(...asked.map((each) => each.acknowledged?.afterMs ?? Number.POSITIVE_INFINITY))).toBeLessThan(1000);
    expect(most).toBeLessThanOrEqual(4);
    expect(scene.fake.botMessages(scene.channel)).toHaveLength(20);
  });

  test("twenty mentions are answered once each; one of those who wait is told, in the message that becomes the answer", async () => {
    scene.briefing.script = async (question, _options, documents) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return scriptedAnswer(question, documents.slice(0, 1));
    };
    const asked = Array.from({ length: 20 }, (_, index) =>
      scene.fake.say(scene.person, scene.channel, scene.mention(`Question ${index}?`)),
    );
    const done = await until("all answers", () => {
      const all = scene.fake.botMessages(scene.channel).filter((message) => message.content.includes("[1]"));
      return all.length === 20 ? all : null;
    });
    expect(new Set(done.map((message) => message.replyTo))).toEqual(new Set(asked.map((message) => message.id)));
    expect(scene.fake.botMessages(scene.channel)).toHaveLength(20);
    expect(done.filter((message) => message.edits > 0)).toHaveLength(1);
  });

  test("a stop finishes what runs and tells those who wait", async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    scene.briefing.script = async (question, _options, documents) => {
      await released;
      return scriptedAnswer(question, documents.slice(0, 1));
    };
    const asked = Array.from({ length: 8 }, (_, index) =>
      scene.fake.slash(scene.person, scene.channel, "ask", { question: `Question ${index}?` }),
    );
    await until("all are acknowledged", () => asked.every((each) => each.acknowledged !== null));
    await until("some run", () => scene.briefing.asked.length >= 4);
    const stopped = scene.bot.stop();
    release();
    await stopped;
    const texts = asked.map((each) => scene.fake.world.messages.get(each.responseId ?? "")?.content ?? "");
    expect(texts.filter((text) => text.includes("[1]"))).toHaveLength(4);
    expect(texts.filter((text) => text.includes("being restarted"))).toHaveLength(4);
  });
});
