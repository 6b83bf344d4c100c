// The application's registered commands, global and per server; every write is counted.
import type { Json, World } from "./world.ts";

export interface FakeCommands {
  /** Bulk writes so far. */
  readonly writes: number;
  list(guildId: string | null): Json[];
  put(guildId: string | null, commands: Json[]): Json[];
  /** The command that a person in this server sees under the name. */
  find(name: string, type: number, guildId: string | null): Json | null;
}

export function createFakeCommands(world: World): FakeCommands {
  const lists = new Map<string, Json[]>();
  let writes = 0;
  const listOf = (guildId: string | null): Json[] => lists.get(guildId ?? "") ?? [];
  return {
    get writes() {
      return writes;
    },
    list: listOf,
    put(guildId, commands) {
      writes += 1;
      const before = listOf(guildId);
      const stored = commands.map((command) => {
        const type = command["type"] ?? 1;
        const known = before.find((old) => old["name"] === command["name"] && old["type"] === type);
        // Discord fills in what was left out, with null where it means "default"
        return {
          description: "",
          default_member_permissions: null,
          nsfw: false,
          contexts: null,
          integration_types: [0],
          name_localizations: null,
          description_localizations: null,
          ...command,
          ...(command["options"] === undefined ? {} : { options: (command["options"] as Json[]).map(storedOption) }),
          type,
          id: known?.["id"] ?? world.newId(),
          application_id: world.botUser.id,
          version: world.newId(),
          ...(guildId === null ? {} : { guild_id: guildId }),
        };
      });
      lists.set(guildId ?? "", stored);
      return stored;
    },
    find(name, type, guildId) {
      const seen = [...(guildId === null ? [] : listOf(guildId)), ...listOf(null)];
      return seen.find((command) => command["name"] === name && command["type"] === type) ?? null;
    },
  };
}

/** Discord leaves out what is false or empty when it gives options back. */
function storedOption(option: Json): Json {
  const stored: Json = { ...option, name_localizations: null, description_localizations: null };
  for (const key of ["required", "autocomplete"]) if (stored[key] === false) delete stored[key];
  if (Array.isArray(stored["options"])) stored["options"] = (stored["options"] as Json[]).map(storedOption);
  return stored;
}
