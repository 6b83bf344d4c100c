// /sources: what the bot has read, newest first, paged, for the caller alone.
import { ApplicationCommandOptionType as Option, ApplicationCommandType, ButtonStyle, ComponentType } from "discord.js";
import type { Document } from "../../../domain.ts";
import type { FollowedAddress } from "../../../results.ts";
import { EVERYWHERE, defineCommand, type Context } from "../command.ts";
import { discordMarkup, plainText } from "../discord-markup.ts";
import type { Exchange } from "../gateway/exchange.ts";
import type { Buttons } from "../gateway/outgoing.ts";

const PAGE = 8;
/** Addresses in trouble that are named. */
const TROUBLES = 5;

export const sources = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "sources",
    description: "The documents I have read, with dates, publishers and genre",
    // the query travels in the buttons' custom_id, which Discord limits to 100
    options: [
      {
        type: Option.String,
        name: "query",
        description: "Only those with these words in title, author or publisher",
        max_length: 80,
      },
    ],
    ...EVERYWHERE,
  },
  usage: "/sources [query]: the documents I have read, and how the feeds are",
  queued: false,
  hidden: true,
  run: (exchange, args, context) => showSources(exchange, args.query?.trim().slice(0, 80) ?? "", 0, context),
});

/** One page of the list, counted from 0; a page beyond the end becomes the last. */
export async function showSources(exchange: Exchange, query: string, page: number, { briefing }: Context): Promise<void> {
  const all = await briefing.documents();
  const state = query === "" && page <= 0 ? followedText(await briefing.followed()) : [];
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((document) => {
    const text = [document.title, document.publisher, document.author, document.genre, document.published]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (found.length === 0) {
    await exchange.reply(
      all.length === 0
        ? ["I have read no documents yet.", ...state].join("\n\n")
        : `None of my ${all.length} documents has “${plainText(query)}” in its title, author or publisher. /sources without words lists them all.`,
    );
    return;
  }
  const pages = Math.ceil(found.length / PAGE);
  const at = Math.min(Math.max(page, 0), pages - 1);
  const shown = found.slice(at * PAGE, (at + 1) * PAGE);
  const title = query === "" ? "**What I have read**" : `**What I have read on “${plainText(query)}”**`;
  await exchange.reply(
    [
      [`${title} · ${at * PAGE + 1} to ${at * PAGE + shown.length} of ${found.length}`, ...shown.map(line)].join("\n"),
      ...state,
    ].join("\n\n"),
    { buttons: pages === 1 ? [] : pager(query, at, pages) },
  );
}

/** Feeds and pages that are read again and again: how many, when last, and which are in trouble. Nothing where there are none. */
function followedText(followed: readonly FollowedAddress[]): string[] {
  if (followed.length === 0) return [];
  const last = followed.reduce(
    (latest, { succeededAt }) => (succeededAt !== null && succeededAt > latest ? succeededAt : latest),
    "",
  );
  const when = last === "" ? "none was read yet" : `last read <t:${Math.floor(Date.parse(last) / 1000)}:R>`;
  const troubled = followed.filter(({ failures }) => failures > 0);
  return [
    [
      `**What I follow** · ${followed.length === 1 ? "1 address" : `${followed.length} addresses`}, ${when}`,
      ...troubled.slice(0, TROUBLES).map(({ title, url, failures, lastProblem }) => {
        const times = failures === 1 ? "once" : `${failures} times`;
        return `• ${discordMarkup.link(title ?? url, url)}\n-# failed ${times}: ${plainText(lastProblem ?? "no reason is known")}; tried again by itself`;
      }),
      ...(troubled.length > TROUBLES ? [`-# and ${troubled.length - TROUBLES} more in trouble`] : []),
    ].join("\n"),
  ];
}

function line(document: Document): string {
  const title = document.title ?? document.path ?? "untitled";
  const facts = [
    document.publisher === null ? "publisher unknown" : plainText(document.publisher),
    document.genre,
    document.published === null ? "undated" : discordMarkup.day(document.published),
  ].filter((fact) => fact !== null);
  return `• ${document.url === null ? plainText(title) : discordMarkup.link(title, document.url)}\n-# ${facts.join(" · ")}`;
}

function pager(query: string, at: number, pages: number): Buttons {
  const button = (label: string, target: number, disabled: boolean) =>
    ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label,
      // the direction keeps two buttons for the same page apart
      custom_id: `sources:${target}:${query}`,
      disabled,
    }) as const;
  return [
    {
      type: ComponentType.ActionRow,
      components: [button("◀ Newer", at - 1, at === 0), button("Older ▶", at + 1, at === pages - 1)],
    },
  ];
}
