// Whether a server lets the bot answer here and to this person, by its /config. Only decides; how it is told is the caller's matter.
import { Failure } from "../../failure.ts";
import type { Caller } from "./gateway/caller.ts";
import type { ServerSettings } from "./server-settings.ts";

/** Null when the bot may answer; else a line for the person alone. */
export function admissionRefusal(caller: Caller, { channels, roles }: ServerSettings): Failure | null {
  const places = [caller.channelId, caller.parentChannelId];
  if (channels.length > 0 && !channels.some((id) => places.includes(id))) {
    return new Failure(
      "channel_closed",
      `In this server I answer only in ${channels.map((id) => `<#${id}>`).join(", ")}.`,
      "Please ask me there, or in a direct message.",
    );
  }
  if (roles.length > 0 && !roles.some((id) => caller.roleIds.includes(id))) {
    return new Failure(
      "role_missing",
      `In this server I answer only those with the role ${roles.map((id) => `<@&${id}>`).join(" or ")}.`,
      "Whoever manages this server can give you the role, or change this with /config.",
    );
  }
  return null;
}

export const isAdmissionRefusal = ({ code }: Failure): boolean => code === "channel_closed" || code === "role_missing";
