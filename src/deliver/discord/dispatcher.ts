// Takes Discord's events to handlers. Acknowledges before anything else, by construction: a handler is only reached through `serve`, which
// is only reached with an exchange that is acknowledged. Holds the only catch: logs the whole, tells the person in one line what to do.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIChatInputApplicationCommandInteractionData,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
} from "discord.js";
import type { Coverage } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { AskOptions } from "../../results.ts";
import { BUTTONS } from "./buttons.ts";
import {
  requireWithinLimits,
  type Attached,
  type Choice,
  type Context,
  type RawArguments,
  type Surroundings,
} from "./command.ts";
import { plainText } from "./discord-markup.ts";
import type { FairQueue } from "./fair-queue.ts";
import { createFirstWords, type FirstWords } from "./first-words.ts";
import { askerOf, callerOf, scopesFor, type Caller } from "./gateway/caller.ts";
import { interactionExchange, type Exchange } from "./gateway/exchange.ts";
import type { InteractionHandle, Outgoing } from "./gateway/outgoing.ts";
import { COMMANDS } from "./registry.ts";
import { admissionRefusal, isAdmissionRefusal } from "./server-settings.ts";
import { viewedBriefing } from "./viewed-briefing.ts";

export interface Dispatcher {
  /** Never rejects. */
  interaction(event: APIInteraction): Promise<void>;
  /** Runs work for an exchange that is acknowledged, in turn when `queued`. Never rejects; resolves when the work is done. */
  serve(exchange: Exchange, name: string, queued: boolean, work: Work, anywhere?: boolean): Promise<void>;
}

/** Gets what the caller's server lets it see. */
export type Work = (context: Context) => Promise<void>;

export interface DispatcherDeps {
  outgoing: Outgoing;
  queue: FairQueue;
  context: Surroundings;
}

/** With more than this ahead, a person is told to expect a wait. */
const BUSY_FROM = 4;
const NOTE_APART_MS = 60_000;

export function createDispatcher({ outgoing, queue, context }: DispatcherDeps): Dispatcher {
  const { clock, log } = context;
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
    anywhere: boolean,
    onProgress?: AskOptions["onProgress"],
  ): Promise<Context> {
    const settings = await context.servers.of(caller.guildId);
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

  /** Decides how a reply is acknowledged, so it must not wait: a refusal is for the person alone. */
  function refusedHere(caller: Caller, anywhere: boolean): boolean {
    const settings = context.servers.known(caller.guildId);
    return !anywhere && settings !== null && admissionRefusal(caller, settings) !== null;
  }

  async function guarded(exchange: Exchange, name: string, work: () => Promise<void>): Promise<void> {
    const started = clock.now().getTime();
    let outcome: "done" | "failed" | "refused" = "done";
    let code: string | null = null;
    try {
      await work();
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

  async function serve(exchange: Exchange, name: string, queued: boolean, task: Work, anywhere = false): Promise<void> {
    const { guildId, channelId, userId } = exchange.caller;
    const work = async (onProgress?: AskOptions["onProgress"]): Promise<void> =>
      task(await contextFor(exchange, anywhere, onProgress));
    if (!queued) return guarded(exchange, name, work);
    let words: FirstWords | null = null;
    await new Promise<void>((resolve) => {
      const settle = (promise: Promise<void>): Promise<void> => promise.finally(resolve);
      const turn = queue.add(
        { place: guildId ?? channelId, person: userId },
        (stepAside) =>
          settle(
            guarded(exchange, name, () =>
              work(async (reading) => {
                words?.found(reading);
                await stepAside();
              }),
            ),
          ),
        () => void settle(guarded(exchange, name, () => Promise.reject(STOPPING))),
      );
      if (turn === null) {
        void settle(guarded(exchange, name, () => Promise.reject(queue.closed ? STOPPING : FULL)));
        return;
      }
      const busy = `I am busy: ${turn.ahead} questions are ahead of yours. Your answer will appear here.`;
      if (context.written)
        words = createFirstWords(exchange, () => readable(exchange, anywhere), turn.ahead >= BUSY_FROM ? `${busy}\n` : "");
      else if (turn.ahead >= BUSY_FROM && mayNotify(exchange)) void exchange.notice(busy);
    });
    (words as FirstWords | null)?.end();
  }

  const readable = async (exchange: Exchange, anywhere: boolean): Promise<Coverage> =>
    (await contextFor(exchange, anywhere)).briefing.coverage({ undated: true });

  /** Null when another process of this bot has it. */
  async function acknowledge(event: APIInteraction, wish: boolean, anywhere = false, update = false): Promise<Exchange | null> {
    const receivedAt = clock.now().getTime();
    const caller = callerOf(event);
    const hidden = wish || refusedHere(caller, anywhere);
    const handle = handleOf(event);
    const acknowledged = update ? await outgoing.deferUpdate(handle) : await outgoing.defer(handle, hidden);
    if (acknowledged === "taken") return null;
    return interactionExchange({
      outgoing,
      clock,
      caller,
      handle,
      hidden,
      acknowledged: acknowledged === "ours",
      receivedAt,
    });
  }

  async function runCommand(event: APIApplicationCommandInteraction): Promise<void> {
    const command = COMMANDS.find(({ shape }) => shape.name === event.data.name && shape.type === event.data.type);
    const args = event.data.type === ApplicationCommandType.ChatInput ? argumentsOf(event.data) : messageOf(event.data);
    const exchange = await acknowledge(event, command?.hidden(args) ?? true, command?.anywhere);
    if (exchange === null) return;
    if (command === undefined) return serve(exchange, event.data.name, false, () => Promise.reject(UNKNOWN));
    const work: Work = async (own) => {
      requireWithinLimits(command.shape, args);
      await command.run(exchange, args, own);
    };
    return serve(exchange, event.data.name, command.queued, work, command.anywhere);
  }

  /** A button that is pressed, or the form of one that is sent. */
  async function pressButton(event: APIMessageComponentInteraction | APIModalSubmitInteraction): Promise<void> {
    const [name, rest] = headAndRest(event.data.custom_id);
    const button = Object.hasOwn(BUTTONS, name) ? BUTTONS[name] : undefined;
    const isForm = event.type === InteractionType.ModalSubmit;
    if (button?.form !== undefined && !isForm) {
      await outgoing.modal(handleOf(event), button.form(rest));
      return;
    }
    const isAnswer = button?.kind === "answer";
    const open = isAnswer && ((event.message?.flags ?? 0) & MessageFlags.Ephemeral) === 0;
    const exchange = await acknowledge(event, !open, false, button?.kind === "update");
    if (exchange === null) return;
    const sent = isForm ? valuesOf(event) : {};
    // a question is as much work from a button as from anywhere
    await serve(exchange, `button ${name}`, isAnswer, (own) => button?.run(exchange, rest, own, sent) ?? Promise.reject(UNKNOWN));
  }

  async function complete(event: APIApplicationCommandAutocompleteInteraction): Promise<void> {
    const command = COMMANDS.find(({ shape }) => shape.name === event.data.name);
    const focused = focusedOption(event.data.options);
    const caller: Caller = callerOf(event);
    // only this person sees the choices
    const choices = async (): Promise<Choice[]> => {
      const own = await contextFor({ caller, hidden: true }, command?.anywhere ?? false);
      return (await command?.complete?.(focused.name, focused.value, own, caller)) ?? [];
    };
    const found = await choices().catch((cause: unknown) => {
      if (!(cause instanceof Failure)) log.error({ err: cause, command: event.data.name }, "no choices could be offered");
      return [];
    });
    await outgoing.choices(handleOf(event), found);
  }

  return {
    serve,
    async interaction(event) {
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

const UNKNOWN = new Failure(
  "unknown_command",
  "I do not know this command or button any more.",
  "/help lists what I can do now.",
);
const STOPPING = new Failure("stopping", "I am being restarted and did not get to this.", "Please ask again in a minute.");
const UNREACHABLE = new Failure(
  "index_unreachable",
  "I cannot reach my index at the moment, and keep trying.",
  "Please ask again in a minute.",
);
const FULL = new Failure("busy", "Too many questions are waiting already.", "Please ask again in a minute.");

/** What a person is told: one line with the way out, nothing of our insides. */
function explain(cause: unknown, stopping: boolean): string {
  const told = cause instanceof Failure ? cause : stopping ? STOPPING : null;
  // where the database is, is nobody's business
  const failure = told?.code === UNREACHABLE.code ? UNREACHABLE : told;
  // these name channels and roles, and hold nothing from outside
  if (failure !== null && isAdmissionRefusal(failure)) return `${failure.message} ${failure.hint}`;
  if (failure !== null) return `${plainText(failure.message)} ${plainText(failure.hint)}`;
  return "Something went wrong on my side, and it is in my log. Please try again; if it stays so, tell whoever runs me.";
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

/** The text of the message whose menu was used; nothing for other menus. */
function messageOf(data: APIApplicationCommandInteraction["data"]): RawArguments {
  if (data.type !== ApplicationCommandType.Message) return {};
  return { message: data.resolved.messages[data.target_id]?.content ?? "" };
}

interface RawOption {
  type: ApplicationCommandOptionType;
  name: string;
  value?: string | number | boolean;
  focused?: boolean;
  options?: RawOption[];
}

/** Options by name; those of a subcommand are lifted, its name stands under `subcommand`. */
function argumentsOf({ options = [], resolved }: APIChatInputApplicationCommandInteractionData): RawArguments {
  const args: RawArguments = {};
  const take = (option: RawOption): void => {
    if (option.type === ApplicationCommandOptionType.Subcommand) {
      args["subcommand"] = option.name;
      option.options?.forEach(take);
    } else if (option.type === ApplicationCommandOptionType.Attachment) {
      const file = resolved?.attachments?.[String(option.value)];
      if (file !== undefined) args[option.name] = { name: file.filename, url: file.url, size: file.size } satisfies Attached;
    } else if (option.value !== undefined) args[option.name] = option.value;
  };
  (options as readonly RawOption[]).forEach(take);
  return args;
}

function focusedOption(options: readonly unknown[]): { name: string; value: string } {
  for (const option of options as readonly RawOption[]) {
    if (option.focused === true) return { name: option.name, value: String(option.value ?? "") };
    if (option.options !== undefined) return focusedOption(option.options);
  }
  return { name: "", value: "" };
}

function headAndRest(customId: string): [string, string] {
  const at = customId.indexOf(":");
  return at === -1 ? [customId, ""] : [customId.slice(0, at), customId.slice(at + 1)];
}

function valuesOf(event: APIModalSubmitInteraction): Record<string, string> {
  const values: Record<string, string> = {};
  for (const row of event.data.components) {
    const fields = "component" in row ? [row.component] : "components" in row ? row.components : [];
    for (const field of fields) if ("value" in field && typeof field.value === "string") values[field.custom_id] = field.value;
  }
  return values;
}
