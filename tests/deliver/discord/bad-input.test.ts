// Every option of every command at its limit, beyond it and full of what nobody should write: a clear answer each time, never silence,
// never the line for what went wrong inside.
import { ApplicationCommandOptionType as Option, PermissionFlagsBits } from "discord.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { COMMANDS } from "../../../src/deliver/discord/registry.ts";
import { createScene, expectGoodManners, type Scene } from "../../support/discord-scene.ts";
import type { FakeUser, Json } from "../../support/fake-discord/world.ts";
import { responseOf } from "../../support/leak-walk.ts";
import { tellsEverything } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
let boss: FakeUser;
beforeAll(async () => {
  scene = await createScene();
  boss = scene.fake.world.addUser("boss");
  scene.fake.world.join(scene.guild, boss, [
    scene.fake.world.addRole(scene.guild, "keepers", PermissionFlagsBits.ManageGuild).id,
  ]);
  tellsEverything(scene.briefing, scene.state);
});
afterEach(() => {
  expectGoodManners(scene.fake);
});
afterAll(() => scene.close());

/** `/config source-add link`: each text option of each command, with the other required ones filled. */
const TARGETS = COMMANDS.flatMap(({ name, parts, menu }) =>
  Object.entries(menu === true ? {} : parts).flatMap(([part, { options }]) =>
    Object.entries(options).flatMap(([option, { type }]) =>
      type === Option.String ? [{ command: `${name} ${part}`.trim(), options, option }] : [],
    ),
  ),
);

const SAMPLES: Record<string, string> = { since: "2025-01-01", time: "08:00", timezone: "Europe/Berlin" };

const EVIL = [
  " ",
  "\u0000\u0007\u202e",
  "@everyone <@&1> discord.gg/abc [x](https://evil.example) ```",
  "🙂".repeat(20),
  "<t:1:R> </ask:1>",
  "-1",
  "0000-00-00",
  "999999999999",
  "../../etc/passwd",
  "%%% NaN undefined null",
];

const values = (limit = 6000): string[] => [
  ...EVIL,
  "x".repeat(limit),
  "why ".repeat(2000).slice(0, limit),
  "x".repeat(limit + 1),
  "word ".repeat(1200),
];

function optionsWith(target: (typeof TARGETS)[number], value: string): Json {
  const filled: Json = {};
  for (const [name, { type, required = false }] of Object.entries(target.options)) {
    if (!required || name === target.option) continue;
    filled[name] = type === Option.Channel ? scene.channel.id : (SAMPLES[name] ?? "quay");
  }
  return { ...filled, [target.option]: value };
}

test.each(TARGETS.map((target) => [`/${target.command} ${target.option}`, target] as const))(
  "%s: whatever is written there, there is an answer",
  async (_name, target) => {
    const { max_length: limit, offer } = target.options[target.option] ?? {};
    for (const value of values(limit)) {
      const asked = scene.fake.slash(boss, scene.channel, target.command, optionsWith(target, value));
      const { content } = await responseOf(scene.fake, asked);
      expect({ value: value.slice(0, 40), content }).not.toMatchObject({
        content: expect.stringContaining("went wrong on my side") as unknown,
      });
      if (limit !== undefined && value.length > limit)
        expect(content).toMatch(/characters; I read up to|Please give it more briefly/);
    }
    if (offer === undefined) return;
    for (const value of values(limit)) {
      const typed = scene.fake.autocomplete(boss, scene.channel, target.command, target.option, value.slice(0, 6000));
      const { data } = await until("choices", () => typed.acknowledged);
      expect((data["choices"] as Json[]).length).toBeLessThanOrEqual(25);
    }
  },
);

test.each([
  "quotes:",
  "quotes:gone",
  "good:x",
  "sources:-5:",
  "sources:NaN:x",
  "sources:99999999999:",
  "digest:",
  "__proto__:x",
  "constructor",
])("a button %s of another time is answered", async (customId) => {
  const components = [{ type: 1, components: [{ type: 2, style: 2, label: "old", custom_id: customId }] }];
  const old = scene.fake.say(scene.fake.world.botUser, scene.channel, "an old message", { components });
  const pressed = scene.fake.press(scene.person, old, customId);
  await until("an acknowledgement", () => pressed.acknowledged);
  if (pressed.acknowledged?.type === 5) expect((await responseOf(scene.fake, pressed)).content).not.toContain("my side");
  else await until("a changed message", () => old.content !== "an old message");
  expect(old.content).not.toContain("my side");
});

test("a form with a reason beyond its limit, or of another time, is answered", async () => {
  const gone = scene.fake.submit(scene.person, scene.channel, "bad:gone", { reason: "x".repeat(4000) });
  expect((await responseOf(scene.fake, gone)).content).toContain("no longer have this answer");
  const unknown = scene.fake.submit(scene.person, scene.channel, "what:1", { reason: "x" });
  expect((await responseOf(scene.fake, unknown)).content).toContain("do not know this");
});
