// How /config speaks: what is set for a server, in a few lines. Changes nothing.
import { Failure } from "../../failure.ts";
import type { Context } from "./command.ts";
import { plainText } from "./discord-markup.ts";
import type { AddedSource, ServerSettings } from "./server-settings.ts";
import { ownScopes } from "./server-sources.ts";

/** Discord shows that many names before a list is no longer read. */
const SHOWN = 15;
const ENTRIES = 50;

export async function settingsText(guildId: string, settings: ServerSettings, { whole }: Context): Promise<string> {
  const { channels, roles, hidden, sources } = settings;
  const hiddenNow =
    hidden.length === 0 ? [] : await whole.documents({ scopes: ownScopes(guildId, settings), documents: hidden, undated: true });
  return [
    "**What is set for this server**",
    `• I answer in: ${channels.length === 0 ? "every channel where I may write" : channels.map((id) => `<#${id}>`).join(", ")}`,
    `• I answer: ${roles.length === 0 ? "everyone" : `those with ${roles.map((id) => `<@&${id}>`).join(" or ")}`}`,
    `• Sources of this server: ${sources.length === 0 ? "none" : sources.length}`,
    ...listed(sources.map(sourceText)),
    `• Hidden here: ${hidden.length === 0 ? "nothing" : hidden.length}`,
    ...listed(hiddenNow.map(({ id, title }) => plainText(title ?? id))),
  ].join("\n");
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
export function listChange(
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
