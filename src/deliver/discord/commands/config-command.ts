// /config: what a server adds to and hides from the corpus, where and for whom the bot answers. For those with Manage Server, which Discord
// shows it to and which is looked at again when it runs. Everything it does concerns the server of the event and no other.
import { ChannelType } from "discord.js";
import type { Document } from "../../../domain.ts";
import { Failure } from "../../../failure.ts";
import { count } from "../../render/markup.ts";
import { amount, channel, type Command, type Context, file, flag, managed, type Offer, role, text } from "../command.ts";
import { instant, plainText, smallList } from "../discord-markup.ts";
import type { AddedSource, ServerSettings } from "../server-settings.ts";
import { addSource, ownScopes, removeSource } from "../server-sources.ts";

const PLACES = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.PublicThread];

/** Discord shows that many names before a list is no longer read. */
const SHOWN = 15;
const ENTRIES = 50;
const MOST_DOLLARS = 100_000;

const documentsOf =
  (find: (guildId: string, settings: ServerSettings, context: Context) => Promise<Document[]>): Offer =>
  async (typed, context, { manager, guildId, installed }) => {
    if (!manager || guildId === null || !installed) return [];
    const wanted = typed.trim().toLowerCase();
    return (await find(guildId, await context.servers.of(guildId), context))
      .map(({ id, title, publisher }) => ({ value: id, name: [title ?? id, publisher].filter(Boolean).join(" · ") }))
      .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
  };

async function hiddenDocuments(guildId: string, settings: ServerSettings, { whole }: Context): Promise<Document[]> {
  if (settings.hidden.length === 0) return [];
  return whole.documents({ scopes: ownScopes(guildId, settings), documents: settings.hidden, undated: true });
}

const shownDocuments = async (guildId: string, settings: ServerSettings, { whole }: Context): Promise<Document[]> =>
  whole.documents({ scopes: ownScopes(guildId, settings), hidden: settings.hidden, undated: true });

export const config: Command = {
  name: "config",
  description: "What this server adds to or hides from my documents, where and for whom I answer, and at what cost",
  anywhere: true,
  managers: true,
  parts: {
    show: managed("What is set for this server", {}, async (_args, context, guildId) =>
      settingsText(guildId, await context.servers.of(guildId), context),
    ),
    "source-add": managed(
      "Let me read a page, a feed or a file for this server alone, or show a hidden document again",
      {
        link: text("Address of a page or a feed", { max_length: 1500 }),
        file: file("Text, Markdown, HTML, PDF, Word or e-mail, up to 16 MB"),
        role: role("Only people with this role get answers from it, in private"),
        hidden: text("A hidden document to show again", { offer: documentsOf(hiddenDocuments) }),
      },
      (wanted, context, guildId) => addSource(guildId, wanted, context),
    ),
    "source-remove": managed(
      "Remove a document of this server, or hide one of the common ones here",
      { document: text("Which one", { required: true, offer: documentsOf(shownDocuments) }) },
      ({ document }, context, guildId) => removeSource(guildId, document, context),
    ),
    channels: managed(
      "Where I answer; everywhere until you name a channel",
      {
        add: channel("Answer here", { channel_types: PLACES }),
        remove: channel("No longer answer here", { channel_types: PLACES }),
        everywhere: flag("Answer in all channels again"),
      },
      ({ add, remove, everywhere }, context, guildId) =>
        changed(guildId, context, (old) => ({ ...old, channels: listChange(old.channels, add, remove, everywhere) })),
    ),
    roles: managed(
      "Whom I answer; everyone until you name a role",
      {
        add: role("Answer people with this role"),
        remove: role("No longer answer them"),
        everyone: flag("Answer everyone again"),
      },
      ({ add, remove, everyone }, context, guildId) =>
        changed(guildId, context, (old) => ({ ...old, roles: listChange(old.roles, add, remove, everyone) })),
    ),
    budget: managed(
      "US dollars a day for language models; beyond it answers are quotations. 0 takes a limit away",
      {
        server: amount("For all that is asked in this server", { min_value: 0 }),
        person: amount("For what one person asks in it", { min_value: 0 }),
      },
      (given, context, guildId) =>
        changed(guildId, context, (old) => ({ ...old, budget: budgetChange(old.budget, given, context) })),
    ),
  },
};

async function changed(guildId: string, context: Context, edit: (old: ServerSettings) => ServerSettings): Promise<string> {
  return settingsText(guildId, await context.servers.change(guildId, edit), context);
}

async function settingsText(guildId: string, settings: ServerSettings, context: Context): Promise<string> {
  const { channels, roles, hidden, sources, budget } = settings;
  const hiddenNow = await hiddenDocuments(guildId, settings, context);
  return [
    "**What is set for this server**",
    `• I answer in: ${channels.length === 0 ? "every channel where I may write" : channels.map((id) => `<#${id}>`).join(", ")}`,
    `• I answer: ${roles.length === 0 ? "everyone" : `those with ${roles.map((id) => `<@&${id}>`).join(" or ")}`}`,
    `• Sources of this server: ${sources.length === 0 ? "none" : sources.length}`,
    ...smallList(sources.map(sourceText), SHOWN),
    `• Hidden here: ${hidden.length === 0 ? "nothing" : hidden.length}`,
    ...smallList(
      hiddenNow.map(({ id, title }) => plainText(title ?? id)),
      SHOWN,
    ),
    ...(context.written ? [`• Language models: ${budgetText(budget, context)}`] : []),
  ].join("\n");
}

const WHOSE = ["server", "person"] as const;
type Budget = ServerSettings["budget"];
const nothingNamed = (): Failure =>
  new Failure("config_empty", "Nothing to change was named.", "Choose one of the options of this command.");

/** The ceilings after the change, null for none of the server's own. Failure where one cannot be kept, or passes the operator's. */
function budgetChange(
  before: Budget,
  given: { server?: number | undefined; person?: number | undefined },
  { ceilings, written }: Context,
): Budget {
  if (!written)
    throw new Failure("budget_idle", "I use no language model, so nothing is spent.", "Whoever runs me can set one with MODEL.");
  if (ceilings === null) {
    const unknown = "The price of my language model is not known.";
    throw new Failure("budget_unpriced", unknown, "Whoever runs me says it with MODEL_PRICES.");
  }
  if (given.server === undefined && given.person === undefined) throw nothingNamed();
  const after = { ...before };
  for (const whose of WHOSE) {
    const dollars = given[whose];
    const most = ceilings[whose] ?? Infinity;
    if (dollars === undefined) continue;
    if (!(dollars >= 0 && dollars <= MOST_DOLLARS))
      throw new Failure("budget_invalid", `${whose} must be an amount in US dollars from 0 to ${MOST_DOLLARS}.`, "E.g. 2.50.");
    if (dollars > most)
      throw new Failure("budget_above", `Whoever runs me allows a ${whose} $${most} a day.`, "Give no more than that, or 0.");
    after[whose] = dollars === 0 ? null : dollars;
  }
  return after;
}

function budgetText(own: Budget, { ceilings }: Context): string {
  const shown = WHOSE.flatMap((whose) => {
    const set = [own[whose], ceilings?.[whose] ?? null].filter((ceiling) => ceiling !== null);
    return set.length === 0 ? [] : [`$${Math.min(...set)} a day for ${whose === "server" ? "this server" : "each person"}`];
  });
  return shown.length === 0 ? "no limit of this server" : shown.join(", ");
}

function sourceText({ name, scope, documents, at }: AddedSource): string {
  const role = /^role:(\d+)$/.exec(scope)?.[1];
  const whom = role === undefined ? "everyone here" : `<@&${role}> only`;
  return `${plainText(name)} · ${count(documents.length, "document")} · ${whom} · ${instant(at, "D")}`;
}

/** The ids of a list after one change; the Failure says what to give when nothing was given. */
function listChange(before: readonly string[], add?: string, remove?: string, all = false): string[] {
  if (add === undefined && remove === undefined && !all) throw nothingNamed();
  const kept = all ? [] : before.filter((id) => id !== remove);
  if (add === undefined || kept.includes(add)) return kept;
  if (kept.length >= ENTRIES) throw new Failure("config_full", `At most ${ENTRIES} can be named.`, "Remove one first.");
  return [...kept, add];
}
