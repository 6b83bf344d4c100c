// Starting: tokens, intents, starts left, registration by difference, doctor's checks.
import { readFileSync } from "node:fs";
import path from "node:path";
import { PermissionFlagsBits } from "discord.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import { startDiscordBot } from "../../../src/deliver/discord/bot.ts";
import { discordChecks } from "../../../src/deliver/discord/discord-checks.ts";
import { createIdentifyThrottle, createRest } from "../../../src/deliver/discord/gateway/connection.ts";
import { registerCommands } from "../../../src/deliver/discord/registration.ts";
import { createServerBook } from "../../../src/deliver/discord/server-settings.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { scheduleOf } from "../../contracts/digest-contract.ts";
import { discordSettings, quietLog } from "../../support/discord-scene.ts";
import { startFakeDiscord, type FakeDiscord } from "../../support/fake-discord/fake-discord.ts";
import { createMemoryState } from "../../support/memory-state.ts";
import { createScriptedBriefing } from "../../support/scripted-briefing.ts";

let fake: FakeDiscord;
beforeEach(async () => {
  fake = await startFakeDiscord();
});
afterEach(() => fake.close());

const start = (more: Record<string, string> = {}) => {
  const state = createMemoryState();
  return startDiscordBot({
    settings: discordSettings(fake, more),
    briefing: createScriptedBriefing(state),
    state,
    clock: systemClock,
    log: quietLog,
  });
};

describe("a start that cannot work says why and what to do", () => {
  test("a wrong token", async () => {
    await expect(start({ DISCORD_TOKEN: "wrong" })).rejects.toMatchObject({
      code: "discord_token_wrong",
      hint: expect.stringContaining("discord.com/developers") as unknown,
    });
    expect(fake.gateway.opened).toEqual([]);
  });

  test.each([
    [4014, "discord_intents"],
    [4013, "discord_intents"],
    [4004, "discord_token_wrong"],
  ])("refused with %i", async (code, expected) => {
    fake.gateway.refuseIdentifyWith = code;
    await expect(start()).rejects.toMatchObject({ code: expected });
    expect(fake.gateway.opened).toHaveLength(1);
  });

  test("no starts left today", async () => {
    fake.startsLeft = 3;
    await expect(start()).rejects.toMatchObject({ code: "discord_starts_spent" });
    expect(fake.gateway.opened).toEqual([]);
  });

  test("nobody at the address", async () => {
    await expect(start({ DISCORD_API_URL: "http://127.0.0.1:9/api" })).rejects.toMatchObject({ code: "discord_unreachable" });
  });
});

test("the bot asks for no privileged intent", async () => {
  const bot = await start();
  expect(fake.gateway.opened.map((each) => each.intents)).toEqual([(1 << 0) | (1 << 9) | (1 << 12)]);
  await bot.stop();
  await bot.done;
});

test("when the day's connections are nearly used up, the next one waits, whoever used them", async () => {
  const attempt = (): Promise<void> =>
    createIdentifyThrottle(createRest(discordSettings(fake)), quietLog).waitForIdentify(0, AbortSignal.timeout(500));
  await attempt();
  fake.startsLeft = 19;
  await expect(attempt()).rejects.toMatchObject({ name: "AbortError" });
});

describe("registration", () => {
  test("writes once, then nothing, then only a difference", async () => {
    const settings = discordSettings(fake);
    expect(await registerCommands(settings, true)).toMatchObject({
      written: false,
      added: expect.arrayContaining(["ask", "help"]) as unknown,
    });
    expect(fake.commands.writes).toBe(0);
    expect(await registerCommands(settings, false)).toMatchObject({ written: true, scope: "global" });
    expect(await registerCommands(settings, false)).toMatchObject({ written: false, added: [], changed: [], removed: [] });
    expect(fake.commands.writes).toBe(1);
    const ids = fake.commands.list(null).map((command) => command["id"]);
    fake.commands.put(
      null,
      fake.commands.list(null).map((command) => ({ ...command, description: "old" })),
    );
    expect(await registerCommands(settings, false)).toMatchObject({
      written: true,
      changed: expect.arrayContaining(["ask"]) as unknown,
    });
    expect(fake.commands.list(null).map((command) => command["id"])).toEqual(ids);
    expect(fake.rest.problems).toEqual([]);
  });

  test("a server id registers there only", async () => {
    const guild = fake.world.addGuild("Harbour");
    const settings = discordSettings(fake, { DISCORD_GUILD_ID: guild.id });
    expect(await registerCommands(settings, false)).toMatchObject({ scope: `server ${guild.id}`, written: true });
    expect(fake.commands.list(null)).toEqual([]);
    expect(fake.commands.list(guild.id).length).toBeGreaterThan(3);
  });
});

describe("doctor", () => {
  const checks = (more: Record<string, string> = {}) =>
    discordChecks({ settings: discordSettings(fake, more), clock: systemClock, state: createMemoryState() });

  test("names what is wrong and the fix", async () => {
    expect(await checks({ DISCORD_TOKEN: "wrong" })).toEqual([
      {
        name: "discord token",
        ok: false,
        detail: expect.stringContaining("DISCORD_TOKEN") as unknown,
        fix: expect.stringContaining(".env") as unknown,
      },
    ]);
    const fresh = await checks();
    expect(fresh.find((check) => check.name === "discord commands")).toMatchObject({
      ok: false,
      fix: expect.stringContaining("register") as unknown,
    });
    await registerCommands(discordSettings(fake), false);
    expect((await checks()).filter((check) => !check.ok)).toEqual([]);
  });

  test("what the bot is missing in a channel that a server named, and channels that are gone", async () => {
    const guild = fake.world.addGuild("Harbour");
    const [open, mute, gone] = ["open", "mute", "gone"].map((name) => fake.world.addChannel(guild, name));
    if (open === undefined || mute === undefined || gone === undefined) throw new Error("no channels");
    mute.overwrites.push({ id: fake.world.botUser.id, type: 1, allow: 0n, deny: PermissionFlagsBits.SendMessages });
    fake.world.channels.delete(gone.id);
    const state = createMemoryState();
    const found = async (channels: string[]) => {
      const servers = createServerBook(state);
      await servers.change(guild.id, (old) => ({ ...old, channels }));
      const all = await discordChecks({ settings: discordSettings(fake), clock: systemClock, state });
      return all.find(({ name }) => name === "discord channels");
    };
    expect(await found([])).toMatchObject({ ok: true });
    expect(await found([open.id])).toMatchObject({ ok: true, detail: expect.stringContaining("1 named") as unknown });
    const troubled = await found([open.id, mute.id, gone.id]);
    expect(troubled).toMatchObject({ ok: false, fix: expect.stringContaining("/config channels") as unknown });
    expect(troubled?.detail).toContain("in #mute the bot is missing Send Messages");
    expect(troubled?.detail).toContain(`channel ${gone.id} is gone`);
    expect(troubled?.detail).not.toContain("#open");
  });

  test("where a digest cannot be posted: rights, gone, archived; those that are paused are told of elsewhere", async () => {
    const guild = fake.world.addGuild("Harbour");
    const me = fake.world.botUser.id;
    const mute = fake.world.addChannel(guild, "mute");
    mute.overwrites.push({ id: me, type: 1, allow: 0n, deny: PermissionFlagsBits.SendMessages });
    const open = fake.world.addChannel(guild, "open");
    open.overwrites.push({ id: me, type: 1, allow: 0n, deny: PermissionFlagsBits.SendMessagesInThreads });
    const thread = (name: string, parentId: string, archived = false) =>
      fake.world.addChannel(guild, name, { type: 11, parentId, archived });
    const channels = [open, mute, thread("talk", mute.id), thread("closed", open.id), thread("old", mute.id, true)];
    const state = createMemoryState();
    for (const { id, name } of channels) await state.digests.saveSchedule(scheduleOf(name, { guildId: guild.id, channelId: id }));
    await state.digests.saveSchedule(scheduleOf("lost", { guildId: guild.id, channelId: "999" }));
    await state.digests.saveSchedule(scheduleOf("left", { guildId: "998", channelId: open.id }));
    await state.digests.saveSchedule(scheduleOf("paused", { guildId: guild.id, channelId: mute.id, paused: true }));
    const all = await discordChecks({ settings: discordSettings(fake), clock: systemClock, state });
    const found = all.find(({ name }) => name === "digest channels");
    expect(found).toMatchObject({ ok: false, fix: expect.stringContaining("/digest remove") as unknown });
    expect(found?.detail.split("; ")).toEqual([
      "digest mute: in #mute the bot is missing Send Messages",
      "digest closed: in #closed the bot is missing Send Messages in Threads",
      "digest old: in #old, a thread, nothing can be posted: it is archived or locked",
      "digest lost: channel 999 is gone",
      "digest left: the bot is no longer in its server",
    ]);
    for (const { id } of await state.digests.schedules()) if (id !== "open") await state.digests.removeSchedule(id);
    const mended = await discordChecks({ settings: discordSettings(fake), clock: systemClock, state });
    expect(mended.find(({ name }) => name === "digest channels")).toMatchObject({ ok: true });
  });

  test("a right that is only wished for is a remark, and the invitation asks for all of them, as README does", async () => {
    const guild = fake.world.addGuild("Harbour");
    const plain = fake.world.addChannel(guild, "plain");
    plain.overwrites.push({ id: fake.world.botUser.id, type: 1, allow: 0n, deny: PermissionFlagsBits.AttachFiles });
    const state = createMemoryState();
    await createServerBook(state).change(guild.id, (old) => ({ ...old, channels: [plain.id] }));
    const all = await discordChecks({ settings: discordSettings(fake), clock: systemClock, state });
    expect(all.find(({ name }) => name === "discord channels")).toMatchObject({
      ok: true,
      detail: expect.stringMatching(/#plain, without Attach Files/) as unknown,
    });
    const invite = all.find(({ name }) => name === "discord application")?.detail ?? "";
    const [, asked = "0"] = /permissions=(\d+)/.exec(invite) ?? [];
    const { ViewChannel, SendMessages, SendMessagesInThreads, ReadMessageHistory, AttachFiles } = PermissionFlagsBits;
    expect(BigInt(asked)).toBe(ViewChannel | SendMessages | SendMessagesInThreads | ReadMessageHistory | AttachFiles);
    expect(readFileSync(path.join(PROJECT_ROOT, "README.md"), "utf8")).toContain(`permissions=${asked}\``);
  });

  test("a clock that is wrong", async () => {
    const late = { now: () => new Date(Date.now() - 60_000) };
    const found = await discordChecks({ settings: discordSettings(fake), clock: late, state: createMemoryState() });
    expect(found.find((check) => check.name === "clock")).toMatchObject({
      ok: false,
      detail: expect.stringContaining("behind") as unknown,
    });
  });
});
