// Restricted documents never show up elsewhere: two servers, roles, direct messages; every surface is asked, everything that was sent is read.
import { PermissionFlagsBits } from "discord.js";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createScene, expectGoodManners, type Scene } from "../../support/discord-scene.ts";
import type { FakeInteraction } from "../../support/fake-discord/interactions.ts";
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser, Json } from "../../support/fake-discord/world.ts";
import { scriptedAnswer, scriptedDocument } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

interface Member {
  user: FakeUser;
  guild: FakeGuild | null;
  channel: FakeChannel;
  roles: string[];
}

let scene: Scene;
let members: Member[];
let hiddenAt = "";
/** The long version: tests/benchmarks/discord-endurance.ts. */
const ACTS = Number(process.env["LEAK_ACTS"] ?? 200);

/** canary -> scope that may read it */
const canaries = new Map<string, string>();

beforeAll(async () => {
  const roles: string[] = [];
  let south: FakeGuild | undefined;
  let harbour: FakeChannel | undefined;
  scene = await createScene(({ fake, guild }) => {
    south = fake.world.addGuild("South");
    harbour = fake.world.addChannel(south, "harbour");
    roles.push(fake.world.addRole(guild, "crew").id);
  });
  if (south === undefined || harbour === undefined) throw new Error("no second server");
  const { fake, guild, channel } = scene;
  const crew = roles[0] ?? "";
  const join = (name: string, into: FakeGuild, held: string[]): FakeUser => {
    const user = fake.world.addUser(name);
    fake.world.join(into, user, held);
    return user;
  };
  const sailor = join("sailor", guild, [crew]);
  members = [
    { user: scene.person, guild, channel, roles: [] },
    { user: sailor, guild, channel, roles: [crew] },
    { user: join("cy", south, []), guild: south, channel: harbour, roles: [] },
    // the same person elsewhere has none of the rights that a server gave
    { user: sailor, guild: null, channel: fake.world.addChannel(null, "direct", { recipientId: sailor.id }), roles: [] },
  ];
  const scopes = [`guild:${guild.id}`, `guild:${south.id}`, `role:${crew}`];
  scene.briefing.library = [
    scriptedDocument("open"),
    ...scopes.map((scope, index) => {
      const canary = `canary${index}q`;
      canaries.set(canary, scope);
      return scriptedDocument(`secret-${index}`, {
        scope,
        publisher: `${canary} press`,
        title: `${canary} title`,
        text: `The ${canary} sings. It sings again.`,
      });
    }),
  ];
  // sources that the servers' own managers add with /config, the same link in both, and one for a role
  const manage = PermissionFlagsBits.ManageGuild;
  for (const [into, where] of [
    [guild, channel],
    [south, harbour],
  ] as const) {
    const boss = fake.world.addUser(`boss of ${into.name}`);
    fake.world.join(into, boss, [fake.world.addRole(into, "keepers", manage).id]);
    const add = async (file: string, role?: string): Promise<void> => {
      const canary = `canary${canaries.size}q`;
      canaries.set(canary, role === undefined ? `guild:${into.id}` : `role:${role}`);
      const attached = fake.attach(file, `The ${canary} was added here.`);
      const told = await done(
        fake.slash(boss, where, "config source-add", { file: attached, ...(role === undefined ? {} : { role }) }),
      );
      expect(told.content).toContain("1 document");
    };
    await add("minutes.txt");
    if (into === guild) await add("crew.txt", crew);
  }
  // and what a server hides is as good as another's
  hiddenAt = guild.id;
  scene.briefing.library.push(
    scriptedDocument("hidden", { title: "hiddencanary", publisher: "hiddencanary press", text: "The hiddencanary sings." }),
  );
  const [boss] = [...fake.world.users.values()].filter(({ username }) => username === `boss of ${guild.name}`);
  if (boss === undefined) throw new Error("no boss");
  await done(fake.slash(boss, channel, "config source-remove", { document: "hidden" }));
  // the worst case: an answer quotes everything that may be read
  scene.briefing.script = (question, _options, visible) => scriptedAnswer(question, visible);
});
afterAll(() => scene.close());

/** Scopes whose documents a message in this place may show to those who can read it. */
function allowed(member: Member, hidden: boolean): string[] {
  if (member.guild === null) return [];
  return [`guild:${member.guild.id}`, ...(hidden ? member.roles.map((role) => `role:${role}`) : [])];
}

function expectNoCanary(text: string, scopes: string[]): void {
  expect([...canaries].filter(([canary, scope]) => !scopes.includes(scope) && text.includes(canary))).toEqual([]);
}

const done = (interaction: FakeInteraction): Promise<FakeMessage> =>
  until("a response", () => {
    const message = scene.fake.world.messages.get(interaction.responseId ?? "");
    return message !== undefined && !message.deferred && message.content !== "" ? message : null;
  });

const customId = (message: FakeMessage, start: string): string | null => {
  const ids = message.components.flatMap((row) => (row["components"] as Json[]).map((part) => String(part["custom_id"])));
  return ids.find((id) => id.startsWith(start)) ?? null;
};

test(`${ACTS} random questions and commands show no canary in the wrong place`, async () => {
  const { fake } = scene;
  const acts = fc.sample(
    fc.record({
      who: fc.integer({ min: 0, max: 3 }),
      act: fc.constantFrom("ask", "ask-private", "mention", "sources", "sources-query", "help", "autocomplete", "quotes"),
      canary: fc.constantFrom(...canaries.keys()),
    }),
    { numRuns: ACTS, seed: 7 },
  );
  const shown = new Map<string, { member: Member; hidden: boolean }>();
  const lastOf = new Map<string, FakeMessage>();
  for (const { who, act, canary } of acts) {
    const member = members[who];
    if (member === undefined) throw new Error("no member");
    const { user, channel } = member;
    if (act === "autocomplete") {
      const typed = fake.autocomplete(user, channel, "ask", "publisher", "canary");
      const { data } = await until("choices", () => typed.acknowledged);
      expectNoCanary(JSON.stringify(data["choices"]), allowed(member, true));
      if (member.guild?.id === hiddenAt) expect(JSON.stringify(data["choices"])).not.toContain("hiddencanary");
      continue;
    }
    if (act === "mention") {
      const question = fake.say(user, channel, scene.mention(`what of ${canary}?`.replace(canary, "it")));
      const answer = await until("an answer", () => fake.botMessages(channel).find((message) => message.replyTo === question.id));
      shown.set(answer.id, { member, hidden: false });
      lastOf.set(channel.id, answer);
      continue;
    }
    const last = lastOf.get(channel.id);
    const quotes = last === undefined ? null : customId(last, "quotes:");
    const commands: Record<string, () => FakeInteraction> = {
      ask: () => fake.slash(user, channel, "ask", { question: "what of it?" }),
      "ask-private": () => fake.slash(user, channel, "ask", { question: "what of it?", private: true }),
      sources: () => fake.slash(user, channel, "sources"),
      "sources-query": () => fake.slash(user, channel, "sources", { query: "sings" }),
      help: () => fake.slash(user, channel, "help"),
      quotes: () => (last === undefined || quotes === null ? fake.slash(user, channel, "help") : fake.press(user, last, quotes)),
    };
    const interaction = commands[act]?.();
    if (interaction === undefined) throw new Error(`no act ${act}`);
    const message = await done(interaction);
    shown.set(message.id, { member, hidden: message.ephemeralFor !== null });
    for (const id of interaction.followUps) shown.set(id, { member, hidden: message.ephemeralFor !== null });
    if (act === "ask") lastOf.set(channel.id, message);
  }
  for (const [id, { member, hidden }] of shown) {
    const message = fake.world.messages.get(id);
    const whole = `${message?.content ?? ""} ${JSON.stringify(message?.components ?? [])}`;
    expectNoCanary(whole, allowed(member, hidden));
    if (member.guild?.id === hiddenAt) expect(whole).not.toContain("hiddencanary");
  }
  // and those who may see them do
  const everything = [...shown.keys()].map((id) => fake.world.messages.get(id)?.content ?? "").join("\n");
  for (const canary of [...canaries.keys(), "hiddencanary"]) expect(everything).toContain(canary);
  expectGoodManners(fake);
});

test("a person who brought the bot along as a user app gets nothing of the server's own", async () => {
  const [member] = members;
  if (member === undefined) throw new Error("no member");
  const answer = await done(
    scene.fake.slash(member.user, member.channel, "ask", { question: "what of it?", private: true }, { userInstall: true }),
  );
  expect(answer.content).not.toMatch(/canary\d/);
});
