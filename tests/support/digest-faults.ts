// One digest, one fault, the real bot as a process: what stands in the channel afterwards. For a short test and a long command.
import path from "node:path";
import { openStateStore } from "../../src/stores/sqlite/state-store.ts";
import { scheduleOf } from "../contracts/digest-contract.ts";
import { botHome, startBot, type BotProcess } from "./bot-process.ts";
import { startFakeDiscord } from "./fake-discord/fake-discord.ts";
import type { Fault } from "./fake-discord/rest.ts";
import { until } from "./until.ts";

export const FAULTS = [
  "none",
  "lost before",
  "lost after",
  "500",
  "429",
  "kill in request",
  "kill after stored",
  "kill early",
  "two",
] as const;
export type FaultKind = (typeof FAULTS)[number];

const HOUR_MS = 3_600_000;

/** Messages of the digest in the channel when all is done: 1 is right, 0 is missing, more is told twice. */
export async function deliverUnder(fault: FaultKind, random: () => number): Promise<number> {
  const fake = await startFakeDiscord();
  const guild = fake.world.addGuild("Harbour");
  const channel = fake.world.addChannel(guild, "news");
  const home = botHome({ "quay.md": "---\ntitle: Quay\n---\nThe new quay at Lindhaven opened for freighters on Friday.\n" });
  const bots: BotProcess[] = [];
  const posts = { method: "POST", path: new RegExp(`/channels/${channel.id}/messages`) };
  const add = (more: Pick<Fault, "kind" | "times"> & Partial<Fault>): void => void fake.rest.faults.push({ ...posts, ...more });
  const tried = (): boolean => fake.rest.requests.some(({ method, path: to }) => method === "POST" && posts.path.test(to));
  const stored = (): number => fake.botMessages(channel).filter(({ content }) => content.includes("part 1 of")).length;
  const start = (): BotProcess => {
    const bot = startBot(fake, home);
    bots.push(bot);
    return bot;
  };
  const state = await openStateStore({ folder: path.join(home, "index") });
  try {
    const due = new Date(Date.now() - HOUR_MS);
    const since = new Date(due.getTime() - 2 * HOUR_MS).toISOString();
    const at = due.toISOString().slice(11, 16);
    await state.digests.saveSchedule(
      scheduleOf("a", { guildId: guild.id, channelId: channel.id, at, zone: "UTC", createdBy: guild.ownerId, since }),
    );
    if (fault === "lost before") add({ kind: "drop-before", times: 1 + Math.floor(random() * 2) });
    if (fault === "lost after" || fault === "kill after stored") add({ kind: "drop-after", times: 1 });
    if (fault === "500") add({ kind: "error", times: 1 + Math.floor(random() * 2) });
    if (fault === "429") add({ kind: "rate-limit", times: 1, amount: 0.3 });
    if (fault === "kill in request") add({ kind: "delay", times: 1, amount: 100 + random() * 300 });
    let bot = start();
    if (fault === "two") start();
    if (fault.startsWith("kill")) {
      if (fault === "kill early") await new Promise((resolve) => setTimeout(resolve, 400 + random() * 1600));
      else await until("the request", () => (fault === "kill in request" ? tried() : stored() > 0), 45_000);
      await bot.end("SIGKILL");
      bot = start();
    }
    await until(
      `the digest is done; the bot said ${bot.output()}`,
      async () => (await state.digests.runs("a", 1))[0]?.status === "sent",
      45_000,
    );
    return stored();
  } finally {
    await Promise.all(bots.map((bot) => bot.end("SIGKILL")));
    await state.close();
    await fake.close();
  }
}
