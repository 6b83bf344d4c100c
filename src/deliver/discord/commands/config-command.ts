// /config: what a server adds to and hides from the corpus, where and for whom the bot answers. For those with Manage Server, which Discord
// shows it to and which is looked at again when it runs. Everything it does concerns the server of the event and no other.
import { ApplicationCommandOptionType as Option, ApplicationCommandType, ChannelType } from "discord.js";
import type { Document } from "../../../domain.ts";
import { Failure } from "../../../failure.ts";
import { FOR_MANAGERS, defineCommand, type Context } from "../command.ts";
import { plainText } from "../discord-markup.ts";
import { managedServer } from "../gateway/caller.ts";
import type { AddedSource, ServerSettings } from "../server-settings.ts";
import { addSource, ownScopes, removeSource } from "../server-sources.ts";

const PLACES = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.PublicThread];

/** Discord shows that many names before a list is no longer read. */
const SHOWN = 15;
const ENTRIES = 50;
const MOST_DOLLARS = 100_000;

export const config = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "config",
    description: "What this server adds to or hides from my documents, where and for whom I answer, and at what cost",
    ...FOR_MANAGERS,
    options: [
      { type: Option.Subcommand, name: "show", description: "What is set for this server" },
      {
        type: Option.Subcommand,
        name: "source-add",
        description: "Let me read a page, a feed or a file for this server alone, or show a hidden document again",
        options: [
          { type: Option.String, name: "link", description: "Address of a page or a feed", max_length: 1500 },
          { type: Option.Attachment, name: "file", description: "Text, Markdown, HTML, PDF, Word or e-mail, up to 16 MB" },
          { type: Option.Role, name: "role", description: "Only people with this role get answers from it, in private" },
          { type: Option.String, name: "hidden", description: "A hidden document to show again", autocomplete: true },
        ],
      },
      {
        type: Option.Subcommand,
        name: "source-remove",
        description: "Remove a document of this server, or hide one of the common ones here",
        options: [{ type: Option.String, name: "document", description: "Which one", required: true, autocomplete: true }],
      },
      {
        type: Option.Subcommand,
        name: "channels",
        description: "Where I answer; everywhere until you name a channel",
        options: [
          { type: Option.Channel, name: "add", description: "Answer here", channel_types: PLACES },
          { type: Option.Channel, name: "remove", description: "No longer answer here", channel_types: PLACES },
          { type: Option.Boolean, name: "everywhere", description: "Answer in all channels again" },
        ],
      },
      {
        type: Option.Subcommand,
        name: "roles",
        description: "Whom I answer; everyone until you name a role",
        options: [
          { type: Option.Role, name: "add", description: "Answer people with this role" },
          { type: Option.Role, name: "remove", description: "No longer answer them" },
          { type: Option.Boolean, name: "everyone", description: "Answer everyone again" },
        ],
      },
      {
        type: Option.Subcommand,
        name: "budget",
        description: "US dollars a day for language models; beyond it answers are quotations. 0 takes a limit away",
        options: [
          { type: Option.Number, name: "server", description: "For all that is asked in this server", min_value: 0 },
          { type: Option.Number, name: "person", description: "For what one person asks in it", min_value: 0 },
        ],
      },
    ],
  },
  usage:
    "/config show, source-add, source-remove, channels, roles, budget: what I read here, where I answer, what it may cost (needs Manage Server)",
  queued: false,
  anywhere: true,
  hidden: true,
  async run(exchange, args, context) {
    const { caller } = exchange;
    const guildId = managedServer(caller);
    const { servers } = context;
    switch (args.subcommand) {
      case "source-add":
        return void (await exchange.reply(await addSource(guildId, caller, args, context)));
      case "source-remove":
        return void (await exchange.reply(await removeSource(guildId, args.document ?? "", context)));
      case "channels":
      case "roles": {
        const kind = args.subcommand;
        const all = args.everywhere === true || args.everyone === true;
        const change = { add: args.add ?? null, remove: args.remove ?? null, all };
        const settings = await servers.change(guildId, (old) => ({ ...old, [kind]: listChange(old[kind], change) }));
        return void (await exchange.reply(await settingsText(guildId, settings, context)));
      }
      case "budget": {
        const { budget } = await servers.of(guildId);
        const changed = { server: budgetOf("server", budget, args, context), person: budgetOf("person", budget, args, context) };
        const settings = await servers.change(guildId, (old) => ({ ...old, budget: changed }));
        return void (await exchange.reply(await settingsText(guildId, settings, context)));
      }
      default:
        return void (await exchange.reply(await settingsText(guildId, await servers.of(guildId), context)));
    }
  },
  async complete(focused, typed, context, caller) {
    if (!caller.manager || caller.guildId === null || !caller.installed) return [];
    const settings = await context.servers.of(caller.guildId);
    const { hidden } = settings;
    const documents = await (focused === "hidden"
      ? hiddenDocuments(caller.guildId, settings, context)
      : context.whole.documents({ scopes: ownScopes(caller.guildId, settings), hidden, undated: true }));
    const wanted = typed.trim().toLowerCase();
    return documents
      .map(({ id, title, publisher }) => ({
        value: id,
        name: [title ?? id, publisher].filter(Boolean).join(" · ").slice(0, 100),
      }))
      .filter(({ name, value }) => value.length <= 100 && `${name} ${value}`.toLowerCase().includes(wanted))
      .slice(0, 25);
  },
});

async function hiddenDocuments(guildId: string, settings: ServerSettings, { whole }: Context): Promise<Document[]> {
  if (settings.hidden.length === 0) return [];
  return whole.documents({ scopes: ownScopes(guildId, settings), documents: settings.hidden, undated: true });
}

async function settingsText(guildId: string, settings: ServerSettings, context: Context): Promise<string> {
  const { channels, roles, hidden, sources, budget } = settings;
  const hiddenNow = await hiddenDocuments(guildId, settings, context);
  return [
    "**What is set for this server**",
    `• I answer in: ${channels.length === 0 ? "every channel where I may write" : channels.map((id) => `<#${id}>`).join(", ")}`,
    `• I answer: ${roles.length === 0 ? "everyone" : `those with ${roles.map((id) => `<@&${id}>`).join(" or ")}`}`,
    `• Sources of this server: ${sources.length === 0 ? "none" : sources.length}`,
    ...listed(sources.map(sourceText)),
    `• Hidden here: ${hidden.length === 0 ? "nothing" : hidden.length}`,
    ...listed(hiddenNow.map(({ id, title }) => plainText(title ?? id))),
    ...(context.written ? [`• Language models: ${budgetText(budget, context)}`] : []),
  ].join("\n");
}

/** The ceiling after the change, null for none of the server's own. Failure where it cannot be kept, or passes the operator's. */
function budgetOf(
  whose: "server" | "person",
  before: ServerSettings["budget"],
  given: { server?: number; person?: number },
  { ceilings, written }: Context,
): number | null {
  if (!written)
    throw new Failure("budget_idle", "I use no language model, so nothing is spent.", "Whoever runs me can set one with MODEL.");
  if (ceilings === null)
    throw new Failure(
      "budget_unpriced",
      "The price of my language model is not known.",
      "Whoever runs me says it with MODEL_PRICES.",
    );
  if (given.server === undefined && given.person === undefined)
    throw new Failure("config_empty", "Nothing to change was named.", "Choose one of the options of this command.");
  const dollars = given[whose];
  if (dollars === undefined) return before[whose];
  if (!(dollars >= 0 && dollars <= MOST_DOLLARS))
    throw new Failure("budget_invalid", `${whose} must be an amount in US dollars from 0 to ${MOST_DOLLARS}.`, "E.g. 2.50.");
  const most = ceilings[whose];
  if (most !== null && dollars > most)
    throw new Failure("budget_above", `Whoever runs me allows a ${whose} $${most} a day.`, "Give no more than that, or 0.");
  return dollars === 0 ? null : dollars;
}

function budgetText(own: ServerSettings["budget"], { ceilings }: Context): string {
  const shown = (["server", "person"] as const).flatMap((whose) => {
    const set = [own[whose], ceilings?.[whose] ?? null].filter((ceiling) => ceiling !== null);
    return set.length === 0 ? [] : [`$${Math.min(...set)} a day for ${whose === "server" ? "this server" : "each person"}`];
  });
  return shown.length === 0 ? "no limit of this server" : shown.join(", ");
}

function sourceText({ name, scope, documents, at }: AddedSource): string {
  const role = /^role:(\d+)$/.exec(scope)?.[1];
  const count = documents.length === 1 ? "1 document" : `${documents.length} documents`;
  const day = Math.floor(Date.parse(at) / 1000);
  return `${plainText(name)} · ${count} · ${role === undefined ? "everyone here" : `<@&${role}> only`} · <t:${day}:D>`;
}

function listed(lines: readonly string[]): string[] {
  const more = lines.length - SHOWN;
  return [...lines.slice(0, SHOWN).map((line) => `-# ${line}`), ...(more > 0 ? [`-# and ${more} more`] : [])];
}

/** The ids of a list after one change; the Failure says what to give when nothing was given. */
function listChange(
  before: readonly string[],
  { add, remove, all }: { add: string | null; remove: string | null; all: boolean },
): string[] {
  if (add === null && remove === null && !all)
    throw new Failure("config_empty", "Nothing to change was named.", "Choose one of the options of this command.");
  const kept = all ? [] : before.filter((id) => id !== remove);
  if (add === null || kept.includes(add)) return kept;
  if (kept.length >= ENTRIES) throw new Failure("config_full", `At most ${ENTRIES} can be named.`, "Remove one first.");
  return [...kept, add];
}
