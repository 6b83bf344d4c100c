// A bot in many servers: as many connections as Discord recommends, in one process, each answering for its own servers.
import { expect, test } from "vitest";
import { createScene, expectGoodManners } from "../../support/discord-scene.ts";
import { until } from "../../support/until.ts";

test("opens the recommended connections one after the other and answers in the servers of each", async () => {
  let places: { id: string; shard: number }[] = [];
  const scene = await createScene(({ fake, guild }) => {
    fake.shards = 2;
    const shardOf = (id: string): number => Number((BigInt(id) >> 22n) % 2n);
    let other = fake.world.addGuild("South");
    while (shardOf(other.id) === shardOf(guild.id)) other = fake.world.addGuild("South");
    for (const each of [guild, other]) {
      const channel = fake.world.addChannel(each, "harbour");
      const asker = fake.world.addUser(`asker of ${each.name}`);
      fake.world.join(each, asker);
      places = [...places, { id: channel.id, shard: shardOf(each.id) }];
    }
  });
  try {
    const { fake } = scene;
    const identifies = fake.gateway.opened.filter(({ kind }) => kind === "identify");
    expect(identifies).toHaveLength(2);
    expect((identifies[1]?.at ?? 0) - (identifies[0]?.at ?? 0)).toBeGreaterThanOrEqual(4900);
    expect(new Set(places.map(({ shard }) => shard)).size).toBe(2);
    for (const { id } of places) {
      const channel = fake.world.channels.get(id);
      const asker = [...fake.world.users.values()].findLast(({ username }) =>
        username.endsWith(fake.world.guilds.get(channel?.guildId ?? "")?.name ?? "?"),
      );
      if (channel === undefined || asker === undefined) throw new Error("no place");
      const said = fake.say(asker, channel, scene.mention("Which quay?"));
      const answers = () => fake.botMessages(channel).filter(({ replyTo }) => replyTo === said.id);
      await until("an answer", () => answers().length > 0);
      expect(answers()).toHaveLength(1);
    }
    expect(scene.briefing.asked).toHaveLength(2);
    expectGoodManners(fake);
  } finally {
    await scene.close();
  }
}, 40_000);
