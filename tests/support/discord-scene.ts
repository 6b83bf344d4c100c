// A fake Discord with one server and a person in it, and the bot connected in this process: the stage of the Discord tests.
import { pino } from "pino";
import { expect } from "vitest";
import { startDiscordBot, type DiscordBot } from "../../src/deliver/discord/bot.ts";
import { type ModelCounts, noCounts } from "../../src/models/language-model.ts";
import { loadSettings, type Settings } from "../../src/settings.ts";
import type { StateStore } from "../../src/stores/state.ts";
import { startFakeDiscord, type FakeDiscord } from "./fake-discord/fake-discord.ts";
import type { FakeInteraction } from "./fake-discord/interactions.ts";
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser, Json } from "./fake-discord/world.ts";
import { createMemoryState } from "./memory-state.ts";
import { createScriptedBriefing, type ScriptedBriefing } from "./scripted-briefing.ts";
import { until } from "./until.ts";

export interface Scene {
  fake: FakeDiscord;
  guild: FakeGuild;
  channel: FakeChannel;
  person: FakeUser;
  state: StateStore;
  briefing: ScriptedBriefing;
  settings: Settings;
  /** What the metrics tell of language models. */
  counts: ModelCounts;
  clock: { now(): Date; advance(ms: number): void };
  bot: DiscordBot;
  /** Starts another bot on the same state, after the first was stopped. */
  restart(): Promise<void>;
  /** `<@bot> text` */
  mention(text: string): string;
  close(): Promise<void>;
}

export const quietLog = pino({ level: "silent" });

export function discordSettings(fake: FakeDiscord, more: Record<string, string> = {}): Settings {
  return loadSettings({ DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl, ...more });
}

export async function createScene(
  prepare?: (scene: { fake: FakeDiscord; guild: FakeGuild; channel: FakeChannel }) => void,
  variables: Record<string, string> = {},
): Promise<Scene> {
  const fake = await startFakeDiscord();
  const guild = fake.world.addGuild("Harbour");
  const channel = fake.world.addChannel(guild, "news");
  const person = fake.world.addUser("ada");
  fake.world.join(guild, person);
  prepare?.({ fake, guild, channel });
  const state = createMemoryState();
  const counts = noCounts();
  const briefing = createScriptedBriefing(state);
  const settings = discordSettings(fake, variables);
  let offset = 0;
  const clock = {
    now: () => new Date(Date.now() + offset),
    advance(ms: number) {
      offset += ms;
      fake.advance(ms);
    },
  };
  const start = (): Promise<DiscordBot> => startDiscordBot({ settings, briefing, state, clock, log: quietLog, counts });
  const scene: Scene = {
    fake,
    guild,
    channel,
    person,
    state,
    counts,
    briefing,
    settings,
    clock,
    bot: await start(),
    async restart() {
      await scene.bot.stop();
      scene.bot = await start();
    },
    mention: (text) => `<@${fake.world.botUser.id}> ${text}`,
    async close() {
      await scene.bot.stop();
      await fake.close();
    },
  };
  return scene;
}

/** The house's own rules for everything that was sent, over what Discord demands: no ping, no preview, nonces, no refused body. */
export function expectGoodManners(fake: FakeDiscord): void {
  expect(fake.rest.problems).toEqual([]);
  for (const { method, path, body } of fake.rest.requests) {
    const isMessage = /\/messages(\/|$)|^\/webhooks\//.test(path) && method !== "GET" && method !== "DELETE";
    const data = isMessage ? body : path.endsWith("/callback") && body?.["type"] === 4 ? (body["data"] as Json) : null;
    if (data === null) continue;
    expect(data["allowed_mentions"]).toEqual({ parse: [] });
    expect(Number(data["flags"]) & 4).toBe(4);
    if (method === "POST") {
      expect(data["enforce_nonce"]).toBe(true);
      expect(String(data["nonce"]).length).toBeGreaterThan(8);
    }
  }
  for (const message of fake.world.messages.values()) {
    if (message.author.id !== fake.world.botUser.id) continue;
    expect(message.pings).toEqual({ everyone: false, users: [], roles: [] });
    expect(message.previews).toEqual([]);
  }
}

/** What an answer of several messages says as a whole. */
export function wholeText(messages: readonly FakeMessage[]): string {
  return messages.map((message) => message.content).join("\n");
}

/** What the interaction got as an answer, once it is one. */
export function responseTo({ fake }: Scene, interaction: FakeInteraction): Promise<FakeMessage> {
  return until("the interaction is answered", () => {
    const message = fake.world.messages.get(interaction.responseId ?? "");
    return message !== undefined && !message.deferred && message.content !== "" ? message : null;
  });
}

/** The troubles of round after round of a long run: lost connections, rate limits, errors, answers that are lost. Waits for the line. */
export async function troubleInRound(fake: FakeDiscord, round: number): Promise<void> {
  if (round % 4 === 1) fake.gateway.drop(0);
  if (round % 4 === 2) fake.gateway.drop(4000);
  if (round % 5 === 3) fake.rest.faults.push({ method: "POST", path: /\/messages$/, kind: "rate-limit", amount: 0.1, times: 1 });
  if (round % 5 === 4) fake.rest.faults.push({ path: /@original$/, kind: "error", times: 1 });
  if (round % 5 === 2) fake.rest.faults.push({ method: "POST", path: /\/messages$/, kind: "drop-after", times: 1 });
  // interactions need a listener within three seconds; messages wait for the resume
  await until("connected", () => fake.gateway.connected);
}
