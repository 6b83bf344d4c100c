// Documents that a server adds for itself, and those it hides. What is added carries the server's scope (or a role's), so that no other
// place can ever see it; what belongs to everyone is only hidden here, never removed.
import { Failure } from "../../failure.ts";
import type { IngestReport } from "../../results.ts";
import { count } from "../render/markup.ts";
import type { Attached, Context } from "./command.ts";
import { plainText, smallList } from "./discord-markup.ts";
import type { ServerSettings } from "./server-settings.ts";

const SOURCES = 50;
const HIDDEN = 500;
const FILE_BYTES = 16_000_000;
const TITLES = 10;

/** The scopes that a server's managers manage: its own, and those of roles that it gave documents to. */
export function ownScopes(guildId: string, { sources }: ServerSettings): string[] {
  return [...new Set([`guild:${guildId}`, ...sources.map(({ scope }) => scope)])];
}

/** Of `link`, `file` and `hidden` (a hidden document to show again) one. Gives the line that tells what became of it. */
export async function addSource(
  guildId: string,
  { link, file, role, hidden }: Partial<Record<"link" | "role" | "hidden", string | undefined>> & { file?: Attached | undefined },
  { whole, servers, clock, signal }: Context,
): Promise<string> {
  const settings = await servers.of(guildId);
  if (hidden !== undefined) {
    if (!settings.hidden.includes(hidden))
      throw new Failure("document_not_hidden", "This document is not hidden here.", "Choose one from the list while you type.");
    await servers.change(guildId, (old) => ({ ...old, hidden: old.hidden.filter((each) => each !== hidden) }));
    return "It is shown here again.";
  }
  const name = file?.name ?? link?.trim() ?? "";
  if (name === "" || (file !== undefined && link !== undefined)) {
    const how = "/config source-add link:https://… or with a file attached.";
    throw new Failure("source_missing", "Give either a link or a file.", how);
  }
  if (settings.sources.length >= SOURCES && !settings.sources.some((source) => source.name === name))
    throw new Failure("sources_full", `A server can add ${SOURCES} sources.`, "Remove one with /config source-remove first.");
  // everyone's role has the server's own id
  const scope = role === undefined || role === guildId ? `guild:${guildId}` : `role:${role}`;
  const idsNow = async (): Promise<Map<string, string>> => {
    const documents = await whole.documents({ scopes: [scope], undated: true });
    return new Map(documents.map(({ id, title }) => [id, title ?? id]));
  };
  const before = await idsNow();
  const report = await (file === undefined
    ? whole.ingest([readableLink(name)], { scope, signal })
    : whole.ingestUpload(uploadOf(file), scope, signal));
  if (report.added + report.updated + report.unchanged === 0) {
    const hint = "Check the address or the file, and that it can be read without signing in.";
    throw new Failure("source_unread", `I could not read ${name}: ${reasonOf(report)}.`, hint);
  }
  const added = [...(await idsNow())].filter(([id]) => !before.has(id));
  await servers.change(guildId, (old) => {
    const earlier = old.sources.find((source) => source.name === name && source.scope === scope);
    const documents = [...new Set([...(earlier?.documents ?? []), ...added.map(([id]) => id)])];
    const source = { name, scope, documents, at: clock.now().toISOString() };
    return { ...old, sources: [...old.sources.filter((each) => each !== earlier), source] };
  });
  const whom = scope.startsWith("role:") ? `people with <@&${role}>, in private answers` : "this server";
  return [
    added.length === 0
      ? `I had read this already; ${report.updated > 0 ? "what changed is now up to date" : "nothing in it is new"}.`
      : `Read for ${whom}: ${count(added.length, "document")}.`,
    ...smallList(
      added.map(([, title]) => plainText(title)),
      TITLES,
    ),
    ...(report.failed.length > 0 ? [`-# ${report.failed.length} could not be read, e.g. ${plainText(reasonOf(report))}`] : []),
  ].join("\n");
}

/** Removes a document of the server's own; hides one of everyone's. Gives the line that tells which. */
export async function removeSource(guildId: string, wanted: string, { whole, servers }: Context): Promise<string> {
  const settings = await servers.of(guildId);
  const scopes = ownScopes(guildId, settings);
  const { id, title } = await whole.show(wanted.trim(), scopes).catch((cause: unknown) => {
    if (!(cause instanceof Failure)) throw cause;
    throw new Failure("document_unknown", `I know no document ${wanted} here.`, "Choose one from the list while you type.");
  });
  const name = plainText(title ?? id);
  if (await whole.removeScoped(id, scopes)) {
    await servers.change(guildId, (old) => ({
      ...old,
      sources: old.sources
        .map((source) => ({ ...source, documents: source.documents.filter((each) => each !== id) }))
        .filter((source) => source.documents.length > 0),
    }));
    return `Removed: ${name}. It was this server's own, and I no longer have it.`;
  }
  if (settings.hidden.length >= HIDDEN)
    throw new Failure("hidden_full", `A server can hide ${HIDDEN} documents.`, "Show some again with /config source-add hidden.");
  await servers.change(guildId, (old) => ({ ...old, hidden: [...new Set([...old.hidden, id])] }));
  return `Hidden in this server: ${name}. No answer here uses it any more; /config source-add hidden shows it again.`;
}

/** Only addresses: a name of a file would be one on the machine that the bot runs on. */
function readableLink(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  const what = `${link.slice(0, 200)} is not a link that I can read.`;
  throw new Failure("link_invalid", what, "It must begin with https:// or http://.");
}

function uploadOf({ name, url, size }: Attached): { name: string; address: string } {
  if (size <= FILE_BYTES) return { name, address: url };
  const what = `The file has ${Math.ceil(size / 1_000_000)} MB; I read up to 16 MB.`;
  throw new Failure("file_large", what, "Split it, or send the text of it.");
}

const reasonOf = ({ failed }: IngestReport): string => failed[0]?.reason ?? "there is nothing in it";
