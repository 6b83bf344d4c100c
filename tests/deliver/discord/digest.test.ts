import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
// /digest as people meet it, and the scheduler behind it, with the bot in this process and a clock that the test moves.
import { QUOTED } from "../../../src/briefings/written-parts.ts";
import { readDays } from "../../../src/deliver/discord/commands/digest-command.ts";
import type { Digest } from "../../../src/results.ts";
import { createScene, expectGoodManners, type Scene } from "../../support/discord-scene.ts";
import type { FakeInteraction } from "../../support/fake-discord/interactions.ts";
import type { FakeChannel, FakeMessage, FakeUser, Json } from "../../support/fake-discord/world.ts";
import { scriptedDocument, sourceOf } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
let owner: FakeUser;
let other: FakeChannel;
let foreign: FakeChannel;
let sent = 0;

function news(date: string): Digest {
  sent += 1;
  const source = sourceOf(scriptedDocument(`quay-${sent}`));
  return {
    date,
    zone: "UTC",
    status: "ready",
    items: Array.from({ length: 12 }, (_, at) => ({
      headline: `Quay ${sent}.${at} opens @everyone`,
      sentences: [{ text: source.quote, citations: [1], check: { supported: true, score: 1, method: "verbatim" } }],
      outlets: ["The Harbour Post"],
      documents: [`quay-${sent}-${at}`],
      earlier: null,
      disagreements: [],
      opinions: [],
    })),
    corrections: [],
    sources: [source],
    warnings: [],
    ...QUOTED,
  };
}

const nothing = (date: string, zone: string): Digest => ({
  date,
  zone,
  status: "nothing_new",
  items: [],
  corrections: [],
  sources: [],
  warnings: [],
  ...QUOTED,
});

beforeAll(async () => {
  scene = await createScene(({ fake, guild }) => {
    other = fake.world.addChannel(guild, "other");
    foreign = fake.world.addChannel(fake.world.addGuild("Elsewhere"), "abroad");
  });
  const found = scene.fake.world.users.get(scene.guild.ownerId);
  if (found === undefined) throw new Error("no owner");
  owner = found;
}, 30_000);
afterEach(async () => {
  for (const { id } of await scene.state.digests.schedules()) await scene.state.digests.removeSchedule(id);
});
afterAll(() => scene.close());

const answered = (interaction: FakeInteraction): Promise<FakeMessage> =>
  until("the interaction is answered", () => {
    const message = scene.fake.world.messages.get(interaction.responseId ?? "");
    return message !== undefined && !message.deferred && message.content !== "" ? message : null;
  });

const say = async (name: string, options: Json = {}, user = owner): Promise<string> =>
  (await answered(scene.fake.slash(user, scene.channel, `digest ${name}`, options))).content;

/** Messages of schedules in the channel, without answers to commands. */
const posted = (channel: FakeChannel): FakeMessage[] =>
  scene.fake.botMessages(channel).filter(({ interactionId }) => interactionId === null);

const hour = (): string => scene.clock.now().toISOString().slice(11, 16);
const schedule = async (channel: FakeChannel, more: Json = {}): Promise<string> => {
  const told = await say("schedule", { channel: channel.id, time: hour(), timezone: "UTC", ...more });
  return /`([0-9a-f]{6})`/.exec(told)?.[1] ?? told;
};
/** A day, and some hours, later. */
const day = (hours = 0): Promise<void> => {
  scene.clock.advance(86_400_000 + hours * 3_600_000);
  return scene.bot.deliverDue();
};

describe("commands", () => {
  test.each([
    ["an unknown zone", { time: "08:00", timezone: "Europe/Berlinn" }, /not known[^]*Europe\/Berlin/],
    ["25:00", { time: "25:00", timezone: "UTC" }, /not a time of day/],
    ["days that are none", { time: "08:00", timezone: "UTC", days: "someday" }, /not days/],
    ["a topic of 2,000 characters", { time: "08:00", timezone: "UTC", topic: "x".repeat(2000) }, /up to 200/],
  ])("%s gets a clear answer and schedules nothing", async (_name, options, expected) => {
    expect(await say("schedule", { channel: scene.channel.id, ...options })).toMatch(expected);
    expect(await scene.state.digests.schedules()).toEqual([]);
  });

  test("a channel of another server, and a person who may not, are refused", async () => {
    expect(await say("schedule", { channel: foreign.id, time: "08:00", timezone: "UTC" })).toContain(
      "not a text channel of this server",
    );
    expect(await say("list", {}, scene.person)).toContain("Manage Server");
  });

  test("zones are offered while one types", async () => {
    const asked = scene.fake.autocomplete(owner, scene.channel, "digest", "timezone", "berl");
    const choices = await until("choices", () => asked.acknowledged?.data["choices"] as { value: string }[] | undefined);
    expect(choices[0]?.value).toBe("Europe/Berlin");
  });

  test("a server has at most 25; the same channel and topic again changes the one that is there", async () => {
    for (let at = 0; at < 25; at += 1)
      expect(
        await say("schedule", { channel: other.id, time: "08:00", timezone: "Asia/Tokyo", topic: `matter ${at}` }),
      ).toContain("Scheduled");
    expect(await say("schedule", { channel: other.id, time: "08:00", timezone: "UTC", topic: "one more" })).toContain(
      "25 is the most",
    );
    expect(await say("schedule", { channel: other.id, time: "09:30", timezone: "Asia/Tokyo", topic: "matter 3" })).toContain(
      "Changed",
    );
    expect(await say("list")).toMatch(/09:30 \(Asia\/Tokyo\), on matter 3/);
    for (const { id } of await scene.state.digests.schedules()) expect(await say("remove", { id })).toContain("Removed");
    expect(await say("list")).toContain("No digest is scheduled");
  }, 60_000);

  test("days are read as people write them", () => {
    expect(readDays("mon-fri")).toEqual(["mon", "tue", "wed", "thu", "fri"]);
    expect(readDays("Saturday, sun")).toEqual(["sat", "sun"]);
    expect(readDays("fri-mon")).toEqual(["mon", "fri", "sat", "sun"]);
    expect(readDays(" daily ")).toEqual([]);
  });
});

describe("the schedule", () => {
  test("comes once a day; nothing new is said once; what was missed for long is skipped and said so", async () => {
    const id = await schedule(scene.channel);
    scene.briefing.news = () => news("2031-03-01");
    expect(await say("list")).toContain(id);
    await day();
    const text = posted(scene.channel)
      .map(({ content }) => content)
      .join("\n");
    expect(text.match(/Quay 1\.\d/g)).toHaveLength(10);
    expect(text).toContain("and 2 more");
    const count = posted(scene.channel).length;
    await scene.bot.deliverDue();
    expect(posted(scene.channel)).toHaveLength(count);

    scene.briefing.news = ({ date = "2031-03-02", zone = "UTC" }) => nothing(date, zone);
    await day();
    expect(posted(scene.channel)).toHaveLength(count + 1);
    expect(posted(scene.channel).at(-1)?.content).toContain("Nothing new");
    await day();
    expect(posted(scene.channel)).toHaveLength(count + 1);
    expect((await scene.state.digests.runs(id, 9)).map(({ status }) => status)).toEqual(["sent", "sent", "sent"]);

    scene.briefing.news = () => news("2031-03-06");
    await day(7);
    expect(posted(scene.channel)).toHaveLength(count + 1);
    await day(-7);
    expect(posted(scene.channel).length).toBeGreaterThan(count + 1);
    expect(posted(scene.channel)[count + 1]?.content).toContain("Skipped, as I was not running");
    expect(await say("remove", { id })).toContain("Removed");
    expectGoodManners(scene.fake);
  }, 120_000);

  test("a channel that takes nothing pauses its digest with a notice, and no other", async () => {
    const bad = await schedule(other);
    const good = await schedule(scene.channel);
    const before = posted(scene.channel).length;
    scene.fake.rest.faults.push({
      method: "POST",
      path: new RegExp(`/channels/${other.id}/messages`),
      kind: "refuse",
      times: 1,
      status: 403,
    });
    await day();
    await until("the good one comes", () => posted(scene.channel).length > before, 20_000);
    const direct = await until(
      "the notice",
      () => [...scene.fake.world.messages.values()].find(({ content }) => content.includes(`Your digest ${bad}`)),
      20_000,
    );
    expect(direct.content).toContain("is paused");
    const list = await say("list");
    expect(list).toMatch(/paused: I may not write there/);
    expect(list).toContain(good);
    expect(await say("resume", { id: bad })).toContain("Resumed");
    expect(await scene.state.digests.schedule(bad)).toMatchObject({ paused: false, trouble: null });
  }, 60_000);
});

describe("what was told is put right", () => {
  const corrected = (document: string, id: string, scope: string | null = null): void => {
    scene.briefing.corrected.push({
      id,
      document,
      kind: "corrected",
      noticed: scene.clock.now().toISOString(),
      text: "The Harbour Post has corrected “Quay” @everyone.",
      sentences: [
        { text: "Correction: it has three cranes.", citations: [], check: { supported: true, score: 1, method: "verbatim" } },
      ],
      before: "It has two cranes.",
      scope,
    });
  };
  const replies = (channel: FakeChannel): FakeMessage[] =>
    posted(channel).filter(({ content }) => content.includes("**Correction**"));

  test("once a channel, silently, as a reply to the message that told it, also after a restart", async () => {
    const told = news("2031-04-01");
    scene.briefing.news = () => told;
    await schedule(scene.channel);
    await schedule(other, { topic: "quay" });
    await day();
    const [first, last] = [`quay-${sent}-0`, `quay-${sent}-9`];
    const mine = posted(scene.channel).filter(({ content }) => content.includes(`Quay ${sent}.`));
    corrected(first, "aaaaaaaaaaaa");
    corrected(last, "bbbbbbbbbbbb");
    corrected("never told", "cccccccccccc");
    corrected(first, "dddddddddddd", "guild:elsewhere");
    await scene.bot.deliverDue();
    await scene.restart();
    await scene.bot.deliverDue();
    expect(replies(scene.channel).map(({ replyTo }) => mine.find(({ id }) => id === replyTo)?.content)).toEqual([
      expect.stringContaining(`Quay ${sent}.0 `),
      expect.stringContaining(`Quay ${sent}.9 `),
    ]);
    expect(replies(other)).toHaveLength(2);
    expect(replies(scene.channel)[0]?.content).toMatch(/it has three cranes[^]*before: “It has two cranes\.”/);
    expect(Number(replies(scene.channel)[0]?.flags) & 4096).toBe(4096);
    expectGoodManners(scene.fake);
  }, 60_000);

  test("not while the digest is paused, and of a deleted message as a message of its own", async () => {
    const id = await schedule(scene.channel);
    scene.briefing.news = () => news("2031-04-10");
    await day();
    const before = replies(scene.channel).length;
    const told = posted(scene.channel).filter(({ content }) => content.includes(`Quay ${sent}.0 `));
    for (const message of told) scene.fake.world.messages.delete(message.id);
    corrected(`quay-${sent}-0`, "eeeeeeeeeeee");
    await say("pause", { id });
    await scene.bot.deliverDue();
    expect(replies(scene.channel)).toHaveLength(before);
    await say("resume", { id });
    await scene.bot.deliverDue();
    expect(replies(scene.channel)).toHaveLength(before + 1);
    expect(replies(scene.channel).at(-1)?.replyTo).toBeNull();
    await say("remove", { id });
  }, 60_000);
});

describe("what does not fit, and nothing new", () => {
  const press = async (message: FakeMessage | undefined): Promise<FakeMessage> => {
    const [button] = (message?.components ?? []).flatMap((row) => row["components"] as Json[]);
    expect(button?.["label"]).toBe("Show the others");
    return answered(scene.fake.press(scene.person, message as FakeMessage, String(button?.["custom_id"])));
  };

  test("a button shows the others to whoever presses it, after a restart too", async () => {
    const id = await schedule(scene.channel);
    await day();
    const message = posted(scene.channel).at(-1);
    await scene.restart();
    const shown = await press(message);
    expect(shown.ephemeralFor).toBe(scene.person.id);
    expect(shown.content).toContain(`Quay ${sent}.10 `);
    expect(shown.content).toContain(`Quay ${sent}.11 `);
    expect(shown.content).not.toContain(`Quay ${sent}.9 `);
    await say("remove", { id });
    expect((await press(message)).content).toContain("no longer have the rest");
    const now = await answered(scene.fake.slash(owner, scene.channel, "digest now", {}));
    const parts = scene.fake.botMessages(scene.channel).filter(({ interactionId }) => interactionId === now.interactionId);
    expect((await press(parts.find(({ components }) => components.length > 0))).content).toContain(`Quay ${sent}.10 `);
    expectGoodManners(scene.fake);
  }, 60_000);

  test("one that is to be quiet says nothing where there is nothing, and what was skipped with the next news", async () => {
    const id = await schedule(scene.channel, { quiet: true });
    expect(await say("list")).toContain("silent without news");
    const count = posted(scene.channel).length;
    scene.briefing.news = ({ date = "2031-05-02", zone = "UTC" }) => nothing(date, zone);
    await day();
    await day(7);
    await day(-7);
    expect(posted(scene.channel)).toHaveLength(count);
    expect((await scene.state.digests.runs(id, 9)).map(({ status }) => status)).toEqual(["sent", "skipped", "sent"]);
    scene.briefing.news = () => news("2031-05-06");
    await day();
    expect(posted(scene.channel)[count]?.content).toContain("Skipped, as I was not running");
    await say("remove", { id });
  }, 60_000);
});
