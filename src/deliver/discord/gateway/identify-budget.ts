// Keeps the bot from identifying too often: Discord ends every session and resets the token after 1,000 identifies in a day, and a bot
// that a supervisor restarts in a loop gets there in an hour. The times of recent identifies outlive the process.
import { setTimeout as sleep } from "node:timers/promises";
import { Routes, type REST } from "discord.js";
import type { Logger } from "pino";
import { z } from "zod";
import type { Clock } from "../../../clock.ts";
import { Failure } from "../../../failure.ts";
import type { StateStore } from "../../../stores/state.ts";

const KEY = "discord:identifies";
const WINDOW_MS = 10 * 60_000;
/** This many in ten minutes are ordinary; from then on each waits twice as long as the one before. */
const FREE = 8;
const LONGEST_WAIT_MS = 5 * 60_000;
/** Discord wants five seconds between two identifies of the same process. */
const APART_MS = 5000;
/** The day's last starts are left for whoever mends the cause. */
export const RESERVE = 20;

export interface IdentifyBudget {
  /** Waits until an identify is decent, and counts it. For discord.js's `buildIdentifyThrottler`. */
  waitForIdentify(shardId: number, signal: AbortSignal): Promise<void>;
}

export function createIdentifyBudget({ state, clock, log }: { state: StateStore; clock: Clock; log: Logger }): IdentifyBudget {
  let last = Number.NEGATIVE_INFINITY;
  return {
    async waitForIdentify(_shardId, signal) {
      const now = clock.now().getTime();
      const recent = identifiesIn((await state.value(KEY)) ?? "[]").filter((time) => time > now - WINDOW_MS && time <= now);
      const wait = Math.max(waitBefore(recent.length), last + APART_MS - now);
      if (wait > 0) {
        const waitSeconds = Math.round(wait / 1000);
        log.warn({ recent: recent.length, waitSeconds }, "many connections to Discord in short time: waiting");
        await sleep(wait, undefined, { signal });
      }
      last = clock.now().getTime();
      await state.setValue(KEY, JSON.stringify([...recent, last]));
    },
  };
}

/** Milliseconds since 1970 each; a damaged note must not keep the bot from starting. */
function identifiesIn(note: string): number[] {
  try {
    return z.array(z.number()).parse(JSON.parse(note));
  } catch {
    return [];
  }
}

/** Milliseconds to wait after so many identifies in the last ten minutes. */
export function waitBefore(recent: number): number {
  return recent < FREE ? 0 : Math.min(5000 * 2 ** (recent - FREE), LONGEST_WAIT_MS);
}

export interface StartsLeft {
  remaining: number;
  total: number;
  /** Milliseconds. */
  reset_after: number;
}

/** Discord's own count for today. */
export async function startsLeft(rest: REST): Promise<StartsLeft> {
  return ((await rest.get(Routes.gatewayBot())) as { session_start_limit: StartsLeft }).session_start_limit;
}

/** Throws when it is nearly used up. */
export function requireStartsLeft({ remaining, total, reset_after: reset }: StartsLeft): void {
  if (remaining >= RESERVE || total < RESERVE) return;
  const what = `This bot connected to Discord too often today: ${remaining} of ${total} starts are left, and Discord resets the token when they run out.`;
  const hint = `Find out what restarts it; starts are counted anew in ${Math.ceil(reset / 60_000)} minutes.`;
  throw new Failure("discord_starts_spent", what, hint);
}
