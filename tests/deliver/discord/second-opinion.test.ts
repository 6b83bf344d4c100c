import { DigitalDiscord } from "discord-digital-twin";
// The interaction flows against a Discord that somebody else wrote (discord-digital-twin), in case our fake and our bot share an error.
// It knows slash commands, buttons and forms; no files, no rights, no list of global commands. It writes the private answer to a button
// over the message that the button stands under, where Discord makes a new one: what is said is looked at here, not where.
import { ChannelType } from "discord.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { QUOTED } from "../../../src/briefings/written-parts.ts";
import { systemClock } from "../../../src/clock.ts";
import { startDiscordBot, type DiscordBot } from "../../../src/deliver/discord/bot.ts";
import { loadSettings } from "../../../src/settings.ts";
import { quietLog } from "../../support/discord-scene.ts";
import type { Json } from "../../support/fake-discord/world.ts";
import { createMemoryState } from "../../support/memory-state.ts";
import { createScriptedBriefing, scriptedAnswer, type ScriptedBriefing } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

const CHANNEL = "1400000000000000001";
const PERSON = "1400000000000000002";

let twin: DigitalDiscord;
let bot: DiscordBot;
let briefing: ScriptedBriefing;

beforeAll(async () => {
  twin = new DigitalDiscord({
    channels: [{ id: CHANNEL, name: "news", type: ChannelType.GuildText }],
    users: [{ id: PERSON, username: "ada" }],
  });
  await twin.start();
  const state = createMemoryState();
  briefing = createScriptedBriefing(state);
  const settings = loadSettings({ DISCORD_TOKEN: twin.botToken, DISCORD_API_URL: twin.restUrl });
  bot = await startDiscordBot({ settings, briefing, state, clock: systemClock, log: quietLog });
});
afterAll(async () => {
  await bot.stop();
  await twin.stop();
});

const person = () => twin.channel(CHANNEL).user(PERSON);
type Message = Awaited<ReturnType<ReturnType<DigitalDiscord["channel"]>["getMessages"]>>[number];

/** How it was acknowledged, and the messages that came of it. */
async function outcome(interaction: { id: string }, enough: (messages: Message[]) => boolean) {
  const ack = await twin.channel(CHANNEL).waitForInteractionAck({ interactionId: interaction.id });
  const messages = await until("the messages", async () => {
    const all = (await twin.channel(CHANNEL).getMessages()).filter(({ id, content }) => !seen.has(`${id} ${content}`));
    return enough(all) ? all : null;
  });
  for (const { id, content } of messages) seen.add(`${id} ${content}`);
  const response = await twin.channel(CHANNEL).getInteractionResponse(interaction.id);
  return { type: ack.type, data: JSON.parse(response?.data ?? "{}") as Record<string, unknown>, messages };
}
const seen = new Set<string>();

const ask = (question: string) =>
  person().runSlashCommand({ name: "ask", options: [{ name: "question", type: 3, value: question }] });
const buttonsOf = (message: Message | undefined): Json[] =>
  (message?.components ?? []).flatMap((row) => (row as unknown as { components: Json[] }).components);
const idOf = (message: Message | undefined, start: string): string =>
  buttonsOf(message)
    .map((part) => String(part["custom_id"]))
    .find((id) => id.startsWith(start)) ?? "";

test("a slash command is deferred, then edited into the answer, with its buttons", async () => {
  const { type, data, messages } = await outcome(await ask("Which quay?"), ([first]) => (first?.content ?? "") !== "");
  expect(type).toBe(5);
  expect(data["allowed_mentions"]).toEqual({ parse: [] });
  expect(messages).toHaveLength(1);
  expect(messages[0]?.content).toContain("It carries two cranes. [1]");
  expect(buttonsOf(messages[0])).toHaveLength(3);
});

test("buttons answer in private, or with a form; the form is taken", async () => {
  const { messages } = await outcome(await ask("Which quay then?"), ([first]) => (first?.content ?? "") !== "");
  const [answer] = messages;
  const press = (start: string) => person().clickButton({ messageId: answer?.id ?? "", customId: idOf(answer, start) });
  const quotes = await outcome(await press("quotes:"), (all) => all.some(({ content }) => content.includes("> The new quay")));
  expect(quotes).toMatchObject({ type: 5, data: { flags: 64 } });
  const form = await outcome(await press("bad:"), () => true);
  expect(form).toMatchObject({ type: 9, data: { title: "What was wrong?" } });
  const sent = await person().submitModal({
    customId: String(form.data["custom_id"]),
    fields: [{ customId: "reason", value: "too short" }],
  });
  await outcome(sent, (all) => all.some(({ content }) => content.startsWith("Thank you")));
  expect(briefing.given).toEqual([expect.objectContaining({ helpful: false, reason: "too short" })]);
});

test("a long answer goes on in follow-ups, and nothing of it is lost", async () => {
  const before = briefing.script;
  const texts = Array.from({ length: 50 }, (_, n) => `Sentence ${n} tells of quay ${n} and of the two cranes that stand there.`);
  briefing.script = (question, _options, documents) => ({
    ...scriptedAnswer(question, documents.slice(0, 1)),
    sentences: texts.map((text) => ({ text, citations: [1], check: { supported: true, score: 1, method: "verbatim" } })),
  });
  const { messages } = await outcome(await ask("All of it?"), (all) => all.some((part) => buttonsOf(part).length > 0));
  briefing.script = before;
  expect(messages.length).toBeGreaterThan(1);
  const whole = messages.map(({ content }) => content).join("\n");
  for (const text of texts) expect(whole).toContain(`${text} [1]`);
});

test("a picture that Discord cannot take costs no text", async () => {
  const { sources } = scriptedAnswer("", briefing.library);
  briefing.timeline = async (topic) => ({
    topic,
    events: [{ date: "2024-05", precision: "month", text: "The quay opened.", citations: [1] }],
    undated: [],
    sources,
    warnings: [],
    ...QUOTED,
  });
  const asked = await person().runSlashCommand({ name: "timeline", options: [{ name: "topic", type: 3, value: "the quay" }] });
  const { messages } = await outcome(asked, ([first]) => (first?.content ?? "") !== "");
  expect(messages[0]?.content).toContain("The quay opened. [1]");
});

test("what the bot does not know is told in private", async () => {
  const unknown = await outcome(await person().runSlashCommand({ name: "conjure" }), ([first]) => (first?.content ?? "") !== "");
  expect(unknown).toMatchObject({ type: 5, data: { flags: 64 } });
  expect(unknown.messages[0]?.content).toContain("do not know this command");
});
