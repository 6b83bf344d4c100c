// A long day in short: hundreds of questions over lost connections and refused requests. Each is answered once, memory stays flat.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createScene, expectGoodManners, type Scene, troubleInRound } from "../../support/discord-scene.ts";
import type { FakeInteraction } from "../../support/fake-discord/interactions.ts";
import type { FakeMessage } from "../../support/fake-discord/world.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

/** The long version: tests/benchmarks/discord-endurance.ts. */
const QUESTIONS = Number(process.env["SOAK_QUESTIONS"] ?? 150);
const ROUND = 25;
/** The fake Discord and the scripted briefing keep every message, request and receipt; the bot itself is measured in the long version. */
const KEPT_BYTES = 25_000;
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const heapNow = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

test(`${QUESTIONS} questions with reconnects, 429s and 500s are all answered once, and memory stays flat`, async () => {
  const { fake, person, channel } = scene;
  const mentions: FakeMessage[] = [];
  const commands: FakeInteraction[] = [];
  const settled = (): boolean =>
    commands.every((each) => (fake.world.messages.get(each.responseId ?? "")?.content ?? "").includes("[1]")) &&
    fake.botMessages(channel).filter((message) => message.replyTo !== null).length >= mentions.length;
  let early = 0;
  for (let round = 0; round < QUESTIONS / ROUND; round += 1) {
    await troubleInRound(fake, round);
    for (let index = 0; index < ROUND; index += 1) {
      const question = `Question ${round * ROUND + index}?`;
      if (index % 2 === 0) mentions.push(fake.say(person, channel, scene.mention(question)));
      else commands.push(fake.slash(person, channel, "ask", { question }));
    }
    await until("the round is answered", settled, 30_000);
    if (round === 1) early = heapNow();
  }
  const replies = fake.botMessages(channel).filter((message) => message.replyTo !== null);
  expect(new Set(replies.map((message) => message.replyTo))).toEqual(new Set(mentions.map((message) => message.id)));
  expect(replies).toHaveLength(mentions.length);
  expect(fake.botMessages(channel)).toHaveLength(QUESTIONS);
  expect(scene.briefing.asked).toHaveLength(QUESTIONS);
  expect(fake.gateway.opened.filter((each) => each.kind === "identify")).toHaveLength(1);
  expect((heapNow() - early) / (QUESTIONS - 2 * ROUND)).toBeLessThan(KEPT_BYTES);
  expectGoodManners(fake);
}, 300_000);
