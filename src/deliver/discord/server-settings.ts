// What each server set for itself with /config: where and for whom the bot answers, which documents it added and which it hides. One named
// value a server in the state store; kept for a second, since other processes may change it.
import { z } from "zod";
import { Failure } from "../../failure.ts";
import type { StateStore } from "../../stores/state.ts";
import type { Caller } from "./gateway/caller.ts";

const ADDED = z.object({
  name: z.string(),
  /** `guild:<id>` or `role:<id>`. */
  scope: z.string(),
  documents: z.array(z.string()),
  at: z.string(),
});

const SETTINGS = z.object({
  /** Channels in which the bot answers; empty for all. A thread counts as its channel. */
  channels: z.array(z.string()).default([]),
  /** Roles that are answered; empty for everyone. */
  roles: z.array(z.string()).default([]),
  /** Documents of everyone's that are not shown here. */
  hidden: z.array(z.string()).default([]),
  sources: z.array(ADDED).default([]),
  /** US dollars a day for language models: for the server, and for each person in it; null where only the operator's holds. */
  budget: z.object({ server: z.number().nullable(), person: z.number().nullable() }).default({ server: null, person: null }),
});

export type ServerSettings = z.infer<typeof SETTINGS>;
export type AddedSource = z.infer<typeof ADDED>;

export type ServerBook = ReturnType<typeof createServerBook>;

const NOTHING: ServerSettings = SETTINGS.parse({});
const KEPT_MS = 1_000;

export function createServerBook(state: StateStore) {
  const settled = new Map<string, { settings: ServerSettings; at: number }>();
  const reading = new Map<string, Promise<ServerSettings>>();
  let turn: Promise<unknown> = Promise.resolve();

  function settle(guildId: string, settings: ServerSettings): ServerSettings {
    settled.set(guildId, { settings, at: performance.now() });
    return settings;
  }

  async function read(guildId: string): Promise<ServerSettings> {
    const stored = await state.value(keyOf(guildId));
    return settle(guildId, stored === null ? NOTHING : SETTINGS.parse(JSON.parse(stored)));
  }

  return {
    /** Without waiting; null where it has not been read yet. */
    known: (guildId: string | null): ServerSettings | null =>
      guildId === null ? NOTHING : (settled.get(guildId)?.settings ?? null),
    /** What holds outside of servers is that nothing is set. */
    async of(guildId: string | null): Promise<ServerSettings> {
      if (guildId === null) return NOTHING;
      const before = settled.get(guildId);
      if (before !== undefined && performance.now() - before.at < KEPT_MS) return before.settings;
      const work = reading.get(guildId) ?? read(guildId).finally(() => reading.delete(guildId));
      reading.set(guildId, work);
      return work;
    },
    change(guildId: string, edit: (settings: ServerSettings) => ServerSettings): Promise<ServerSettings> {
      const work = turn.then(async () => {
        const changed = edit(await read(guildId));
        await state.setValue(keyOf(guildId), JSON.stringify(changed));
        return settle(guildId, changed);
      });
      turn = work.catch(() => undefined);
      return work;
    },
  };
}

const keyOf = (guildId: string): string => `guild:${guildId}:settings`;

/** Null when the bot may answer; else a line for the person alone. */
export function admissionRefusal(caller: Caller, { channels, roles }: ServerSettings): Failure | null {
  if (channels.length > 0 && !channels.some((id) => id === caller.channelId || id === caller.parentChannelId)) {
    const only = `In this server I answer only in ${channels.map((id) => `<#${id}>`).join(", ")}.`;
    return new Failure("channel_closed", only, "Please ask me there, or in a direct message.");
  }
  if (roles.length > 0 && !roles.some((id) => caller.roleIds.includes(id))) {
    const only = `In this server I answer only those with the role ${roles.map((id) => `<@&${id}>`).join(" or ")}.`;
    return new Failure("role_missing", only, "Whoever manages this server can give you the role, or change this with /config.");
  }
  return null;
}

export const isAdmissionRefusal = ({ code }: Failure): boolean => code === "channel_closed" || code === "role_missing";
