// Several bots on one PostgreSQL database and one fake Discord with 30 servers: 300 digests due at the same minute, first with one, two and three
// processes in peace, then with three of which one is killed with -9 again and again. Every part must stand in its channel exactly once.
// DATABASE_URL names the server; each scene has a schema of its own, which goes with it. Build and run:
//   npm run --silent briefing -- doctor; npx esbuild tests/benchmarks/digest-fleet.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/digest-fleet.mjs
//   DATABASE_URL=postgres://… node dist/digest-fleet.mjs [digests, 300 by default]
import { spawnSync } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_ROOT } from "../../src/project.ts";
import { openPostgresState } from "../../src/stores/postgres/postgres-stores.ts";
import { scheduleOf } from "../contracts/digest-contract.ts";
import { botHome, startBot, type BotProcess } from "../support/bot-process.ts";
import { startFakeDiscord } from "../support/fake-discord/fake-discord.ts";
import { serverPlace } from "../support/postgres-places.ts";
import { until } from "../support/until.ts";

const DIGESTS = Number(process.argv[2] ?? 300);
const SERVERS = 30;
const KILLS = 8;
const address = process.env["DATABASE_URL"] ?? "";
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const notes = "quay tunnel ferry school market tram bridge lamp court harvest clinic choir"
  .split(" ")
  .map((matter, at): [string, string] => [
    `${matter}.md`,
    `---\ntitle: ${matter}\npublisher: Paper ${at}\nurl: https://paper-${at}.example/${matter}\n---\nThe new ${matter} of Lind${"aeiouy"[at % 6]}${matter} opened on Friday after ${at + 3} years of work, the mayor said. Some ${at + 20} people came to see the ${matter} and stayed until the evening.\n`,
  ]);

async function scene(processes: number, kills: number): Promise<void> {
  const place = serverPlace(address);
  const { url } = place.fresh();
  const home = botHome(Object.fromEntries(notes));
  const env = { PATH: process.env["PATH"], HOME: home, DATABASE_URL: url, CORPUS_DIR: path.join(home, "corpus") };
  const ingest = spawnSync(process.execPath, [path.join(PROJECT_ROOT, "dist/cli.js"), "ingest"], { cwd: home, env });
  if (ingest.status !== 0) throw new Error(ingest.stderr.toString());
  const fake = await startFakeDiscord();
  const state = await openPostgresState({ url });
  const guilds = Array.from({ length: SERVERS }, (_, at) => fake.world.addGuild(`Harbour ${at}`));
  const channels = Array.from({ length: DIGESTS }, (_, at) => {
    const guild = guilds[at % SERVERS];
    if (guild === undefined) throw new Error("no server");
    return { guild, channel: fake.world.addChannel(guild, `news-${at}`) };
  });
  const due = new Date(Date.now() - 600_000);
  for (const [at, { guild, channel }] of channels.entries())
    await state.digests.saveSchedule(
      scheduleOf(`s${at}`, {
        guildId: guild.id,
        channelId: channel.id,
        at: due.toISOString().slice(11, 16),
        zone: "UTC",
        createdBy: guild.ownerId,
        since: new Date(due.getTime() - 7_200_000).toISOString(),
      }),
    );
  const start = (number: number): BotProcess =>
    startBot(fake, home, { DATABASE_URL: url, DISCORD_SHARDS: `${number}/${processes}` });
  const bots = Array.from({ length: processes }, (_, number) => start(number));
  const ended: BotProcess[] = [];
  try {
    await Promise.all(bots.map((bot) => bot.live()));
    const began = performance.now();
    const left = async (): Promise<number> => {
      const runs = await Promise.all(channels.map(async (_, at) => (await state.digests.runs(`s${at}`, 1))[0]?.status));
      return runs.filter((status) => status !== "sent").length;
    };
    const killing = (async () => {
      for (let kill = 0; kill < kills && (await left()) > 0; kill += 1) {
        await sleep(500 + Math.random() * 2500);
        const victim = Math.floor(Math.random() * processes);
        const bot = bots[victim];
        if (bot === undefined) continue;
        await bot.end("SIGKILL");
        ended.push(bot);
        bots[victim] = start(victim);
      }
    })();
    await until("all digests are sent", async () => (await left()) === 0, 900_000);
    const took = ((performance.now() - began) / 1000).toFixed(1);
    await killing;
    let [parts, wrong] = [0, 0];
    for (const [at, { channel }] of channels.entries()) {
      const [run] = await state.digests.runs(`s${at}`, 1);
      const marks = (await state.digests.parts(`s${at}`, run?.date ?? "")).map(({ text }) => text.split("\n").at(-1) ?? text);
      const messages = fake.botMessages(channel);
      parts += marks.length;
      const once = marks.every((mark) => messages.filter(({ content }) => content.endsWith(mark)).length === 1);
      if (!once || marks.length === 0 || messages.length !== marks.length) wrong += 1;
    }
    say(
      `${processes} process${processes === 1 ? "" : "es"}, ${ended.length} kills: ${DIGESTS} digests, ${parts} messages in ${took} s; ${wrong} channels wrong; ${fake.rest.problems.length} problems`,
    );
  } finally {
    await Promise.all(bots.map((bot) => bot.end("SIGKILL")));
    await state.close();
    await fake.close();
    await place.close();
  }
}

for (const processes of [1, 2, 3]) await scene(processes, 0);
await scene(3, KILLS);
process.exit(0);
