// Restricted documents never show up elsewhere: two servers, roles, direct messages; every surface is asked, everything that was sent is read.
import { PermissionFlagsBits } from "discord.js";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createScene, expectGoodManners, type Scene } from "../../support/discord-scene.ts";
import type { FakeInteraction } from "../../support/fake-discord/interactions.ts";
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser } from "../../support/fake-discord/world.ts";
import { ACTS, responseOf, walkAround, type Member } from "../../support/leak-walk.ts";
import { scriptedAnswer, scriptedDocument, tellsEverything } from "../../support/scripted-briefing.ts";

let scene: Scene;
let members: Member[];
let hiddenAt = "";
const ACTS_DONE = Number(process.env["LEAK_ACTS"] ?? 200);

/** canary -> scope that may read it */
const canaries = new Map<string, string>();

beforeAll(async () => {
  const roles: string[] = [];
  const rooms: FakeChannel[] = [];
  let south: FakeGuild | undefined;
  let harbour: FakeChannel | undefined;
  scene = await createScene(({ fake, guild }) => {
    south = fake.world.addGuild("South");
    harbour = fake.world.addChannel(south, "harbour");
    roles.push(fake.world.addRole(guild, "crew").id);
    rooms.push(fake.world.addChannel(guild, "quarters"));
  });
  if (south === undefined || harbour === undefined) throw new Error("no second server");
  const { fake, guild, channel } = scene;
  const quarters = rooms[0] ?? channel;
  const crew = roles[0] ?? "";
  const join = (name: string, into: FakeGuild, held: string[]): FakeUser => {
    const user = fake.world.addUser(name);
    fake.world.join(into, user, held);
    return user;
  };
  const sailor = join("sailor", guild, [crew]);
  members = [
    { user: scene.person, guild, channel, roles: [], manages: null },
    { user: sailor, guild, channel: quarters, roles: [crew], manages: null },
    { user: join("dee", guild, []), guild, channel: quarters, roles: [], manages: null },
    { user: join("cy", south, []), guild: south, channel: harbour, roles: [], manages: null },
    // the same person elsewhere has none of the rights that a server gave
    {
      user: sailor,
      guild: null,
      channel: fake.world.addChannel(null, "direct", { recipientId: sailor.id }),
      roles: [],
      manages: null,
    },
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
    const keepers = fake.world.addRole(into, "keepers", manage).id;
    fake.world.join(into, boss, [keepers]);
    members.push({ user: boss, guild: into, channel: where, roles: [keepers], manages: into === guild ? [crew] : [] });
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
  tellsEverything(scene.briefing, scene.state);
});
afterAll(() => scene.close());

const done = (interaction: FakeInteraction): Promise<FakeMessage> => responseOf(scene.fake, interaction);

test(`${ACTS_DONE} random questions and commands show no canary in the wrong place`, async () => {
  const acts = fc.sample(fc.record({ member: fc.constantFrom(...members), act: fc.constantFrom(...ACTS) }), {
    numRuns: ACTS_DONE,
    seed: 7,
  });
  const { leaks, skipped, shown } = await walkAround(scene.fake, acts, {
    secrets: { canaries, hidden: { word: "hiddencanary", guildId: hiddenAt } },
    question: "what of it?",
    documents: (scopes, { guild }) =>
      1 + (guild?.id === hiddenAt ? 0 : 1) + [...canaries.values()].filter((scope) => scopes.includes(scope)).length,
  });
  expect(leaks).toEqual([]);
  expect(skipped).toBeLessThan(ACTS_DONE / 2);
  // and those who may see them do
  for (const canary of [...canaries.keys(), "hiddencanary"]) expect(shown).toContain(canary);
  expectGoodManners(scene.fake);
});

test("a person who brought the bot along as a user app gets nothing of the server's own", async () => {
  const [member] = members;
  if (member === undefined) throw new Error("no member");
  const answer = await done(
    scene.fake.slash(member.user, member.channel, "ask", { question: "what of it?", private: true }, { userInstall: true }),
  );
  expect(answer.content).not.toMatch(/canary\d/);
});
