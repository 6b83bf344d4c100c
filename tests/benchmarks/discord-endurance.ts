// The real bot as a process against the fake Discord, for long: questions over lost connections and refused requests, each answered once,
// its memory measured after a full collection; then random acts of two servers in search of a leak. Build and run:
//   npm run --silent briefing -- --help   (so that dist/ is there)
//   npx esbuild tests/benchmarks/discord-endurance.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/discord-endurance.mjs
//   node dist/discord-endurance.mjs [questions, 500 by default] [acts, 500 by default]
import { readFileSync } from "node:fs";
import { PermissionFlagsBits } from "discord.js";
import { WebSocket } from "ws";
import { botHome, startBot, type BotProcess } from "../support/bot-process.ts";
import { troubleInRound } from "../support/discord-scene.ts";
import { startFakeDiscord, type FakeDiscord } from "../support/fake-discord/fake-discord.ts";
import type { FakeInteraction } from "../support/fake-discord/interactions.ts";
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser } from "../support/fake-discord/world.ts";
import { ACTS, responseOf, walkAround, type Member } from "../support/leak-walk.ts";
import { randomFrom } from "../support/news-month.ts";
import { until } from "../support/until.ts";

const [questions = 500, acts = 500] = process.argv.slice(2).map(Number);
const ROUND = 25;
/** A question: one answer with its sources that is not let go of would be more. */
const LEAK_BYTES = 5000;
const TOPICS = ["quay", "ferry", "market", "library", "bridge", "school", "theatre", "station"];
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const CORPUS = Object.fromEntries(
  TOPICS.map((topic, at) => [
    `${topic}.md`,
    `---\ntitle: News of the ${topic}\npublisher: The Harbour Post\npublished: 2025-03-${10 + at}\nurl: https://harbour.example/${topic}\ngenre: report\n---\nThe ${topic} at Lindhaven opened again on ${10 + at} March 2025. The work on the ${topic} cost ${20 + at} million crowns, the town said.\n`,
  ]),
);

const faults = [...(await soak(questions)), ...(await leaks(acts))];
say(faults.length === 0 ? "all well" : faults.join("\n"));
process.exit(faults.length === 0 ? 0 : 1);

async function soak(count: number): Promise<string[]> {
  const { fake, bot, member } = await scene(["--inspect=127.0.0.1:0"]);
  const { user, channel } = member;
  const memory = await memoryOf(bot);
  const samples: { questions: number; heap: number; rss: number }[] = [];
  const asked: { mentions: FakeMessage[]; commands: FakeInteraction[] } = { mentions: [], commands: [] };
  const settled = (): boolean =>
    asked.commands.every(({ responseId }) => (fake.world.messages.get(responseId ?? "")?.content ?? "").includes("[1]")) &&
    new Set(repliesIn(fake, channel).map(({ replyTo }) => replyTo)).size === asked.mentions.length;
  const began = Date.now();
  for (let round = 0; round * ROUND < count; round += 1) {
    await troubleInRound(fake, round);
    for (let index = 0; index < ROUND; index += 1) {
      const topic = TOPICS[(round + index) % TOPICS.length];
      const question = `What did the work on the ${topic} cost?`;
      if (index % 2 === 0) asked.mentions.push(fake.say(user, channel, `<@${fake.world.botUser.id}> ${question}`));
      else asked.commands.push(fake.slash(user, channel, "ask", { question }));
    }
    await until(`round ${round} is answered`, settled, 120_000);
    samples.push({ questions: (round + 1) * ROUND, ...(await memory.measure()) });
  }
  const seconds = (Date.now() - began) / 1000;
  memory.close();
  await bot.end("SIGTERM");
  const replies = repliesIn(fake, channel);
  const resumes = fake.gateway.opened.filter(({ kind }) => kind === "resume").length;
  const identifies = fake.gateway.opened.length - resumes;
  const warm = samples.slice(Math.min(4, Math.floor(samples.length / 2)));
  const slope = { heap: slopeOf(warm, "heap"), rss: slopeOf(warm, "rss") };
  say(`${samples.length * ROUND} questions in ${seconds.toFixed(0)} s, ${resumes} resumes, ${identifies} identify`);
  for (const { questions: at, heap, rss } of samples.filter((_, index) => index % 4 === 3 || index === 0))
    say(`  after ${at}: heap ${megabytes(heap)} after collection, resident ${megabytes(rss)}`);
  say(
    `  slope after warming up: heap ${(slope.heap / 1000).toFixed(1)} kB, resident ${(slope.rss / 1000).toFixed(1)} kB a question`,
  );
  await fake.close();
  return [
    ...(replies.length === asked.mentions.length ? [] : [`${asked.mentions.length} mentions, ${replies.length} replies`]),
    ...(fake.botMessages(channel).length === samples.length * ROUND ? [] : ["more messages than questions"]),
    ...(identifies === 1 ? [] : [`${identifies} identifies`]),
    // compiled code settles over the first thousand questions, and discord.js keeps what it knows of an interaction's token for an hour
    ...(slope.heap >= LEAK_BYTES ? ["the heap grows"] : []),
    ...fake.rest.problems,
  ];
}

async function leaks(count: number): Promise<string[]> {
  const { fake, bot, guild, member, south } = await scene();
  const [harbour] = [...fake.world.channels.values()].filter(({ guildId }) => guildId === south.id);
  if (harbour === undefined) throw new Error("no channel in the second server");
  const crew = fake.world.addRole(guild, "crew").id;
  const join = (name: string, into: FakeGuild, held: string[]): FakeUser => {
    const user = fake.world.addUser(name);
    fake.world.join(into, user, held);
    return user;
  };
  const keepers = (into: FakeGuild): string => fake.world.addRole(into, "keepers", PermissionFlagsBits.ManageGuild).id;
  const [northKeepers, southKeepers] = [keepers(guild), keepers(south)];
  const sailor = join("sailor", guild, [crew]);
  const direct = fake.world.addChannel(null, "direct", { recipientId: sailor.id });
  const boss = { user: join("boss", guild, [northKeepers]), guild, channel: member.channel };
  const other = { user: join("other boss", south, [southKeepers]), guild: south, channel: harbour };
  const members: Member[] = [
    { ...member, guild, roles: [], manages: null },
    { user: sailor, guild, channel: member.channel, roles: [crew], manages: null },
    { user: join("cy", south, []), guild: south, channel: harbour, roles: [], manages: null },
    { user: sailor, guild: null, channel: direct, roles: [], manages: null },
    { ...boss, roles: [northKeepers], manages: [crew] },
    { ...other, roles: [southKeepers], manages: [] },
  ];
  const canaries = new Map<string, string>();
  const add = async ({ user, channel }: typeof boss, scope: string, role?: string): Promise<void> => {
    const canary = `canary${canaries.size}q`;
    canaries.set(canary, scope);
    const text = `---\ntitle: ${canary} minutes\npublisher: ${canary} press\npublished: 2025-04-0${canaries.size}\n---\nThe secret word of the harbour committee at Lindhaven is ${canary}. The committee chose the word ${canary} on ${canaries.size} April 2025.\n`;
    const file = fake.attach(`${canary}.md`, text);
    const options = { file, ...(role === undefined ? {} : { role }) };
    const { content } = await responseOf(fake, fake.slash(user, channel, "config source-add", options));
    if (!content.includes("1 document")) throw new Error(content);
  };
  for (let turn = 0; turn < 2; turn += 1) {
    await add(boss, `guild:${guild.id}`);
    await add(other, `guild:${south.id}`);
    await add(boss, `role:${crew}`, crew);
  }
  const choices = fake.autocomplete(boss.user, boss.channel, "config source-remove", "document", TOPICS[0] ?? "");
  const { data } = await until("choices", () => choices.acknowledged);
  const [{ value }] = data["choices"] as [{ value: string }];
  await responseOf(fake, fake.slash(boss.user, boss.channel, "config source-remove", { document: value }));
  const random = randomFrom(7);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const began = Date.now();
  const found = await walkAround(
    fake,
    Array.from({ length: count }, () => ({ member: pick(members), act: pick(ACTS) })),
    {
      secrets: { canaries, hidden: { word: `News of the ${TOPICS[0]}`, guildId: guild.id } },
      question: "What is the secret word of the harbour committee at Lindhaven?",
      documents: (scopes, { guild: where }) =>
        TOPICS.length -
        (where?.id === guild.id ? 1 : 0) +
        [...canaries.values()].filter((scope) => scopes.includes(scope)).length,
    },
  );
  await bot.end("SIGTERM");
  await fake.close();
  const unseen = [...canaries.keys()].filter((canary) => !found.shown.includes(canary));
  say(
    `${count} random acts in ${((Date.now() - began) / 1000).toFixed(0)} s (${found.skipped} had nothing to act on): ${found.leaks.length} words in the wrong place, ${canaries.size - unseen.length} of ${canaries.size} canaries seen in the right one`,
  );
  return [...found.leaks, ...unseen.map((canary) => `${canary} was never seen`), ...fake.rest.problems];
}

async function scene(nodeOptions: string[] = []) {
  const fake = await startFakeDiscord();
  const guild = fake.world.addGuild("Harbour");
  const channel = fake.world.addChannel(guild, "news");
  const user = fake.world.addUser("ada");
  fake.world.join(guild, user);
  const south = fake.world.addGuild("South");
  fake.world.addChannel(south, "harbour");
  const bot = startBot(fake, botHome(CORPUS), {}, nodeOptions);
  await bot.live();
  const member = { user, channel };
  await until("everything is read", async () => {
    const { content } = await responseOf(fake, fake.slash(user, channel, "sources"));
    return content.includes(`of ${TOPICS.length}`);
  });
  return { fake, bot, guild, south, member };
}

function repliesIn(fake: FakeDiscord, channel: FakeChannel): FakeMessage[] {
  return fake.botMessages(channel).filter(({ replyTo, content }) => replyTo !== null && content.includes("[1]"));
}

/** The process's heap after a full collection, over its inspector, and what the system says it holds. */
async function memoryOf(bot: BotProcess) {
  const url = await until("an inspector", () => /ws:\/\/\S+/.exec(bot.output())?.[0]);
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.once("open", resolve));
  let count = 0;
  const call = async (method: string): Promise<Record<string, number>> => {
    count += 1;
    const id = count;
    const answer = new Promise<Record<string, number>>((resolve) => {
      const listen = (data: Buffer): void => {
        const reply = JSON.parse(data.toString()) as { id: number; result: Record<string, number> };
        if (reply.id !== id) return;
        socket.off("message", listen);
        resolve(reply.result);
      };
      socket.on("message", listen);
    });
    socket.send(JSON.stringify({ id, method }));
    return answer;
  };
  return {
    async measure() {
      await call("HeapProfiler.collectGarbage");
      const { usedSize = 0 } = await call("Runtime.getHeapUsage");
      const [, resident = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${bot.child.pid}/status`, "utf8")) ?? [];
      return { heap: usedSize, rss: Number(resident) * 1024 };
    },
    close: () => socket.close(),
  };
}

/** Bytes a question, by least squares. */
function slopeOf(samples: readonly { questions: number; heap: number; rss: number }[], kind: "heap" | "rss"): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ questions: at }) => at)), mean(samples.map((sample) => sample[kind]))];
  const spread = samples.reduce((sum, { questions: at }) => sum + (at - x) ** 2, 0);
  return samples.reduce((sum, sample) => sum + (sample.questions - x) * (sample[kind] - y), 0) / spread;
}
