// Discord's markup, and how text from outside is kept from having any. What passes through `plain` reads the same and does nothing:
// no formatting, no mention, no link, no invite, no custom emoji.
import type { Dated } from "../../domain.ts";
import { dateInWords } from "../../text/date-words.ts";
import type { Markup } from "../render/markup.ts";

/** Invisible, and enough to keep Discord from seeing a mention, an address or an invite. */
const BREAK = "\u200b";

export function plainText(text: string): string {
  return inert(
    text
      .replace(/[\\*_~`|<>[\]()#]/g, "\\$&")
      // lists; Discord lets only punctuation be escaped, so in `1.` the full stop is
      .replace(/^([ \t]*)-/gm, "$1\\-")
      .replace(/^([ \t]*\d+)\./gm, "$1\\."),
  );
}

/** Text without mentions, addresses, invites and emoji; its marks are left. */
function inert(text: string): string {
  return (
    text
      // direction overrides and letters that are not seen could hide what a line says
      .replace(/[\u202a-\u202e\u2060-\u2069\u{e0000}-\u{e007f}]/gu, "")
      .replace(/@(?=everyone|here)/gi, `@${BREAK}`)
      .replace(/(\w):(?=\/\/)/g, `$1:${BREAK}`)
      .replace(/(discord(?:app)?)\.(?=gg|com|new|gift)/gi, `$1${BREAK}.`)
      .replace(/:(?=[a-z_+-][\w+-]*:)/gi, `:${BREAK}`)
  );
}

/** The label of a link, where Discord shows backslashes and a bracket may end it: brackets become round, and no mark finds its partner. */
function labelText(text: string): string {
  return inert(text)
    .replace(/\s+/g, " ")
    .replace(/\[/g, "(")
    .replace(/\]/g, ")")
    .replace(/\\/g, "\u2216")
    .replace(/`/g, "\u02cb")
    .replace(/_(?![A-Za-z0-9])/g, "\u02cd")
    .replace(/\*/g, "*\ufeff")
    .replace(/[~|<]/g, `$&${BREAK}`)
    .trim();
}

/** An address as it may stand in `<…>` inside a link: no character that could end it. */
function safeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { href, protocol } = new URL(url);
  return protocol === "http:" || protocol === "https:"
    ? href.replace(/[<>()[\]\s\\`"]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    : null;
}

/** Seconds since 1970 that show this date as the same day nearly everywhere: a day without a time stands at noon UTC. */
export function unixDay(date: Dated): number | null {
  const hasTime = /T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/.test(date);
  const time = Date.parse(hasTime ? date : `${date.slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(time) ? null : Math.floor(time / 1000);
}

export const instant = (at: string | Date, style: "D" | "F" | "R"): string =>
  `<t:${Math.floor(new Date(at).getTime() / 1000)}:${style}>`;

export function smallList(lines: readonly string[], most: number): string[] {
  const left = lines.length - most;
  return [...lines.slice(0, most), ...(left > 0 ? [`and ${left} more`] : [])].map((line) => `-# ${line}`);
}

export const discordMarkup: Markup = {
  plain: plainText,
  strong: (text) => `**${text}**`,
  small: (line) => `-# ${line.replace(/\s+/g, " ")}`,
  day(date) {
    const unix = date.length < "2025-10-31".length ? null : unixDay(date);
    return unix === null ? plainText(dateInWords(date)) : `<t:${unix}:D>`;
  },
  link(label, url) {
    const safe = safeUrl(url);
    return safe === null ? plainText(label.replace(/\s+/g, " ")) : `[${labelText(label) || new URL(safe).hostname}](<${safe}>)`;
  },
  under: (line) => line,
  roomy: false,
  quote: (text) =>
    text
      .trim()
      .split(/\r\n|[\r\n\u2028\u2029]/)
      .map((line) => `> ${plainText(line)}`)
      .join("\n"),
};
