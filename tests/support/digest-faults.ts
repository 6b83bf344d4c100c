import { spawnSync } from "node:child_process";
// Several digests due at once, the real bot as a process, faults of Discord on every channel and kills at chosen steps: what stands in each
// channel when all is done. For a short test and a long command.
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT_ROOT } from "../../src/project.ts";
import { correctionsOf, type DigestPart, type DigestRun } from "../../src/stores/digests.ts";
import { openStateStore } from "../../src/stores/sqlite/state-store.ts";
import { scheduleOf } from "../contracts/digest-contract.ts";
import { botHome, startBot, type BotProcess } from "./bot-process.ts";
import { startFakeDiscord } from "./fake-discord/fake-discord.ts";
import type { Fault } from "./fake-discord/rest.ts";
import type { FakeChannel } from "./fake-discord/world.ts";
import { randomFrom } from "./news-month.ts";
import { until } from "./until.ts";

/** What happens to the requests of one channel. */
const TROUBLES = ["none", "lost before", "lost after", "500", "429", "slow", "slow answer", "blind"] as const;
/** When a process is killed with -9. */
const STEPS = ["connected", "claimed", "planned", "in request", "stored", "part marked", "any time"] as const;

export interface FaultScene {
  seed: number;
  digests: number;
  /** Fixed for a short test; by the seed without it. */
  kills?: readonly (typeof STEPS)[number][];
  processes?: 1 | 2;
}

export interface FaultOutcome {
  /** What happened, for the report of a failure. */
  story: string;
  /** One line for each part that does not stand in its channel exactly once, and for each message that belongs to none. */
  wrong: string[];
  parts: number;
  kills: string[];
}

const CORRECTION = "Correction: an earlier version named a wrong number of visitors.";
const HOUR_MS = 3_600_000;

/** A folder with an index of enough news for digests of several messages, made once, and the document in it that was corrected. */
let indexed: { home: string; corrected: string } | null = null;
function indexedHome(): { home: string; corrected: string } {
  if (indexed === null) {
    const notes = "quay tunnel ferry school market tram bridge lamp court harvest clinic choir"
      .split(" ")
      .map((matter, at): [string, string] => [
        `${matter}.md`,
        `---\ntitle: ${matter}\npublisher: Paper ${at}\nurl: https://paper-${at}.example/${matter}\n---\nThe new ${matter} of Lind${"aeiouy"[at % 6]}${matter} opened on Friday after ${at + 3} years of work, the mayor said. Some ${at + 20} people came to see the ${matter} and stayed until the evening.\n`,
      ]);
    const [name, text] = notes[0] ?? ["", ""];
    const home = botHome({ ...Object.fromEntries(notes), [name]: `${text}\n${CORRECTION}\n` });
    const cli = (...args: string[]): string => {
      const all = [path.join(PROJECT_ROOT, "dist/cli.js"), ...args, "--corpus", "corpus", "--index", "index", "--json"];
      const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: home, encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      return stdout;
    };
    cli("ingest");
    const { documents } = JSON.parse(cli("documents")) as { documents: { id: string; path: string }[] };
    indexed = { home, corrected: documents.find((each) => each.path === name)?.id ?? "" };
  }
  return indexed;
}

export async function deliverUnder({ seed, digests, kills, processes }: FaultScene): Promise<FaultOutcome> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const fake = await startFakeDiscord();
  const guild = fake.world.addGuild("Harbour");
  const channels = Array.from({ length: digests }, (_, at) => fake.world.addChannel(guild, `news-${at}`));
  const home = mkdtempSync(path.join(tmpdir(), "briefing-faults-"));
  const template = indexedHome();
  cpSync(template.home, home, { recursive: true });
  const state = await openStateStore({ folder: path.join(home, "index") });
  const bots: BotProcess[] = [];
  const story: string[] = [];
  // Discord forgets nonces after minutes: then only looking into the channel helps, and no request may still be on its way
  fake.knowsNonces = random() < 0.6;
  const trouble = (channel: FakeChannel): string => {
    const kind = pick(fake.knowsNonces ? TROUBLES : TROUBLES.filter((each) => each !== "slow"));
    const add = (fault: Pick<Fault, "kind" | "times"> & Partial<Fault>): void =>
      void fake.rest.faults.push({ method: "POST", path: new RegExp(`/channels/${channel.id}/messages`), ...fault });
    const times = 1 + Math.floor(random() * 2);
    if (kind === "lost before") add({ kind: "drop-before", times });
    if (kind === "lost after") add({ kind: "drop-after", times });
    if (kind === "500") add({ kind: "error", times });
    if (kind === "429") add({ kind: "rate-limit", times: 1, amount: 0.2 });
    if (kind === "slow") add({ kind: "delay", times: 2, amount: 50 + random() * 300 });
    if (kind === "slow answer") add({ kind: "delay-after", times: 2, amount: 50 + random() * 300 });
    if (kind === "blind") {
      add({ kind: "drop-after", times: 1 });
      add({ method: "GET", kind: pick(["error", "drop-before", "drop-after"]), times });
    }
    return kind;
  };
  const runOf = async (id: string): Promise<DigestRun | undefined> =>
    (await state.digests.runs(id, 1)).find(({ date }) => date !== "2000-01-01");
  const partsOf = async (id: string): Promise<DigestPart[]> => {
    const run = await runOf(id);
    return run === undefined ? [] : state.digests.parts(id, run.date);
  };
  const ids = channels.flatMap((_, at) => [`s${at}`, correctionsOf(`s${at}`)]);
  const whole = async (): Promise<{ claimed: number; planned: number; marked: number; sent: number }> => {
    const all = { claimed: 0, planned: 0, marked: 0, sent: 0 };
    for (const id of ids) {
      const run = await runOf(id);
      if (run === undefined) continue;
      all.claimed += 1;
      all.planned += run.content === null ? 0 : 1;
      all.sent += run.status === "sent" ? 1 : 0;
      all.marked += (await partsOf(id)).filter(({ messageId }) => messageId !== null).length;
    }
    return all;
  };
  const stored = (): number => channels.reduce((sum, channel) => sum + fake.botMessages(channel).length, 0);
  const posts = (): number =>
    fake.rest.requests.filter(({ method, path: to }) => method === "POST" && to.endsWith("/messages")).length;
  const start = (): BotProcess => {
    const bot = startBot(fake, home);
    bots.push(bot);
    return bot;
  };

  async function killAt(step: (typeof STEPS)[number], running: BotProcess[]): Promise<void> {
    const [opened, requests, messages] = [fake.gateway.opened.length, posts(), stored()];
    const before = await whole();
    const more = 1 + Math.floor(random() * 3);
    const wait = random() * 1800;
    const reached = async (): Promise<boolean> => {
      const now = await whole();
      if (now.sent === ids.length) return true;
      if (step === "connected") return fake.gateway.opened.length > opened;
      if (step === "claimed") return now.claimed > before.claimed;
      if (step === "planned") return now.planned >= Math.min(ids.length, before.planned + more);
      if (step === "in request") return posts() >= requests + more;
      if (step === "stored") return stored() >= messages + more;
      return now.marked >= before.marked + more;
    };
    if (step === "any time") await sleep(wait);
    else await until(`${step}; the bot said ${running.map((bot) => bot.output()).join()}`, reached, 45_000);
    const victim = pick(running);
    await victim.end("SIGKILL");
    running.splice(running.indexOf(victim), 1, start());
    story.push(`killed: ${step}`);
  }

  try {
    for (const [at, { id: channelId }] of channels.entries()) {
      const due = new Date(Date.now() - HOUR_MS * (0.2 + 4 * random()));
      const since = new Date(due.getTime() - 2 * HOUR_MS).toISOString();
      const time = due.toISOString().slice(11, 16);
      await state.digests.saveSchedule(
        scheduleOf(`s${at}`, { guildId: guild.id, channelId, at: time, zone: "UTC", createdBy: guild.ownerId, since }),
      );
    }
    for (const [at, channel] of channels.entries()) {
      // yesterday's digest told what has been corrected since
      const run = { scheduleId: `s${at}`, date: "2000-01-01", due: new Date(Date.now() - 24 * HOUR_MS).toISOString() };
      const content = { until: run.due, nothingNew: false, documents: [template.corrected], inPart: [0] };
      await state.digests.claim(run, "test", run.due, run.due, () => false);
      await state.digests.planParts(run.scheduleId, run.date, content, ["yesterday"]);
      const { id } = fake.say(fake.world.botUser, channel, "yesterday");
      await state.digests.markSent(run.scheduleId, run.date, 0, id);
      await state.digests.finish(run, "sent");
    }
    const notice = { kind: "corrected", before: null, after: CORRECTION, reason: CORRECTION, scope: null } as const;
    await state.saveNotice({ ...notice, document: template.corrected, at: new Date(Date.now() - HOUR_MS).toISOString() });
    story.push(`nonces ${fake.knowsNonces ? "known" : "forgotten"}`, channels.map((channel) => trouble(channel)).join(", "));
    const running = Array.from({ length: processes ?? (random() < 0.3 ? 2 : 1) }, start);
    story.push(`${running.length} processes`);
    const steps = kills ?? Array.from({ length: Math.floor(random() * 5) }, () => pick(STEPS));
    for (const step of steps) await killAt(step, running);
    const done = async (): Promise<boolean> => (await whole()).sent === ids.length;
    await until(`all are done; the bot said ${running.map((bot) => bot.output()).join()}`, done, 90_000);
    const wrong: string[] = [];
    let parts = 0;
    for (const [at, channel] of channels.entries()) {
      const own = [...(await partsOf(`s${at}`)), ...(await partsOf(correctionsOf(`s${at}`)))];
      const marks = own.map(({ text }) => text.split("\n").at(-1) ?? text);
      parts += marks.length;
      const messages = fake.botMessages(channel).filter(({ content }) => content !== "yesterday");
      for (const mark of marks) {
        const found = messages.filter(({ content }) => content.endsWith(mark)).length;
        if (found !== 1) wrong.push(`digest ${at}: ${mark} stands there ${found} times`);
      }
      if (marks.length < 2) wrong.push(`digest ${at}: ${marks.length} parts`);
      if (messages.filter(({ content, replyTo }) => replyTo !== null && content.includes(CORRECTION)).length !== 1)
        wrong.push(`digest ${at}: no correction as a reply`);
      if (messages.length > marks.length) wrong.push(`digest ${at}: ${messages.length} messages for ${marks.length} parts`);
    }
    wrong.push(...fake.rest.problems);
    return { story: story.join("; "), wrong, parts, kills: [...steps] };
  } catch (cause) {
    throw new Error(`seed ${seed}: ${story.join("; ")}`, { cause });
  } finally {
    await Promise.all(bots.map((bot) => bot.end("SIGKILL")));
    await state.close();
    await fake.close();
  }
}
