// The entries of a digest that did not fit: kept when it is posted, shown to whoever presses its button, also after a restart.
import { randomBytes } from "node:crypto";
import { ButtonStyle, ComponentType } from "discord.js";
import { z } from "zod";
import { Failure } from "../../../failure.ts";
import type { StateStore } from "../../../stores/state.ts";
import type { Context } from "../command.ts";
import type { Exchange } from "../gateway/exchange.ts";
import type { Buttons } from "../gateway/outgoing.ts";

/** Digests of one schedule, and digests that one server asked for with `/digest now`, whose rest is remembered: the latest. */
const MOST_KEPT = 14;
const KEPT = z.array(z.object({ id: z.string(), text: z.string() }));
const NOW = "now";

export function remainderButton(scheduleId: string, date: string): Buttons {
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: "Show the others",
    custom_id: `rest:${scheduleId}:${date}`,
  } as const;
  return [{ type: ComponentType.ActionRow, components: [button] }];
}

/** Keeps what did not fit into a digest that belongs to no schedule; gives its button. */
export async function keepRemainder(guildId: string, text: string, { state }: Pick<Context, "state">): Promise<Buttons> {
  const id = randomBytes(6).toString("hex");
  await keepOthers(state, `${NOW}/${guildId}`, id, text);
  return remainderButton(NOW, id);
}

/** For one person alone. Throws Failure `digest_gone`, also for a digest of another server. */
export async function showRemainder(exchange: Exchange, place: string, { state }: Context): Promise<void> {
  const [scheduleId = "", id = ""] = place.split(":");
  const guildId = exchange.caller.guildId ?? "";
  const own = scheduleId === NOW || (await state.digests.schedule(scheduleId))?.guildId === guildId;
  const kept = own ? await keptUnder(state, scheduleId === NOW ? `${NOW}/${guildId}` : scheduleId) : [];
  const text = kept.find((each) => each.id === id)?.text;
  if (text === undefined)
    throw new Failure("digest_gone", "I no longer have the rest of this digest.", "/digest now tells what is new.");
  await exchange.reply(text);
}

const keyOf = (place: string): string => `digest-rest:${place}`;

async function keptUnder(state: StateStore, place: string): Promise<z.infer<typeof KEPT>> {
  return KEPT.parse(JSON.parse((await state.value(keyOf(place))) ?? "[]"));
}

/** What is behind the button of one digest of a schedule. */
export async function keepOthers(state: StateStore, place: string, id: string, text: string): Promise<void> {
  const others = (await keptUnder(state, place)).filter((each) => each.id !== id);
  await state.setValue(keyOf(place), JSON.stringify([{ id, text }, ...others].slice(0, MOST_KEPT)));
}
