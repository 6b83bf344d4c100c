// The Discord bot: connects, registers its commands where they differ, hands events to the dispatcher, and stops without leaving anyone
// waiting. The only module that app and entry need; it is loaded when the bot starts, not before.
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  Events,
  GatewayDispatchEvents,
  type APIInteraction,
  type Client,
  type GatewayMessageCreateDispatchData,
} from "discord.js";
import type { Logger } from "pino";
import type { Clock } from "../../clock.ts";
import { type ModelCounts, noCounts } from "../../models/language-model.ts";
import type { Briefing } from "../../results.ts";
import type { Settings } from "../../settings.ts";
import type { StateStore } from "../../stores/state.ts";
import type { Surroundings } from "./command.ts";
import { createComposer } from "./digests/composer.ts";
import { createDelivery } from "./digests/delivery.ts";
import { createDigestScheduler } from "./digests/scheduler.ts";
import { createDispatcher } from "./dispatcher.ts";
import { createFairQueue } from "./fair-queue.ts";
import {
  createClient,
  createRest,
  fatalClose,
  requireStartsLeft,
  requireToken,
  startFailure,
  startsLeft,
} from "./gateway/connection.ts";
import { createOutgoing } from "./gateway/outgoing.ts";
import { missingIn } from "./gateway/places.ts";
import { createMessageIntake } from "./message-intake.ts";
import { registerWith } from "./registration.ts";
import { createServerBook } from "./server-settings.ts";

export type DiscordBot = Awaited<ReturnType<typeof startDiscordBot>>;

/** What may run at once: the models and the index gain nothing from more. */
const LIMITS = { concurrency: 4, aside: 60, waitingPerPerson: 50, waitingInAll: 500 };
/** What is running when the bot is told to stop may take this long, and the last messages this long. */
const GRACE_MS = 10_000;
const FAREWELL_MS = 3_000;
/** An index that does not answer for so long is out of reach for whoever asks how we are. */
const HEALTH_MS = 2_000;

/**
 * Resolves when the bot is connected and answers. Failure when the token is wrong, intents are refused or Discord cannot be reached. `counts` go
 * into the metrics.
 */
export async function startDiscordBot(parts: {
  settings: Settings;
  briefing: Briefing;
  state: StateStore;
  clock: Clock;
  log: Logger;
  counts?: ModelCounts;
}) {
  const { settings, briefing, state, clock, log, counts = noCounts() } = parts;
  const token = requireToken(settings);
  const client = createClient(settings, log);
  const stopping = new AbortController();
  const { signal } = stopping;
  // every question that is being answered listens
  setMaxListeners(0, signal);
  let botId = "";
  const rest = createRest(settings);
  const outgoing = createOutgoing({ rest, clock, log });
  const queue = createFairQueue(LIMITS);
  const servers = createServerBook(state);
  // loaded only where somebody wants the numbers
  const metrics =
    settings.metricsPort === null
      ? null
      : await (
          await import("../metrics.ts")
        ).startMetrics(settings.metricsPort, {
          vitals: () => ({ running: queue.running, waiting: queue.waiting, connected: client.isReady() }),
          models: counts,
          reached: async () => {
            const answered = state.value("health").then(() => true);
            return Promise.race([answered.catch(() => false), sleep(HEALTH_MS, false, { ref: false })]);
          },
        });
  const seen = metrics?.counted(briefing) ?? briefing;
  const shared = { state, clock, log, signal };
  const composer = createComposer(seen, servers, shared);
  const deliver = createDelivery(rest, () => botId, shared);
  const scheduler = createDigestScheduler({ deliver, composer, outgoing }, shared);
  const models = [settings.model, settings.modelSmall, settings.judgeModel].filter((name) => name !== null && name !== "none");
  const context: Surroundings = {
    ...shared,
    whole: seen,
    servers,
    metrics,
    written: settings.model !== null,
    ceilings: models.every((name) => name === null || settings.modelPrices.has(name)) ? settings.budgets : null,
    leaving: new Map(),
    digests: {
      preview: (schedule) => composer.preview(schedule),
      missing: (guildId, channelId) => missingIn(client, guildId, channelId),
    },
  };
  const dispatcher = createDispatcher(outgoing, queue, context);
  const intake = createMessageIntake(client, outgoing, dispatcher, context);
  const underWay = new Set<Promise<void>>();
  const track = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  client.ws
    .on(GatewayDispatchEvents.Ready, (ready: { user: { id: string } }) => {
      botId = ready.user.id;
    })
    .on(GatewayDispatchEvents.InteractionCreate, (event: APIInteraction) => track(dispatcher.interaction(event)))
    .on(GatewayDispatchEvents.MessageCreate, (event: GatewayMessageCreateDispatchData) => track(intake(event, botId)))
    // read ahead, so that how to acknowledge is known without waiting
    .on(GatewayDispatchEvents.GuildCreate, ({ id }: { id: string }) => {
      servers.of(id).catch((cause: unknown) => log.error({ err: cause, server: id }, "a server's settings cannot be read"));
    });
  client
    .on(Events.Error, (cause) => log.error({ err: cause }, "discord.js reports an error"))
    .on(Events.Warn, (text) => log.warn({ text }, "discord.js warns"))
    .on(Events.ShardReconnecting, () => {
      log.info("connection to Discord lost; reconnecting");
      metrics?.gateway("reconnecting");
    })
    .on(Events.ShardResume, () => {
      log.info("connection to Discord resumed");
      metrics?.gateway("resumed");
    })
    .on(Events.ShardError, (cause) => {
      log.warn({ err: cause }, "connection to Discord troubled");
      metrics?.gateway("error");
    });

  const { done, finish } = endOf(client);
  const disconnect = (): Promise<unknown> => Promise.all([client.destroy(), metrics?.close()]);
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    requireStartsLeft(await startsLeft(client.rest.setToken(token)));
    await Promise.race([client.login(token).then(() => ready), done]);
  } catch (cause) {
    await disconnect();
    throw startFailure(cause, settings);
  }
  const { user, guilds } = client;
  if (user === null) throw new Error("connected without a user");
  try {
    log.info(await registerWith(client.rest, user.id, settings.discordGuildId, false), "slash commands checked");
  } catch (cause) {
    // the bot still answers to mentions
    log.error({ err: cause }, "slash commands could not be registered; `briefing register` tries again");
  }
  log.info({ bot: user.username, servers: guilds.cache.size }, "connected to Discord");

  let stopped: Promise<void> | null = null;
  async function stop(): Promise<void> {
    await queue.close(GRACE_MS);
    stopping.abort();
    // those who were told to come back get their message before the line is cut
    await Promise.race([Promise.allSettled(underWay), sleep(FAREWELL_MS, undefined, { ref: false })]);
    await disconnect();
    finish();
  }
  return {
    id: user.id,
    name: user.username,
    servers: guilds.cache.size,
    /** Where the numbers can be read; null where they are not counted. */
    metricsPort: metrics?.port ?? null,
    async deliverDue(): Promise<void> {
      await scheduler.tick();
      await scheduler.tick();
    },
    /** Goes on to do so every few seconds until it is stopped. To be called when the documents are read, or a digest would find nothing new. */
    keepDelivering: () => scheduler.start(),
    /** Takes nothing new, finishes what runs, tells those who wait, and disconnects. Safe to call twice. */
    stop: (): Promise<void> => (stopped ??= stop()),
    /** Resolves after `stop`; rejects with a Failure when Discord ends the connection for good. */
    done,
  };
}

function endOf(client: Client): { done: Promise<void>; finish: () => void } {
  let finish = (): void => {};
  const done = new Promise<void>((resolve, reject) => {
    finish = resolve;
    client.on(Events.ShardDisconnect, ({ code }) => {
      const failure = fatalClose(code);
      if (failure !== null) reject(failure);
    });
  });
  // whoever awaits it hears of it; nobody having to is no unhandled rejection
  done.catch(() => {});
  return { done, finish };
}
