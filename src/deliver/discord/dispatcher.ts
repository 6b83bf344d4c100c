// Takes Discord's events to handlers. Acknowledges before anything else, by construction: a handler is only reached through `serve`, which
// is only reached with an exchange that is acknowledged. Holds the only catch: logs the whole, tells the person in one line what to do.
import {
  InteractionResponseType as Answered,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
} from "discord.js";
import type { Coverage } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { AskOptions } from "../../results.ts";
import { readingLine } from "../render/render-answer.ts";
import { BUTTONS } from "./buttons.ts";
import {
  argumentsOf,
  focusedOption,
  partOf,
  unknown,
  type Command,
  type Context,
  type Said,
  type Surroundings,
} from "./command.ts";
import { discordMarkup, plainText } from "./discord-markup.ts";
import type { FairQueue } from "./fair-queue.ts";
import { askerOf, callerOf, scopesFor } from "./gateway/caller.ts";
import { interactionExchange, type Exchange } from "./gateway/exchange.ts";
import { QUIET, type InteractionHandle, type Outgoing } from "./gateway/outgoing.ts";
import { COMMANDS } from "./registry.ts";
import { admissionRefusal, isAdmissionRefusal } from "./server-settings.ts";
import { viewedBriefing } from "./viewed-briefing.ts";

export type Dispatcher = ReturnType<typeof createDispatcher>;

/** Gets what the caller's server lets it see, and gives what is to be replied. */
export type Work = (context: Context) => Promise<Said>;

/** With more than this ahead, a person is told to expect a wait. */
const BUSY_FROM = 4;
const NOTE_APART_MS = 60_000;
/** What finding takes longer than, is told what may be read at all. */
const MOMENT_MS = 250;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

export function createDispatcher(outgoing: Outgoing, queue: FairQueue, context: Surroundings) {
  const { clock, log, servers } = context;
  const notified = new Map<string, number>();

  /** An interaction's note is edited away without a trace; in a channel, one a minute is enough for all who wait there. */
  function mayNotify({ fromInteraction, caller }: Exchange): boolean {
    if (fromInteraction) return true;
    const now = clock.now().getTime();
    if (now - (notified.get(caller.channelId) ?? 0) < NOTE_APART_MS) return false;
    if (notified.size > 1000) notified.clear();
    notified.set(caller.channelId, now);
    return true;
  }

  /** What a handler may use for this caller; Failure where the server does not let the bot answer here. */
  async function contextFor(
    { caller, hidden }: Pick<Exchange, "caller" | "hidden">,
    anywhere = false,
    onProgress?: AskOptions["onProgress"],
  ): Promise<Context> {
    const settings = await servers.of(caller.guildId);
    const refusal = anywhere ? null : admissionRefusal(caller, settings);
    if (refusal !== null) throw refusal;
    const view = {
      scopes: scopesFor(caller, hidden),
      hidden: settings.hidden,
      asker: askerOf(caller),
      ceilings: settings.budget,
      signal: context.signal,
      onProgress,
    };
    return { ...context, briefing: viewedBriefing(context.whole, view) };
  }

  async function guarded(exchange: Exchange, name: string, work: () => Promise<Said>): Promise<void> {
    const started = clock.now().getTime();
    let outcome: "done" | "failed" | "refused" = "done";
    let code: string | null = null;
    try {
      const said = await work();
      const { text, ...extras } = typeof said === "string" ? { text: said } : (said ?? { text: null });
      if (text !== null) await exchange.reply(text, extras);
    } catch (cause) {
      outcome = cause instanceof Failure ? "refused" : "failed";
      code = cause instanceof Failure ? cause.code : null;
      if (outcome === "failed" && !context.signal.aborted)
        log.error({ err: cause, name, channel: exchange.caller.channelId }, "request failed");
      else log.info({ name, code: code ?? "stopped" }, "request refused");
      await exchange.reply(explain(cause, context.signal.aborted)).catch((unsent: unknown) => {
        log.error({ err: unsent, name }, "the explanation could not be sent");
      });
    }
    const ms = clock.now().getTime() - started;
    context.metrics?.served(name, outcome, ms, code);
    log.info({ name, outcome, ms }, "request served");
  }

  /** Runs work for an exchange that is acknowledged. Never rejects; resolves when the work is done. */
  async function serve(
    exchange: Exchange,
    name: string,
    task: Work,
    { queued = false, anywhere = false }: Pick<Command, "queued" | "anywhere"> = {},
  ): Promise<void> {
    const work = async (onProgress?: AskOptions["onProgress"]): Promise<Said> =>
      task(await contextFor(exchange, anywhere, onProgress));
    if (!queued) return guarded(exchange, name, work);
    const { guildId, channelId, userId } = exchange.caller;
    let words: FirstWords | null = null;
    const turn = queue.add({ place: guildId ?? channelId, person: userId }, (stepAside) =>
      guarded(exchange, name, async () => {
        if (stepAside === null) throw STOPPING;
        return work(async (reading) => {
          words?.found(reading);
          await stepAside();
        });
      }),
    );
    if (turn === null) return guarded(exchange, name, () => Promise.reject(queue.closed ? STOPPING : FULL));
    const busy =
      turn.ahead < BUSY_FROM ? "" : `I am busy: ${turn.ahead} questions are ahead of yours. Your answer will appear here.`;
    if (context.written) words = firstWords(exchange, () => contextFor(exchange, anywhere), busy);
    else if (busy !== "" && mayNotify(exchange)) void exchange.notice(busy);
    await turn.done;
    words?.end();
  }

  /** Null when another process of this bot has it. */
  async function acknowledge(event: APIInteraction, wish: boolean, anywhere = false, update = false): Promise<Exchange | null> {
    const caller = callerOf(event);
    const handle = handleOf(event);
    // a refusal is for the person alone; what is known of the server must do, as nothing may be waited for
    const settings = servers.known(caller.guildId);
    const hidden = wish || (!anywhere && settings !== null && admissionRefusal(caller, settings) !== null);
    const data = { ...QUIET, flags: hidden ? MessageFlags.Ephemeral : 0 };
    const acknowledged = await (update
      ? outgoing.acknowledge(handle, Answered.DeferredMessageUpdate)
      : outgoing.acknowledge(handle, Answered.DeferredChannelMessageWithSource, data));
    if (acknowledged === "taken") return null;
    return interactionExchange(outgoing, handle, { caller, hidden, acknowledged: acknowledged === "ours" });
  }

  async function runCommand(event: APIApplicationCommandInteraction): Promise<void> {
    const { name } = event.data;
    const command = COMMANDS.find((each) => each.name === name);
    const args = argumentsOf(event.data);
    const part = command === undefined ? undefined : partOf(command, args);
    const exchange = await acknowledge(event, part?.hidden(args) ?? true, command?.anywhere);
    if (exchange === null) return;
    await serve(exchange, name, async (own) => (part ?? unknown()).run(args, own, exchange), part === undefined ? {} : command);
  }

  async function pressButton(event: APIMessageComponentInteraction | APIModalSubmitInteraction): Promise<void> {
    const [, name = "", rest = ""] = /^([^:]*):?(.*)$/s.exec(event.data.custom_id) ?? [];
    const button = Object.hasOwn(BUTTONS, name) ? BUTTONS[name] : undefined;
    const isForm = event.type === InteractionType.ModalSubmit;
    if (button?.form !== undefined && !isForm) {
      await outgoing.acknowledge(handleOf(event), Answered.Modal, button.form(rest));
      return;
    }
    // a question is as much work from a button as from anywhere
    const queued = button?.kind === "answer";
    const open = queued && ((event.message?.flags ?? 0) & MessageFlags.Ephemeral) === 0;
    const exchange = await acknowledge(event, !open, false, button?.kind === "update");
    if (exchange === null) return;
    const sent = isForm ? valuesOf(event) : {};
    await serve(exchange, `button ${name}`, async (own) => (button ?? unknown()).run(rest, own, exchange, sent), { queued });
  }

  async function complete(event: APIApplicationCommandAutocompleteInteraction): Promise<void> {
    const command = COMMANDS.find(({ name }) => name === event.data.name);
    const { name, typed } = focusedOption(event.data.options);
    const options = Object.values(command?.parts ?? {}).flatMap((part) => Object.entries(part.options));
    const offer = options.find(([each]) => each === name)?.[1].offer;
    const caller = callerOf(event);
    const offered = async (): Promise<{ name: string; value: string }[]> =>
      // only this person sees the choices
      (await offer?.(typed, await contextFor({ caller, hidden: true }, command?.anywhere), caller)) ?? [];
    const found = await offered().catch((cause: unknown) => {
      if (!(cause instanceof Failure)) log.error({ err: cause, command: event.data.name }, "no choices could be offered");
      return [];
    });
    const choices = found
      .filter(({ value }) => value.length <= LONGEST_CHOICE)
      .slice(0, MOST_CHOICES)
      .map(({ name, value }) => ({ name: name.slice(0, LONGEST_CHOICE), value }));
    await outgoing.acknowledge(handleOf(event), Answered.ApplicationCommandAutocompleteResult, { choices });
  }

  return {
    serve,
    /** Never rejects. */
    async interaction(event: APIInteraction): Promise<void> {
      try {
        if (event.type === InteractionType.ApplicationCommand) await runCommand(event);
        else if (event.type === InteractionType.ApplicationCommandAutocomplete) await complete(event);
        else if (event.type !== InteractionType.Ping) await pressButton(event);
      } catch (cause) {
        // only the acknowledgement itself can fail here: there is no way left to tell the person
        log.error({ err: cause, interaction: event.id }, "interaction could not be acknowledged");
      }
    },
  };
}

type FirstWords = ReturnType<typeof firstWords>;

/**
 * What an asker sees until the answer stands there: one note, as Discord counts requests. Only where a language model writes; without one the
 * answer itself comes as soon. `note` stands in front of what may be read.
 */
function firstWords(exchange: Exchange, contextFor: () => Promise<Context>, note: string) {
  let said = false;
  const say = (reading: Coverage, note = ""): void => {
    if (!said) void exchange.notice(`${note}${note === "" ? "" : "\n"}${readingLine(reading, discordMarkup)}`);
    said = true;
  };
  const tellReadable = async (): Promise<void> => {
    const reading = await (await contextFor()).briefing.coverage({ undated: true });
    if (reading.documents > 0) say(reading, note);
  };
  // who may not be answered here is told by the reply
  const timer = setTimeout(() => void tellReadable().catch(() => {}), MOMENT_MS);
  return {
    found: (reading: Coverage): void => say(reading),
    /** The answer is on its way, or there is none. */
    end(): void {
      said = true;
      clearTimeout(timer);
    },
  };
}

const SOON = "Please ask again in a minute.";
const STOPPING = new Failure("stopping", "I am being restarted and did not get to this.", SOON);
const UNREACHABLE = new Failure("index_unreachable", "I cannot reach my index at the moment, and keep trying.", SOON);
const FULL = new Failure("busy", "Too many questions are waiting already.", SOON);

/** What a person is told: one line with the way out, nothing of our insides. */
function explain(cause: unknown, stopping: boolean): string {
  const told = cause instanceof Failure ? cause : stopping ? STOPPING : null;
  if (told === null)
    return "Something went wrong on my side, and it is in my log. Please try again; if it stays so, tell whoever runs me.";
  // where the database is, is nobody's business
  const { message, hint } = told.code === UNREACHABLE.code ? UNREACHABLE : told;
  // these name channels and roles, and hold nothing from outside
  return isAdmissionRefusal(told) ? `${message} ${hint}` : `${plainText(message)} ${plainText(hint)}`;
}

const handleOf = (event: APIInteraction): InteractionHandle => ({
  id: event.id,
  token: event.token,
  applicationId: event.application_id,
  channelId: event.channel?.id ?? "",
  // "0" names the place that the bot itself was added to
  guest: !("0" in event.authorizing_integration_owners),
  mayAttach: (BigInt(event.app_permissions) & PermissionFlagsBits.AttachFiles) !== 0n,
});

function valuesOf({ data }: APIModalSubmitInteraction): Record<string, string> {
  const fields = data.components.flatMap((row) =>
    "component" in row ? [row.component] : "components" in row ? row.components : [],
  );
  return Object.fromEntries(
    fields.flatMap((field) => ("value" in field && typeof field.value === "string" ? [[field.custom_id, field.value]] : [])),
  );
}
