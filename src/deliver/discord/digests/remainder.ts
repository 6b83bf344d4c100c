// The entries of a digest that did not fit: kept when it is posted, shown to whoever presses its button, also after a restart.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../../failure.ts";
import type { StateStore } from "../../../stores/state.ts";
import type { ButtonUnder } from "../gateway/outgoing.ts";

/** Digests of one schedule, and digests that one server asked for with `/digest now`, whose rest is remembered: the latest. */
const MOST_KEPT = 14;
const KEPT = z.array(z.object({ id: z.string(), text: z.string() }));
const NOW = "now";

export const remainderButton = (scheduleId: string, id: string): ButtonUnder => ({
  label: "Show the others",
  id: `rest:${scheduleId}:${id}`,
});

/** Keeps what did not fit into a digest that belongs to no schedule; gives its button. */
export async function keepRemainder(guildId: string, text: string, state: StateStore): Promise<ButtonUnder> {
  const id = randomBytes(6).toString("hex");
  await keepOthers(state, `${NOW}/${guildId}`, id, text);
  return remainderButton(NOW, id);
}

/** What is behind the button of one digest of a schedule. */
export async function keepOthers(state: StateStore, place: string, id: string, text: string): Promise<void> {
  const others = (await keptUnder(state, place)).filter((each) => each.id !== id);
  await state.setValue(keyOf(place), JSON.stringify([{ id, text }, ...others].slice(0, MOST_KEPT)));
}

/** For one person alone. Throws Failure `digest_gone`, also for a digest of another server. */
export async function remainderOf(button: string, guildId: string | null, state: StateStore): Promise<string> {
  const [scheduleId = "", id = ""] = button.split(":");
  const own = scheduleId === NOW || (await state.digests.schedule(scheduleId))?.guildId === guildId;
  const kept = own ? await keptUnder(state, scheduleId === NOW ? `${NOW}/${guildId ?? ""}` : scheduleId) : [];
  const found = kept.find((each) => each.id === id);
  if (found !== undefined) return found.text;
  throw new Failure("digest_gone", "I no longer have the rest of this digest.", "/digest now tells what is new.");
}

const keyOf = (place: string): string => `digest-rest:${place}`;

const keptUnder = async (state: StateStore, place: string): Promise<z.infer<typeof KEPT>> =>
  KEPT.parse(JSON.parse((await state.value(keyOf(place))) ?? "[]"));
