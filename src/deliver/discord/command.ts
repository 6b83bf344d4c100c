// What a command is: its shape as Discord registers it, and what it does. Argument types are derived from the shape.
import {
  PermissionFlagsBits,
  type ApplicationCommandOptionType,
  type ApplicationCommandType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { Logger } from "pino";
import type { Clock } from "../../clock.ts";
import { Failure } from "../../failure.ts";
import type { Briefing } from "../../results.ts";
import type { DigestSchedule } from "../../stores/digests.ts";
import type { StateStore } from "../../stores/state.ts";
import type { Metrics } from "../metrics.ts";
import type { Caller } from "./gateway/caller.ts";
import type { Exchange } from "./gateway/exchange.ts";
import type { ServerBook } from "./server-settings.ts";
import type { ViewedBriefing } from "./viewed-briefing.ts";

export interface DigestDesk {
  /** All that the digest would post now; null for nothing. */
  preview(schedule: DigestSchedule): Promise<string | null>;
  /** Null for a channel that is not one of this server's; else the permissions that the bot lacks there. */
  missing(guildId: string, channelId: string): string[] | null;
}

/** What is the same for every caller. */
export type Surroundings = Omit<Context, "briefing">;

/** What handlers may use. No handle on Discord: they reply through the exchange. */
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
  /** Aborted when the bot stops. */
  signal: AbortSignal;
  /** What digests need besides the state store. */
  digests: DigestDesk;
  /** A language model writes, so answers take seconds. */
  written: boolean;
  /** US dollars a day that whoever runs the bot set for a server and for a person; null where a price is not known, so that none can be kept. */
  ceilings: { server: number | null; person: number | null } | null;
  /** Answers on their way out, by channel: people can reply to a message before its turn is stored. */
  leaving: Map<string, Set<Promise<unknown>>>;
}

interface OptionShape {
  type:
    | ApplicationCommandOptionType.String
    | ApplicationCommandOptionType.Boolean
    | ApplicationCommandOptionType.Number
    | ApplicationCommandOptionType.Attachment
    /** Arrive as ids. */
    | ApplicationCommandOptionType.Channel
    | ApplicationCommandOptionType.Role;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  min_length?: number;
  max_length?: number;
  min_value?: number;
  /** The only values that Discord lets people give. */
  choices?: readonly Choice[];
  channel_types?: readonly number[];
}

/** One level of subcommands, each with options of its own. */
interface SubcommandShape {
  type: ApplicationCommandOptionType.Subcommand;
  name: string;
  description: string;
  options?: readonly OptionShape[];
}

/** A slash command, or an entry in a message's menu: that one has no description and no options. */
export interface CommandShape {
  type: ApplicationCommandType.ChatInput | ApplicationCommandType.Message;
  name: string;
  description?: string;
  options?: readonly (OptionShape | SubcommandShape)[];
  contexts?: readonly number[];
  integration_types?: readonly number[];
  default_member_permissions?: string;
}

/** In servers, direct messages and wherever people bring the bot along. */
export const EVERYWHERE = { contexts: [0, 1, 2], integration_types: [0, 1] } as const;
/** Offered to those who manage a server; whoever runs it is looked at again. */
export const FOR_MANAGERS = {
  contexts: [0],
  integration_types: [0],
  default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
} as const;

type ValueOf<O> = O extends { type: ApplicationCommandOptionType.Boolean }
  ? boolean
  : O extends { type: ApplicationCommandOptionType.Number }
    ? number
    : O extends { type: ApplicationCommandOptionType.Attachment }
      ? Attached
      : string;

/** A file as Discord keeps it; `url` serves for a day. */
export interface Attached {
  name: string;
  url: string;
  /** Bytes. */
  size: number;
}

type SubcommandOf<O> = O extends { type: ApplicationCommandOptionType.Subcommand } ? O : never;
type NameOf<O> = O extends { name: infer N } ? N : never;
type LiftedOf<O> = O extends { type: ApplicationCommandOptionType.Subcommand; options: readonly (infer L)[] } ? L : never;
/** The options of all subcommands together; which of them are given hangs on `subcommand`. */
type LiftedArguments<O> = [SubcommandOf<O>] extends [never]
  ? unknown
  : { subcommand: NameOf<SubcommandOf<O>> } & { [K in LiftedOf<O> as NameOf<K> & string]?: ValueOf<K> };

/** `{ question: string; since?: string … }` for the options of a shape without subcommands; of a message's menu the message's text. */
export type ArgumentsOf<S extends CommandShape> = S["options"] extends readonly (infer O)[]
  ? { [K in Exclude<O, SubcommandOf<O>> & OptionShape as K extends { required: true } ? K["name"] : never]: ValueOf<K> } & {
      [K in Exclude<O, SubcommandOf<O>> & OptionShape as K extends { required: true } ? never : K["name"]]?: ValueOf<K>;
    } & LiftedArguments<O>
  : S["type"] extends ApplicationCommandType.Message
    ? { message: string }
    : Record<string, never>;

export type RawArguments = Record<string, string | number | boolean | Attached>;

export interface Choice {
  name: string;
  value: string;
}

/** A command with its argument types erased, as the dispatcher sees it. */
export interface Command {
  shape: CommandShape;
  /** One line for /help: how it is used. */
  usage: string;
  /** Waits for its turn, since it costs more than a lookup. */
  queued: boolean;
  /** Not bound to the channels and roles of /config. */
  anywhere: boolean;
  hidden(args: RawArguments): boolean;
  run(exchange: Exchange, args: RawArguments, context: Context): Promise<void>;
  /** Choices for the option that is being typed. */
  complete?: ((focused: string, typed: string, context: Context, caller: Caller) => Promise<Choice[]>) | undefined;
}

interface Definition<S extends CommandShape> {
  shape: S;
  usage: string;
  queued: boolean;
  anywhere?: boolean;
  /** Whether the caller alone sees the reply. */
  hidden: boolean | ((args: ArgumentsOf<S>) => boolean);
  run: (exchange: Exchange, args: ArgumentsOf<S>, context: Context) => Promise<void>;
  complete?: Command["complete"];
}

/** Ties a shape to its handler. Discord has checked the arguments against the registered shape, which is this one. */
export function defineCommand<const S extends CommandShape>({ hidden, run, anywhere = false, ...rest }: Definition<S>): Command {
  return {
    ...rest,
    anywhere,
    hidden: (args) => (typeof hidden === "boolean" ? hidden : hidden(args as ArgumentsOf<S>)),
    run: (exchange, args, context) => run(exchange, args as ArgumentsOf<S>, context),
  };
}

/** Discord holds people to the shape; a client that registered an older one, or a test, may send more. Throws a Failure. */
export function requireWithinLimits({ options = [] }: CommandShape, args: RawArguments): void {
  const all = options.flatMap((each): readonly (OptionShape | SubcommandShape)[] =>
    "options" in each ? (each.options ?? []) : [each],
  );
  for (const option of all) {
    const limit = "max_length" in option ? (option.max_length ?? null) : null;
    const value = args[option.name];
    if (limit === null || typeof value !== "string" || value.length <= limit) continue;
    throw new Failure(
      "option_long",
      `“${option.name}” has ${value.length} characters; I read up to ${limit}.`,
      "Please give it more briefly.",
    );
  }
}

export type RegistrationBody = RESTPutAPIApplicationCommandsJSONBody;
