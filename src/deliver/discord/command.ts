// What a command is. Its options are described once: what Discord registers, the types of the handler's arguments, the check of what comes
// and what is offered while one types all follow from that.
import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  PermissionFlagsBits,
  type APIApplicationCommandInteraction,
} from "discord.js";
import type { Logger } from "pino";
import type { Clock } from "../../clock.ts";
import { Failure } from "../../failure.ts";
import type { Briefing } from "../../results.ts";
import type { DigestSchedule } from "../../stores/digests.ts";
import type { StateStore } from "../../stores/state.ts";
import type { Metrics } from "../metrics.ts";
import { type Caller, managedServer } from "./gateway/caller.ts";
import type { Exchange } from "./gateway/exchange.ts";
import type { Extras } from "./gateway/outgoing.ts";
import type { ServerBook } from "./server-settings.ts";
import type { ViewedBriefing } from "./viewed-briefing.ts";

/** What handlers may use. No handle on Discord: what they return is sent for them. */
export interface Context {
  /** As the caller sees it. */
  briefing: ViewedBriefing;
  /** With everything: for those who manage what their server adds and hides. */
  whole: Briefing;
  servers: ServerBook;
  state: StateStore;
  clock: Clock;
  log: Logger;
  /** Null where nothing is counted. */
  metrics: Metrics | null;
  signal: AbortSignal;
  digests: {
    /** All that the digest would post now; null for nothing. */
    preview(schedule: DigestSchedule): Promise<string | null>;
    /** Null for a channel that is not one of this server's; else the permissions that the bot lacks there. */
    missing(guildId: string, channelId: string): string[] | null;
  };
  /** A language model writes, so answers take seconds. */
  written: boolean;
  /** US dollars a day that whoever runs the bot set for a server and for a person; null where a price is not known, so that none can be kept. */
  ceilings: { server: number | null; person: number | null } | null;
  /** Answers on their way out, by channel: people can reply to a message before its turn is stored. */
  leaving: Map<string, Set<Promise<unknown>>>;
}

export type Surroundings = Omit<Context, "briefing">;

/** The reply of a handler, with what stands under it; null where it has sent its own. */
export type Said = string | (Extras & { text: string }) | null;

/** A file as Discord keeps it; `url` serves for a day. */
export interface Attached {
  name: string;
  url: string;
  size: number;
}

export type RawArguments = Record<string, string | number | boolean | Attached>;

/** What fits what was typed so far; Discord shows 25. */
export type Offer = (typed: string, context: Context, caller: Caller) => Promise<{ name: string; value: string }[]>;

interface Limits {
  max_length?: number;
  min_value?: number;
  choices?: readonly { name: string; value: string }[];
  channel_types?: readonly number[];
  offer?: Offer;
}

/** `given` is what a handler gets for it, and stands in the type alone. */
export interface Option<V = unknown> extends Limits {
  type: Type;
  description: string;
  required?: boolean;
  given?: V;
}

const option =
  <V>(type: Type) =>
  <const R extends boolean = false>(
    description: string,
    limits: Limits & { required?: R } = {},
  ): Option<R extends true ? V : V | undefined> => ({ type, description, ...limits });

export const text = option<string>(Type.String);
export const flag = option<boolean>(Type.Boolean);
export const amount = option<number>(Type.Number);
export const file = option<Attached>(Type.Attachment);
/** Channels and roles arrive as ids. */
export const channel = option<string>(Type.Channel);
export const role = option<string>(Type.Role);

type Options = Readonly<Record<string, Option>>;
type Arguments<O extends Options> = { [K in keyof O]: O[K] extends Option<infer V> ? V : never };
type Run<A> = (args: A, context: Context, exchange: Exchange) => Promise<Said>;

/** What Discord calls a subcommand; a command without any is one part. */
export interface Part {
  description: string;
  options: Options;
  /** Throws a Failure where an argument is too long. */
  run: Run<RawArguments>;
  /** Only the caller sees the reply. */
  hidden: (args: RawArguments) => boolean;
}

export function part<const O extends Options>(
  description: string,
  options: O,
  run: Run<Arguments<O>>,
  hidden: (args: Arguments<O>) => boolean = () => true,
): Part {
  return {
    description,
    options,
    async run(args, context, exchange) {
      // Discord holds people to the shape; a client that registered an older one may send more
      for (const [name, { max_length: limit = Infinity }] of Object.entries(options)) {
        const value = args[name];
        if (typeof value !== "string" || value.length <= limit) continue;
        const has = `“${name}” has ${value.length} characters; I read up to ${limit}.`;
        throw new Failure("option_long", has, "Please give it more briefly.");
      }
      return run(args as Arguments<O>, context, exchange);
    },
    hidden: hidden as Part["hidden"],
  };
}

/** For those who manage the server: whoever runs it is looked at again. */
export function managed<const O extends Options>(
  description: string,
  options: O,
  run: (args: Arguments<O>, context: Context, guildId: string, exchange: Exchange) => Promise<Said>,
  hidden?: () => boolean,
): Part {
  const own: Run<Arguments<O>> = async (args, context, exchange) => run(args, context, managedServer(exchange.caller), exchange);
  return part(description, options, own, hidden);
}

/** For `hidden`: everybody sees the reply. */
export const open = (): boolean => false;

export interface Command {
  name: string;
  /** An entry in the menu of a message, whose text comes as `message`. */
  menu?: boolean;
  description?: string;
  /** By the names of its subcommands; under "" where it has none. */
  parts: Readonly<Record<string, Part>>;
  /** Waits for its turn, since it costs more than a lookup. */
  queued?: boolean;
  /** Not bound to the channels and roles of /config. */
  anywhere?: boolean;
  /** Offered to those who manage a server, and nowhere else. */
  managers?: boolean;
}

const SUBCOMMAND = "subcommand";
export const partOf = ({ parts }: Command, { [SUBCOMMAND]: name = "" }: RawArguments): Part | undefined =>
  typeof name === "string" && Object.hasOwn(parts, name) ? parts[name] : undefined;

export function shapeOf({ name, menu = false, description, parts, managers = false }: Command): Record<string, unknown> {
  const only = parts[""];
  const options = Object.entries(parts).map(([name, { description, options }]) => ({
    type: Type.Subcommand,
    name,
    description,
    options: registered(options),
  }));
  return {
    name,
    ...(menu
      ? { type: ApplicationCommandType.Message }
      : {
          type: ApplicationCommandType.ChatInput,
          description: description ?? only?.description,
          options: only === undefined ? options : registered(only.options),
        }),
    // in servers, direct messages and wherever people bring the bot along
    contexts: managers ? [0] : [0, 1, 2],
    integration_types: managers ? [0] : [0, 1],
    ...(managers ? { default_member_permissions: PermissionFlagsBits.ManageGuild.toString() } : {}),
  };
}

const registered = (options: Options): object[] =>
  Object.entries(options).map(([name, { offer, ...option }]) => ({
    ...option,
    name,
    ...(offer === undefined ? {} : { autocomplete: true }),
  }));

/** For commands, parts and buttons of another time. */
export function unknown(): never {
  const what = "I do not know this command or button any more.";
  throw new Failure("unknown_command", what, "/help lists what I can do now.");
}

interface SentOption {
  type: Type;
  name: string;
  value?: string | number | boolean;
  focused?: boolean;
  options?: SentOption[];
}

/** Options by name; those of a subcommand are lifted, its name stands beside them. Of a message's menu its text, as `message`. */
export function argumentsOf(data: APIApplicationCommandInteraction["data"]): RawArguments {
  if (data.type === ApplicationCommandType.Message) return { message: data.resolved.messages[data.target_id]?.content ?? "" };
  const args: RawArguments = {};
  if (data.type !== ApplicationCommandType.ChatInput) return args;
  const take = ({ type, name, value, options }: SentOption): void => {
    const file = type === Type.Attachment ? data.resolved?.attachments?.[String(value)] : undefined;
    if (type === Type.Subcommand) {
      args[SUBCOMMAND] = name;
      options?.forEach(take);
    } else if (file !== undefined) args[name] = { name: file.filename, url: file.url, size: file.size } satisfies Attached;
    else if (type !== Type.Attachment && value !== undefined) args[name] = value;
  };
  (data.options as SentOption[] | undefined)?.forEach(take);
  return args;
}

export function focusedOption(options: readonly unknown[]): { name: string; typed: string } {
  for (const { focused, name, value, options: inner } of options as readonly SentOption[]) {
    if (focused === true) return { name, typed: String(value ?? "") };
    if (inner !== undefined) return focusedOption(inner);
  }
  return { name: "", typed: "" };
}
