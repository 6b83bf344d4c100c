// /config: what a server adds, hides and restricts, seen from that server and from another one.
import { PermissionFlagsBits } from "discord.js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DigestOptions } from "../../../src/results.ts";
import { createScene, expectGoodManners, responseTo, type Scene } from "../../support/discord-scene.ts";
import type { FakeInteraction } from "../../support/fake-discord/interactions.ts";
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser, Json } from "../../support/fake-discord/world.ts";
import { scriptedAnswer, scriptedDocument } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
let boss: FakeUser;
let crew: string;
let south: FakeGuild;
let harbour: FakeChannel;
let otherBoss: FakeUser;

beforeAll(async () => {
  const made: FakeGuild[] = [];
  scene = await createScene(({ fake }) => void made.push(fake.world.addGuild("South")));
  const { fake, guild } = scene;
  [south] = made as [FakeGuild];
  harbour = fake.world.addChannel(south, "harbour");
  const manager = (name: string, into: FakeGuild): FakeUser => {
    const user = fake.world.addUser(name);
    fake.world.join(into, user, [fake.world.addRole(into, "keepers", PermissionFlagsBits.ManageGuild).id]);
    return user;
  };
  boss = manager("boss", guild);
  otherBoss = manager("south-boss", south);
  crew = fake.world.addRole(guild, "crew").id;
});
afterAll(() => scene.close());
beforeEach(() => {
  scene.briefing.library = [scriptedDocument("alpha"), scriptedDocument("beta", { publisher: "Coast Wire" })];
  scene.briefing.script = (question, _options, visible) => scriptedAnswer(question, visible);
});

const done = (interaction: FakeInteraction): Promise<FakeMessage> =>
  until("a response", () => {
    const message = scene.fake.world.messages.get(interaction.responseId ?? "");
    return message !== undefined && !message.deferred && message.content !== "" ? message : null;
  });

const run = (sub: string, options: Json = {}, who = boss, where = scene.channel): Promise<FakeMessage> =>
  done(scene.fake.slash(who, where, `config ${sub}`, options));

const ask = (who: FakeUser, where: FakeChannel, options: Json = {}): Promise<FakeMessage> =>
  done(scene.fake.slash(who, where, "ask", { question: "What of the quay?", ...options }));

const choices = async (who: FakeUser, where: FakeChannel, sub: string, option: string, typed: string): Promise<Json[]> => {
  const asked = scene.fake.autocomplete(who, where, `config ${sub}`, option, typed);
  return ((await until("choices", () => asked.acknowledged)).data["choices"] ?? []) as Json[];
};

describe("who may", () => {
  test("is registered for Manage Server, and looked at again when it runs", async () => {
    const shape = scene.fake.commands.list(null).find((command) => command["name"] === "config");
    expect(shape?.["default_member_permissions"]).toBe(PermissionFlagsBits.ManageGuild.toString());
    for (const [sub, options] of [
      ["show", {}],
      ["source-add", { link: "https://page.example/a" }],
      ["source-remove", { document: "alpha" }],
      ["channels", { everywhere: true }],
      ["roles", { everyone: true }],
      ["budget", { server: 1 }],
    ] as const) {
      const refused = await run(sub, options, scene.person);
      expect(refused.content).toContain("Manage Server");
      expect(refused.ephemeralFor).toBe(scene.person.id);
    }
    expect(await choices(scene.person, scene.channel, "source-remove", "document", "")).toEqual([]);
    expect(scene.briefing.library).toHaveLength(2);
  });
});

describe("sources", () => {
  test("a link that a server adds is read for it alone, and another server may add the same", async () => {
    const link = "https://page.example/tides";
    const added = await run("source-add", { link });
    expect(added.content).toContain("1 document");
    expect(added.ephemeralFor).toBe(boss.id);
    expect((await ask(scene.person, scene.channel)).content).toContain("page.example");
    expect((await ask(otherBoss, harbour)).content).not.toContain("page.example");
    await run("source-add", { link }, otherBoss, harbour);
    expect(scene.briefing.library.map(({ scope }) => scope)).toEqual([
      null,
      null,
      `guild:${scene.guild.id}`,
      `guild:${south.id}`,
    ]);
    expect((await run("show")).content).toMatch(/Sources of this server: 1[\s\S]*page/);
    const [document] = await choices(boss, scene.channel, "source-remove", "document", "tides");
    expect((await run("source-remove", { document: document?.["value"] })).content).toContain("Removed");
    expect(scene.briefing.library.map(({ scope }) => scope)).toEqual([null, null, `guild:${south.id}`]);
    expect((await run("show")).content).toContain("Sources of this server: none");
  });

  test("an attached file is fetched from Discord's host", async () => {
    const added = await run("source-add", { file: scene.fake.attach("tides.txt", "The tides of Lindhaven rise by night.") });
    expect(added.content).toContain("1 document");
    expect((await ask(scene.person, scene.channel)).content).toContain("The tides of Lindhaven");
    expect((await ask(otherBoss, harbour)).content).not.toContain("tides");
  });

  test("a source for a role is used in private answers to people with it", async () => {
    const sailor = scene.fake.world.addUser("sailor");
    scene.fake.world.join(scene.guild, sailor, [crew]);
    await run("source-add", { link: "https://page.example/crew", role: crew });
    expect((await ask(sailor, scene.channel, { private: true })).content).toContain("page.example/crew".replace("/", "/"));
    expect((await ask(sailor, scene.channel)).content).not.toContain("page.example");
    expect((await ask(scene.person, scene.channel, { private: true })).content).not.toContain("page.example");
  });

  test.each([
    [{ link: "/etc/passwd" }, "is not a link"],
    [{ link: "file:///etc/passwd" }, "is not a link"],
    [{ link: "corpus" }, "is not a link"],
    [{}, "either a link or a file"],
    [{ file: { filename: "big.pdf", size: 17_000_000, url: "https://x.example/big.pdf" } }, "I read up to 16 MB"],
    [{ hidden: "alpha" }, "is not hidden here"],
  ])("source-add %j gets a clear line", async (options, expected) => {
    expect((await run("source-add", options)).content).toContain(expected);
  });
});

test("a common document is hidden in one server: in answers, sources, help, quotes and choices", async () => {
  const before = await ask(scene.person, scene.channel);
  expect((await run("source-remove", { document: "beta" })).content).toContain("Hidden in this server");
  expect((await ask(scene.person, scene.channel)).content).not.toContain("beta");
  expect((await done(scene.fake.slash(scene.person, scene.channel, "sources"))).content).toContain("1 to 1 of 1");
  expect((await done(scene.fake.slash(scene.person, scene.channel, "help"))).content).not.toContain("2 documents");
  const quotesId = before.components.flatMap((row) => row["components"] as Json[])[0]?.["custom_id"];
  expect((await done(scene.fake.press(scene.person, before, String(quotesId)))).content).toContain("no longer among those");
  const typed = scene.fake.autocomplete(scene.person, scene.channel, "ask", "publisher", "coast");
  expect((await until("choices", () => typed.acknowledged)).data["choices"]).toEqual([]);
  const mention = scene.fake.say(scene.person, scene.channel, scene.mention("what of it?"));
  const reply = await until("an answer", () =>
    scene.fake.botMessages(scene.channel).find(({ replyTo }) => replyTo === mention.id),
  );
  expect(reply.content).not.toContain("beta");
  // elsewhere nothing has changed, nor after a restart here
  expect((await ask(otherBoss, harbour)).content).toContain("beta");
  await scene.restart();
  expect((await ask(scene.person, scene.channel)).content).not.toContain("beta");
  expect(await choices(boss, scene.channel, "source-add", "hidden", "beta")).toMatchObject([{ value: "beta" }]);
  await run("source-add", { hidden: "beta" });
  expect((await ask(scene.person, scene.channel)).content).toContain("beta");
});

describe("where and for whom", () => {
  test("outside of the named channels there is a private line and no answer", async () => {
    const { fake, person, guild, channel } = scene;
    const open = fake.world.addChannel(guild, "ask-here");
    expect((await run("channels", { add: open.id })).content).toContain(`<#${open.id}>`);
    const count = scene.briefing.asked.length;
    const refused = await ask(person, channel);
    expect(refused.content).toContain(`I answer only in <#${open.id}>`);
    expect(refused.ephemeralFor).toBe(person.id);
    const said = fake.say(person, channel, scene.mention("what of it?"));
    const direct = await until("a private line", () =>
      [...fake.world.messages.values()].find(
        ({ content, channelId }) => channelId !== channel.id && content.includes("I answer only in"),
      ),
    );
    expect(fake.world.channels.get(direct.channelId)?.recipientId).toBe(person.id);
    expect(fake.botMessages(channel).some(({ replyTo }) => replyTo === said.id)).toBe(false);
    expect(scene.briefing.asked).toHaveLength(count);
    const typed = fake.autocomplete(person, channel, "ask", "publisher", "coast");
    expect((await until("choices", () => typed.acknowledged)).data["choices"]).toEqual([]);
    // help and one's own data are never closed; threads count as their channel; other servers are not concerned
    expect((await done(fake.slash(person, channel, "help"))).content).toContain("/ask");
    expect((await ask(person, open)).content).toContain("[1]");
    const thread = fake.world.addChannel(guild, "thread", { type: 11, parentId: open.id });
    expect((await ask(person, thread)).content).toContain("[1]");
    expect((await ask(otherBoss, harbour)).content).toContain("[1]");
    await run("channels", { everywhere: true });
    expect((await ask(person, channel)).content).toContain("[1]");
  });

  test("only people with a named role are answered", async () => {
    await run("roles", { add: crew });
    const refused = await ask(scene.person, scene.channel);
    expect(refused.content).toContain(`<@&${crew}>`);
    expect(refused.ephemeralFor).toBe(scene.person.id);
    const sailor = scene.fake.world.addUser("second sailor");
    scene.fake.world.join(scene.guild, sailor, [crew]);
    expect((await ask(sailor, scene.channel)).content).toContain("[1]");
    expect((await run("roles", { remove: crew })).content).toContain("everyone");
    expect((await ask(scene.person, scene.channel)).content).toContain("[1]");
  });

  test("a change that names nothing gets a clear line", async () => {
    expect((await run("channels")).content).toContain("Nothing to change was named");
    expectGoodManners(scene.fake);
  });
});

describe("what it may cost", () => {
  const variables = { MODEL: "openai:large", OPENAI_API_KEY: "k", BUDGET_USD_SERVER_DAY: "5" };
  const withModel = async (
    more: Record<string, string>,
    then: (paid: Scene, budget: Budgeting) => Promise<void>,
  ): Promise<void> => {
    const paid = await createScene(undefined, { ...variables, ...more });
    const keeper = paid.fake.world.addUser("keeper");
    paid.fake.world.join(paid.guild, keeper, [paid.fake.world.addRole(paid.guild, "k", PermissionFlagsBits.ManageGuild).id]);
    const budget: Budgeting = async (options) =>
      (await responseTo(paid, paid.fake.slash(keeper, paid.channel, "config budget", options))).content;
    try {
      await then(paid, budget);
    } finally {
      await paid.close();
    }
  };
  type Budgeting = (options: Json) => Promise<string>;

  test("a server sets its ceilings within the operator's, and who asks carries them", () =>
    withModel({ MODEL_PRICES: "openai:large=1/1" }, async (paid, budget) => {
      expect(await budget({ server: 2.5, person: 0.1 })).toContain("$2.5 a day for this server, $0.1 a day for each person");
      expect(await budget({ server: 6 })).toContain("allows a server $5 a day");
      expect(await budget({ person: -1 })).toContain("must be an amount");
      expect(await budget({})).toContain("Nothing to change was named");
      await paid.restart();
      await responseTo(paid, paid.fake.slash(paid.person, paid.channel, "ask", { question: "What of the quay?" }));
      expect(paid.briefing.asked.at(-1)?.options.ceilings).toEqual({ server: 2.5, person: 0.1 });
      expect(await budget({ server: 0 })).toContain("$5 a day for this server, $0.1 a day for each person");
    }));

  test("they hold for what it schedules, and for reading that before", () =>
    withModel({ MODEL_PRICES: "openai:large=1/1" }, async (paid, budget) => {
      const carried: DigestOptions["ceilings"][] = [];
      const { news } = paid.briefing;
      paid.briefing.news = (options) => {
        carried.push(options.ceilings);
        return news(options);
      };
      await budget({ server: 2.5, person: 0.1 });
      const keeper = [...paid.fake.world.users.values()].find(({ username }) => username === "keeper");
      if (keeper === undefined) throw new Error("no keeper");
      const time = paid.clock.now().toISOString().slice(11, 16);
      const options = { channel: paid.channel.id, time, timezone: "UTC" };
      const told = await responseTo(paid, paid.fake.slash(keeper, paid.channel, "digest schedule", options));
      const id = /`([0-9a-f]{6})`/.exec(told.content)?.[1];
      await responseTo(paid, paid.fake.slash(keeper, paid.channel, "digest preview", { id }));
      paid.clock.advance(86_400_000);
      await paid.bot.deliverDue();
      expect(carried).toEqual([
        { server: 2.5, person: 0.1 },
        { server: 2.5, person: 0.1 },
      ]);
    }));

  test("no ceiling is taken that could not be kept", async () => {
    expect((await run("budget", { server: 1 })).content).toContain("no language model");
    await withModel({ MODEL: "openai:unheard-of", BUDGET_USD_SERVER_DAY: "" }, async (_paid, budget) =>
      expect(await budget({ server: 1 })).toContain("price of my language model is not known"),
    );
  });
});
