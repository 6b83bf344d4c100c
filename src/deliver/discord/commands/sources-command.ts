// /sources: what the bot has read, newest first, paged, for the caller alone.
import type { Document } from "../../../domain.ts";
import type { FollowedAddress } from "../../../results.ts";
import { inBlocks } from "../../render/markup.ts";
import { type Command, type Context, part, type Said, text } from "../command.ts";
import { discordMarkup, instant, plainText } from "../discord-markup.ts";

const PAGE = 8;
const TROUBLES = 5;
/** The query travels in the buttons' custom_id, which Discord limits to 100. */
const QUERY = 80;

export const sources: Command = {
  name: "sources",
  parts: {
    "": part(
      "The documents I have read, with dates, publishers and genre",
      { query: text("Only those with these words in title, author or publisher", { max_length: QUERY }) },
      ({ query = "" }, context) => sourcesPage(query.trim(), 0, context),
    ),
  },
};

/** One page of the list, counted from 0; a page beyond the end becomes the last. */
export async function sourcesPage(query: string, page: number, { briefing }: Context): Promise<Said> {
  const all = await briefing.documents();
  const state = query === "" && page <= 0 ? followedText(await briefing.followed()) : "";
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter(({ title, publisher, author, genre, published }) => {
    const text = [title, publisher, author, genre, published].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (all.length === 0) return inBlocks("I have read no documents yet.", state);
  if (found.length === 0)
    return `None of my ${all.length} documents has “${plainText(query)}” in its title, author or publisher. /sources without words lists them all.`;
  const last = Math.ceil(found.length / PAGE) - 1;
  const at = Math.min(Math.max(page, 0), last);
  const shown = found.slice(at * PAGE, (at + 1) * PAGE);
  const title = query === "" ? "**What I have read**" : `**What I have read on “${plainText(query)}”**`;
  const head = `${title} · ${at * PAGE + 1} to ${at * PAGE + shown.length} of ${found.length}`;
  const button = (label: string, target: number, disabled: boolean) => ({ label, id: `sources:${target}:${query}`, disabled });
  return {
    text: inBlocks([head, ...shown.map(line)].join("\n"), state),
    buttons: last === 0 ? [] : [button("◀ Newer", at - 1, at === 0), button("Older ▶", at + 1, at === last)],
  };
}

/** Feeds and pages that are read again and again: how many, when last, and which are in trouble. Nothing where there are none. */
function followedText(followed: readonly FollowedAddress[]): string {
  if (followed.length === 0) return "";
  const last = followed
    .flatMap(({ succeededAt }) => succeededAt ?? [])
    .sort()
    .at(-1);
  const when = last === undefined ? "none was read yet" : `last read ${instant(last, "R")}`;
  const troubled = followed.filter(({ failures }) => failures > 0);
  return [
    `**What I follow** · ${followed.length === 1 ? "1 address" : `${followed.length} addresses`}, ${when}`,
    ...troubled.slice(0, TROUBLES).map(({ title, url, failures, lastProblem }) => {
      const times = failures === 1 ? "once" : `${failures} times`;
      return `• ${discordMarkup.link(title ?? url, url)}\n-# failed ${times}: ${plainText(lastProblem ?? "no reason is known")}; tried again by itself`;
    }),
    ...(troubled.length > TROUBLES ? [`-# and ${troubled.length - TROUBLES} more in trouble`] : []),
  ].join("\n");
}

function line({ title, path, url, publisher, genre, published }: Document): string {
  const name = title ?? path ?? "untitled";
  const facts = [
    publisher === null ? "publisher unknown" : plainText(publisher),
    genre,
    published === null ? "undated" : discordMarkup.day(published),
  ];
  return `• ${url === null ? plainText(name) : discordMarkup.link(name, url)}\n-# ${facts.filter((fact) => fact !== null).join(" · ")}`;
}
