// `npm start` and `chat`: what runs for long. With a token the bot goes live at once and indexes in the background.
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "./app.ts";
import { renderIngest } from "./deliver/render/render-records.ts";
import { chat, type ChatDeps } from "./deliver/terminal/chat.ts";
import { type Output, plain, progressLine } from "./deliver/terminal/output.ts";
import { Failure } from "./failure.ts";
import { keepFresh } from "./ingest/sources/keep-fresh.ts";

/** Nobody waits longer than this for vectors: until they are there, passages are found by their words. */
const VECTORS_WITHIN_MS = 1_500;
/** A first reading that takes longer keeps no digest waiting. */
const INDEXED_WITHIN_MS = 10 * 60_000;

/** Runs the surface until it ends, closes the app, and gives the exit code. */
export async function startSurface(kind: "start" | "chat", app: App, terminal: Omit<ChatDeps, "briefing">): Promise<number> {
  try {
    const { output } = terminal;
    if (kind === "start" && app.settings.discordToken !== null) return await runBot(app, output);
    await indexCorpus(app, output);
    // a small corpus is complete by the first question
    await Promise.race([app.briefing.embed().catch(() => undefined), sleep(VECTORS_WITHIN_MS, undefined, { ref: false })]);
    if (kind === "start")
      output.notice(
        "No DISCORD_TOKEN is set, so this is a chat in the terminal. README.md, “Going live on Discord”, says how to go live.",
      );
    return await chat({ briefing: app.briefing, ...terminal });
  } finally {
    await app.briefing.close();
  }
}

async function runBot(app: App, output: Output): Promise<number> {
  const { startDiscordBot } = await import("./deliver/discord/bot.ts");
  const bot = await startDiscordBot({ ...app, state: await app.state() });
  output.notice(`Live on Discord as ${bot.name}, in ${bot.servers} server${bot.servers === 1 ? "" : "s"}. Ctrl-C ends.`);
  const stop = new AbortController();
  const indexing = indexCorpus(app, output, stop.signal).catch((cause: unknown) => {
    if (stop.signal.aborted) return;
    app.log.error({ err: cause }, "the corpus could not be indexed");
    output.notice(
      cause instanceof Failure
        ? `${cause.message} ${cause.hint}`
        : "The corpus could not be indexed; the bot answers from what it has.",
    );
  });
  // digests group what is alike, which takes vectors
  const complete = indexing.then(() => app.briefing.embed()).catch(() => undefined);
  void Promise.race([complete, sleep(INDEXED_WITHIN_MS, undefined, { ref: false })]).then(() => bot.keepDelivering());
  const following = indexing.then(() => keepFresh({ ...app, signal: stop.signal }));
  const end = (): void => {
    stop.abort();
    void bot.stop();
  };
  process.once("SIGTERM", end).once("SIGINT", end);
  try {
    await bot.done;
  } finally {
    stop.abort();
    await following;
  }
  return 0;
}

/** Brings the words of the index up to the corpus folder, its vectors behind that, and says in one line what changed; nothing when nothing did. */
async function indexCorpus({ briefing }: App, output: Output, signal?: AbortSignal): Promise<void> {
  const report = await briefing.ingest([], { onProgress: progressLine(output), vectors: "background", signal });
  output.status("");
  if (report.added + report.updated + report.removed + report.failed.length > 0)
    output.notice(renderIngest({ ...report, vectors_pending: 0 }, { plain }));
}
