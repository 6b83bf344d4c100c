import { PermissionFlagsBits } from "discord.js";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
// When digests come and where they cannot, with the bot in this process and a clock that the test sets.
import { QUOTED } from "../../../src/briefings/written-parts.ts";
import type { Digest } from "../../../src/results.ts";
import type { DigestSchedule } from "../../../src/stores/digests.ts";
import { scheduleOf } from "../../contracts/digest-contract.ts";
import { createScene, type Scene } from "../../support/discord-scene.ts";
import type { FakeChannel } from "../../support/fake-discord/world.ts";
import { scriptedDocument, sourceOf } from "../../support/scripted-briefing.ts";

let scene: Scene;
let told = 0;

/** Each digest has something to tell. */
function news(date: string): Digest {
  told += 1;
  const source = sourceOf(scriptedDocument(`note-${told}`));
  const sentence = { text: source.quote, citations: [1], check: { supported: true, score: 1, method: "verbatim" } };
  const item = { headline: `Note ${told}`, sentences: [sentence], outlets: [], documents: [`note-${told}`], earlier: null };
  const items = [{ ...item, disagreements: [], opinions: [] }];
  return { date, zone: "UTC", status: "ready", items, corrections: [], sources: [source], warnings: [], ...QUOTED };
}

beforeAll(async () => {
  scene = await createScene();
  scene.briefing.news = ({ zone = "UTC" }) => news(scene.clock.now().toLocaleDateString("sv", { timeZone: zone }));
}, 30_000);
afterEach(async () => {
  for (const { id } of await scene.state.digests.schedules()) await scene.state.digests.removeSchedule(id);
});
afterAll(() => scene.close());

/** What comes when the bot looks at this moment. */
async function at(instant: string, channel: FakeChannel = scene.channel): Promise<string[]> {
  const before = scene.fake.botMessages(channel).length;
  scene.clock.advance(Date.parse(instant) - scene.clock.now().getTime());
  await scene.bot.deliverDue();
  return scene.fake
    .botMessages(channel)
    .slice(before)
    .map(({ content }) => /Digest \w+ · (\S+)/.exec(content)?.[1] ?? content);
}
const save = (more: Partial<DigestSchedule>): Promise<void> =>
  scene.state.digests.saveSchedule(
    scheduleOf("a", { guildId: scene.guild.id, channelId: scene.channel.id, createdBy: scene.guild.ownerId, ...more }),
  );
const now = (): DigestSchedule["since"] => scene.clock.now().toISOString();

describe("time", () => {
  test("a clock that goes back by an hour tells nothing twice, one that goes forward leaves nothing out", async () => {
    await save({ at: "08:00", zone: "UTC", since: "2031-06-01T00:00:00.000Z" });
    expect(await at("2031-06-01T08:00:05Z")).toEqual(["2031-06-01"]);
    expect(await at("2031-06-01T07:00:05Z")).toEqual([]);
    expect(await at("2031-06-01T08:00:05Z")).toEqual([]);
    expect(await at("2031-06-02T07:30:00Z")).toEqual([]);
    expect(await at("2031-06-02T08:30:00Z")).toEqual(["2031-06-02"]);
  });

  test("days on which clocks change: a time that is skipped, a time that comes twice", async () => {
    await save({ at: "02:30", zone: "Europe/Berlin", since: "2031-03-29T12:00:00.000Z" });
    expect(await at("2031-03-30T00:59:00Z")).toEqual([]);
    expect(await at("2031-03-30T01:00:05Z")).toEqual(["2031-03-30"]);
    expect(await at("2031-03-30T01:40:00Z")).toEqual([]);
    await save({ at: "02:30", zone: "Europe/Berlin", since: "2031-10-25T12:00:00.000Z" });
    expect(await at("2031-10-26T00:30:05Z")).toEqual(["2031-10-26"]);
    expect(await at("2031-10-26T01:30:05Z")).toEqual([]);
    expect(await at("2031-10-27T01:30:05Z")).toEqual(["2031-10-27"]);
  });

  test("29 February is a day like any other", async () => {
    await save({ at: "08:00", zone: "UTC", since: "2032-02-28T00:00:00.000Z" });
    const days = ["2032-02-28", "2032-02-29", "2032-03-01"];
    for (const day of days) expect(await at(`${day}T08:00:05Z`)).toEqual([day]);
  });

  test("another time or zone between two runs: once a local day, from the change on", async () => {
    await save({ at: "08:00", zone: "UTC", since: "2032-05-01T00:00:00.000Z" });
    expect(await at("2032-05-01T08:00:05Z")).toEqual(["2032-05-01"]);
    // later on the same day: it has had its digest
    await save({ at: "10:00", zone: "UTC", since: now() });
    expect(await at("2032-05-01T10:00:05Z")).toEqual([]);
    expect(await at("2032-05-02T10:00:05Z")).toEqual(["2032-05-02"]);
    // there it is the third already
    await save({ at: "08:00", zone: "Pacific/Kiritimati", since: now() });
    expect(await at("2032-05-02T18:00:05Z")).toEqual(["2032-05-03"]);
    // and here the third once more, which has been told
    await save({ at: "08:00", zone: "America/Los_Angeles", since: now() });
    expect(await at("2032-05-03T15:00:05Z")).toEqual([]);
    expect(await at("2032-05-04T15:00:05Z")).toEqual(["2032-05-04"]);
  });

  test("a missed hour is made up once within six hours; later it is skipped and the next says so", async () => {
    await save({ at: "08:00", zone: "UTC", since: "2032-07-01T00:00:00.000Z" });
    expect(await at("2032-07-01T13:59:00Z")).toEqual(["2032-07-01"]);
    expect(await at("2032-07-01T14:30:00Z")).toEqual([]);
    expect(await at("2032-07-02T14:00:05Z")).toEqual([]);
    expect(await at("2032-07-03T08:00:05Z")).toEqual(["2032-07-03"]);
    const messages = scene.fake.botMessages(scene.channel).map(({ content }) => content);
    expect(messages.at(-1)).toContain("Skipped, as I was not running in time");
    expect(await at("2032-07-04T08:00:05Z")).toEqual(["2032-07-04"]);
    expect(scene.fake.botMessages(scene.channel).at(-1)?.content).not.toContain("Skipped");
  });
});

describe("trouble", () => {
  const thread = (archived: boolean) =>
    scene.fake.world.addChannel(scene.guild, "talk", { type: 11, parentId: scene.channel.id, archived });

  test.each<[string, RegExp, () => FakeChannel]>([
    ["an archived thread", /archived or locked/, () => thread(true)],
    [
      "a deleted channel",
      /gone/,
      () => {
        const channel = scene.fake.world.addChannel(scene.guild, "short-lived");
        scene.fake.world.channels.delete(channel.id);
        return channel;
      },
    ],
    [
      "a channel in which the bot may not write",
      /may not write/,
      () => {
        const deny = PermissionFlagsBits.SendMessages;
        const overwrites = [{ id: scene.fake.world.botUser.id, type: 1 as const, allow: 0n, deny }];
        return scene.fake.world.addChannel(scene.guild, "mute", { overwrites });
      },
    ],
  ])("%s pauses its digest, tells who scheduled it once, and no other is held up", async (_name, why, make) => {
    const bad = make();
    const day = `2033-01-${String((told % 27) + 1).padStart(2, "0")}`;
    await save({ id: "bad", channelId: bad.id, at: "08:00", zone: "UTC", since: `${day}T00:00:00.000Z` });
    await save({ id: "good", at: "08:00", zone: "UTC", since: `${day}T00:00:00.000Z` });
    expect(await at(`${day}T08:00:05Z`)).toEqual([day]);
    expect(await scene.state.digests.schedule("bad")).toMatchObject({
      paused: true,
      trouble: expect.stringMatching(why) as string,
    });
    expect(await scene.state.digests.schedule("good")).toMatchObject({ paused: false });
    const notices = () =>
      [...scene.fake.world.messages.values()].filter(
        ({ content }) => content.startsWith("Your digest bad ") && why.test(content),
      );
    expect(notices()).toHaveLength(1);
    await scene.bot.deliverDue();
    expect(notices()).toHaveLength(1);
  });
});
