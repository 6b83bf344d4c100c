// Slash commands are written only where they differ from what Discord has: nothing changed, nothing written.
import { Routes, type REST } from "discord.js";
import type { Settings } from "../../settings.ts";
import { shapeOf } from "./command.ts";
import { startFailure, unconnected } from "./gateway/connection.ts";
import { COMMANDS } from "./registry.ts";

type Json = Record<string, unknown>;

/** Failure when the token is missing or wrong, or Discord cannot be reached. */
export async function registerCommands(settings: Settings, dryRun: boolean) {
  const { rest } = unconnected(settings);
  try {
    const { id } = (await rest.get(Routes.currentApplication())) as { id: string };
    return await registerWith(rest, id, settings.discordGuildId, dryRun);
  } catch (cause) {
    throw startFailure(cause, settings);
  }
}

export async function registerWith(rest: REST, applicationId: string, guildId: string | null, dryRun: boolean) {
  const route =
    guildId === null ? Routes.applicationCommands(applicationId) : Routes.applicationGuildCommands(applicationId, guildId);
  const wanted: readonly Json[] = COMMANDS.map(shapeOf);
  const there = (await rest.get(route)) as Json[];
  const report = {
    scope: guildId === null ? "global" : `server ${guildId}`,
    added: [] as string[],
    changed: [] as string[],
    removed: there.filter((old) => !wanted.some((command) => isSame(command, old))).map(nameOf),
    unchanged: [] as string[],
    /** False when nothing differed, or on a dry run. */
    written: false,
  };
  for (const command of wanted) {
    const old = there.find((each) => isSame(command, each));
    const list = old === undefined ? "added" : comparable(command) === comparable(old) ? "unchanged" : "changed";
    report[list].push(nameOf(command));
  }
  if (!dryRun && report.added.length + report.changed.length + report.removed.length > 0) {
    await rest.put(route, { body: wanted });
    report.written = true;
  }
  return report;
}

const nameOf = (command: Json): string => String(command["name"]);

const isSame = (a: Json, b: Json): boolean => a["name"] === b["name"] && (a["type"] ?? 1) === (b["type"] ?? 1);

/** What a registration sets of a command or an option, with Discord's defaults for what is left out: it adds ids, versions and translations of its own. */
const DEFAULTS = {
  type: 1,
  name: null,
  description: "",
  contexts: null,
  integration_types: [0],
  default_member_permissions: null,
  required: false,
  autocomplete: false,
  min_length: null,
  max_length: null,
  min_value: null,
};

function comparable(json: Json): string {
  const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(String).sort() : value);
  const fields = Object.entries(DEFAULTS).map(([field, otherwise]) => sorted(json[field] ?? otherwise));
  const choices = ((json["choices"] ?? []) as Json[]).map(({ name, value }) => [name, value]);
  return JSON.stringify([fields, choices, ((json["options"] ?? []) as Json[]).map(comparable)]);
}
