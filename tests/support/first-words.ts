// Questions at once to a bot whose language model is slow: when each asker first sees words, what they say, and what stands there in the end.
// The real chain of reading, finding and answering behind a fake Discord; the model is the one thing that is made up.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createApp } from "../../src/app.ts";
import { startDiscordBot } from "../../src/deliver/discord/bot.ts";
import { Failure } from "../../src/failure.ts";
import type { LanguageModel } from "../../src/models/language-model.ts";
import { loadSettings } from "../../src/settings.ts";
import { expectGoodManners, quietLog } from "./discord-scene.ts";
import { startFakeDiscord } from "./fake-discord/fake-discord.ts";
import { FIRST_ANSWER_MS } from "./fake-discord/interactions.ts";
import type { FakeMessage } from "./fake-discord/world.ts";
import { newsMonth } from "./news-month.ts";
import { until } from "./until.ts";

export interface Shown {
  /** From the question to the first words, to what is being read, and to the answer. */
  firstMs: number;
  readingMs: number;
  answerMs: number;
  /** All that ever stood there, in order. */
  texts: string[];
  messages: number;
  /** The machine was too busy to acknowledge in time, so there is nothing to write words into. */
  late: boolean;
}

export interface FirstWordsOptions {
  /** How long a model writes, or until when; null without a model. */
  model: number | (() => Promise<void>) | null;
  /** Told whenever something new is shown. */
  onShown?: (shown: readonly Shown[]) => void;
  slash: number;
  mentions: number;
}

/** Takes its time, and then has trouble: whatever the answer is made of, it stands there in quotations. */
const slowModel = (writes: number | (() => Promise<void>)): LanguageModel => ({
  name: "scripted:slow",
  async generate({ signal }) {
    await (typeof writes === "number" ? sleep(writes, undefined, signal === undefined ? {} : { signal }) : writes());
    throw new Failure("model_failed", "scripted:slow has trouble.", "Ask again later.");
  },
});

export async function askAtOnce({ model, slash, mentions, onShown }: FirstWordsOptions): Promise<Shown[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "first-words-"));
  const corpus = path.join(folder, "corpus");
  mkdirSync(corpus);
  const items = newsMonth(1).slice(0, 60);
  for (const { id, title, publisher, day, text } of items) {
    const front = `---\ntitle: ${JSON.stringify(title)}\npublisher: ${publisher}\npublished: 2025-10-${String(day + 1).padStart(2, "0")}\n---\n\n`;
    writeFileSync(path.join(corpus, `${id}.md`), front + text);
  }
  const fake = await startFakeDiscord();
  const guild = fake.world.addGuild("Harbour");
  const given = loadSettings({
    CORPUS_DIR: corpus,
    INDEX_DIR: path.join(folder, "index"),
    DISCORD_TOKEN: fake.token,
    DISCORD_API_URL: fake.apiUrl,
  });
  const settings = { ...given, model: model === null ? null : "scripted:slow" };
  const app = createApp(settings, { log: quietLog, model: model === null ? null : slowModel(model) });
  await app.briefing.ingest([]);
  const { briefing, clock } = app;
  await briefing.coverage();
  const bot = await startDiscordBot({ settings, briefing, state: await app.state(), clock, log: quietLog });
  try {
    const asks = Array.from({ length: slash + mentions }, (_, at) => {
      const person = fake.world.addUser(`reader-${at}`);
      fake.world.join(guild, person);
      return { person, channel: fake.world.addChannel(guild, `channel-${at}`), question: questionOn(items[at * 3]?.title ?? "") };
    });
    const began = performance.now();
    const watched = asks.map(({ person, channel, question }, at) => {
      const interaction = at < slash ? fake.slash(person, channel, "ask", { question }) : null;
      if (interaction === null) fake.say(person, channel, `<@${fake.world.botUser.id}> ${question}`);
      return {
        channel,
        person,
        interaction,
        shown: { firstMs: 0, readingMs: 0, answerMs: 0, texts: [] as string[], messages: 0, late: false },
      };
    });
    await until(
      "every answer",
      () => {
        for (const { channel, person, interaction, shown } of watched) {
          shown.late = interaction?.acknowledged === null && performance.now() - began > FIRST_ANSWER_MS;
          const all = fake.botMessages(channel, person).filter(({ deferred, content }) => !deferred && content !== "");
          const text = all.map(({ content }: FakeMessage) => content).join("\n");
          shown.messages = all.length;
          if (text === "" || text === shown.texts.at(-1)) continue;
          if (shown.texts.length === 0) shown.firstMs = performance.now() - began;
          if (shown.readingMs === 0 && text.includes("Reading")) shown.readingMs = performance.now() - began;
          shown.texts.push(text);
          if (/\*\*Sources\*\*|do not answer/.test(text)) shown.answerMs = performance.now() - began;
        }
        onShown?.(watched.map(({ shown }) => shown));
        return watched.every(({ shown }) => shown.answerMs > 0);
      },
      120_000,
    );
    expectGoodManners(fake);
    return watched.map(({ shown }) => shown);
  } finally {
    await bot.stop();
    await briefing.close();
    await fake.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const questionOn = (title: string): string => `What is reported about this: ${title}?`;

/** The duration that 95 of a hundred stay under. */
export function p95(durations: readonly number[]): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
