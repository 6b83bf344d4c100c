// One post of a digest into its channel, exactly once: the run is claimed, its parts are written down before the first is sent, each part is
// noted before its request and after its answer, and whatever is in doubt is looked for in the channel before it is sent again. No request is
// repeated unseen, so every try is known.
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, Routes, SnowflakeUtil, type REST } from "discord.js";
import type { Logger } from "pino";
import type { Clock } from "../../../clock.ts";
import type { DigestContent, DigestPart, DigestRun, DigestSchedule } from "../../../stores/digests.ts";
import type { StateStore } from "../../../stores/state.ts";
import { splitText } from "../../render/split-text.ts";
import { type ChannelRefusal, messageBody, nonce, reference, refusalOf } from "../gateway/outgoing.ts";
import { keepOthers, remainderButton } from "./remainder.ts";

export interface DigestParts {
  state: StateStore;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
}

export type Refusal = ChannelRefusal | "unreadable";

/** `open`: not finished, to be tried again. `taken`: done already, or another process is at it. */
export type Delivered = "sent" | "open" | "taken" | { refused: Refusal };

export interface Planned {
  text: string;
  /** What each part is found by, in front of its number. */
  mark: string;
  content: Omit<DigestContent, "until" | "inPart">;
  /** The lines under which `content.documents` are told, one each. */
  heads?: readonly string[];
  /** What does not fit, where `content.more` says so. */
  rest?: string | null;
}

export type DueRun = Pick<DigestRun, "scheduleId" | "date" | "due">;

/** Another process waits so long for one that no longer answers. */
const HOLD_MS = 60_000;
/** Room for the mark under each part. */
const PART_LIMIT = 1920;
const TRIES = 5;
/** Discord recognises a nonce for some minutes; this is well within. */
const NONCE_MS = 120_000;
const PAGE = 100;
/** A channel with more messages than this since the try is read no further. */
const PAGES = 20;
/** Discord's clock and ours may differ. */
const SLACK_MS = 10 * 60_000;

export type Deliver = ReturnType<typeof createDelivery>;

export function createDelivery(rest: REST, botId: () => string, { state, clock, log, signal }: DigestParts) {
  const { digests } = state;
  const own = `${hostname()}/${process.pid}/${randomBytes(6).toString("hex")}`;
  const underWay = new Set<string>();
  const later = (ms: number): string => new Date(clock.now().getTime() + ms).toISOString();
  const nowIso = (): string => later(0);

  const claim = (run: DueRun): Promise<DigestRun | null> => digests.claim(run, own, nowIso(), later(HOLD_MS), isAlive);

  /** Gives the run as it was written down, which another process may have done first; null where that one has it now. */
  async function write(run: DigestRun, plan: () => Promise<Planned>): Promise<DigestRun | null> {
    const { scheduleId, date } = run;
    const until = nowIso();
    const { text, mark, content, heads = [], rest = null } = await plan();
    if (rest !== null) await keepOthers(state, scheduleId, date, rest);
    const parts = splitText(text, PART_LIMIT).map((part) => part.trimEnd());
    const found = heads.map((head) => parts.findIndex((part) => part.includes(head)));
    const whole: DigestContent = { ...content, until, inPart: found.map((at) => Math.max(0, at)) };
    const place = (at: number): string => (parts.length === 1 ? "" : ` · part ${at + 1} of ${parts.length}`);
    const marked = parts.map((part, at) => `${part}\n-# ${mark}${place(at)}`);
    await digests.planParts(scheduleId, date, whole, marked);
    return claim(run);
  }

  async function sendPart(
    schedule: DigestSchedule,
    run: DigestRun,
    { part, text }: DigestPart,
    last: boolean,
  ): Promise<Delivered> {
    const { scheduleId, date, content } = run;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const known = (await digests.parts(scheduleId, date)).find((each) => each.part === part);
      if (known === undefined || known.messageId !== null) return "sent";
      if (known.triedAt !== null) {
        const since = new Date(known.triedAt);
        const found = await find(schedule.channelId, text.slice(text.lastIndexOf("\n") + 1), since);
        if (found !== null && typeof found === "object") {
          await digests.markSent(scheduleId, date, part, found.id);
          return "sent";
        }
        // who may not look can still rely on the nonce for a while, and on nothing after it
        if (found === "unreadable" && clock.now().getTime() - since.getTime() > NONCE_MS) return { refused: "unreadable" };
        if (found === "doubt") {
          await pause(attempt);
          continue;
        }
      }
      if ((await claim(run)) === null) return "taken";
      if (!(await digests.markTried(scheduleId, date, part, own, nowIso()))) return "taken";
      // a correction comes at any hour, so it rings nowhere
      const flags = MessageFlags.SuppressEmbeds | (scheduleId === schedule.id ? 0 : MessageFlags.SuppressNotifications);
      const buttons = last && content?.more === true ? [remainderButton(scheduleId, date)] : [];
      const outcome = await send(schedule.channelId, {
        ...messageBody(text, buttons, flags),
        ...nonce(`digest/${scheduleId}/${date}/${part}`),
        ...reference(schedule.channelId, part === 0 ? (content?.replyTo ?? null) : null),
      });
      if (outcome !== "doubt" && "id" in outcome) {
        await digests.markSent(scheduleId, date, part, outcome.id);
        return "sent";
      }
      if (outcome !== "doubt") return outcome;
      await pause(attempt);
    }
    return "open";
  }

  /** One message, by a single request. `doubt`: no answer came, so it may stand there or not. */
  async function send(channelId: string, body: object): Promise<{ id: string } | { refused: Refusal } | "doubt"> {
    try {
      return { id: ((await rest.post(Routes.channelMessages(channelId), { body })) as { id: string }).id };
    } catch (cause) {
      const [code, status] = cause instanceof DiscordAPIError ? [cause.code, cause.status] : [null, null];
      // a reply needs the right to read the channel's history
      const unreadable = code === RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory;
      const refused = unreadable ? "unreadable" : refusalOf(cause);
      if (refused !== null) return { refused };
      // Discord has read the request and said no: repeating it would not help
      if (status !== null && status >= 400 && status < 500) throw cause;
      log.warn({ err: cause, channel: channelId }, "no answer to a part of a digest");
      return "doubt";
    }
  }

  /** The bot's message that holds the mark, posted since then; `unreadable` where the bot may not look, `doubt` without an answer. */
  async function find(channelId: string, mark: string, since: Date): Promise<{ id: string } | null | "unreadable" | "doubt"> {
    let after = SnowflakeUtil.generate({ timestamp: since.getTime() - SLACK_MS }).toString();
    try {
      for (let page = 0; page < PAGES; page += 1) {
        const query = new URLSearchParams({ after, limit: String(PAGE) });
        const messages = (await rest.get(Routes.channelMessages(channelId), { query })) as {
          id: string;
          content: string;
          author: { id: string };
        }[];
        const found = messages.find(({ author, content }) => author.id === botId() && content.includes(mark));
        if (found !== undefined) return { id: found.id };
        if (messages.length < PAGE) return null;
        after = messages
          .map(({ id }) => BigInt(id))
          .reduce((a, b) => (a > b ? a : b))
          .toString();
      }
      return "unreadable";
    } catch (cause) {
      return refusalOf(cause) === null ? "doubt" : "unreadable";
    }
  }

  const pause = (attempt: number): Promise<void> => sleep(200 * 2 ** attempt, undefined, { signal });

  /** `plan` is asked once, by whoever claims the run first. */
  return async (schedule: DigestSchedule, wanted: DueRun, plan: () => Promise<Planned>): Promise<Delivered> => {
    const { scheduleId, date, due } = wanted;
    const key = `${scheduleId} ${date}`;
    if (underWay.has(key)) return "taken";
    underWay.add(key);
    // a long composition must not look like a dead process
    const held = setInterval(() => void claim(wanted).catch(() => null), HOLD_MS / 3).unref();
    try {
      const claimed = await claim(wanted);
      const run = claimed?.content === null ? await write(claimed, plan) : claimed;
      if (run === null) return "taken";
      const parts = await digests.parts(scheduleId, date);
      for (const part of parts) {
        const outcome = part.messageId === null ? await sendPart(schedule, run, part, part === parts.at(-1)) : "sent";
        if (outcome !== "sent") return outcome;
      }
      await digests.finish({ scheduleId, date, due }, "sent");
      log.info({ schedule: scheduleId, date }, "digest sent");
      return "sent";
    } finally {
      clearInterval(held);
      underWay.delete(key);
    }
  };

  function isAlive(owner: string): boolean {
    const [host, pid] = owner.split("/");
    if (host !== hostname()) return true;
    if (Number(pid) === process.pid) return owner === own;
    try {
      process.kill(Number(pid), 0);
      return true;
    } catch (cause) {
      return cause instanceof Error && "code" in cause && cause.code === "EPERM";
    }
  }
}
