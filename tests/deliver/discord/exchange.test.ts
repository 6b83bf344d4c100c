// An interaction's reply on both sides of its token's life.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { interactionExchange, type Exchange } from "../../../src/deliver/discord/gateway/exchange.ts";
import type { Outgoing } from "../../../src/deliver/discord/gateway/outgoing.ts";

function recorded(tokenLifeMs: number): { exchange: Exchange; sent: string[] } {
  const sent: string[] = [];
  const outgoing: Outgoing = {
    acknowledge: async () => "ours",
    async respond(_handle, text) {
      await sleep(20);
      sent.push(`token: ${text}`);
      return { ids: ["1"] };
    },
    async post(channelId, text) {
      sent.push(`${channelId}: ${text}`);
      return { ids: ["2"] };
    },
    typing: async () => {},
    directChannel: async () => "direct",
  };
  const caller = {
    userId: "7",
    guildId: null,
    parentChannelId: null,
    channelId: "channel",
    roleIds: [],
    manager: false,
    installed: false,
  };
  const handle = { id: "1", token: "t", applicationId: "2", channelId: "channel", guest: false, mayAttach: true };
  const exchange = interactionExchange(outgoing, handle, { caller, hidden: false, acknowledged: true }, tokenLifeMs);
  return { exchange, sent };
}

test("before the token ends, the person is told that the answer comes as a message, and so it does", async () => {
  const { exchange, sent } = recorded(50);
  await sleep(150);
  await exchange.reply("the answer");
  expect(sent).toEqual([expect.stringContaining("token: This takes longer"), "channel: the answer"]);
});

test("a reply in time is the only thing said, and a note never comes over it", async () => {
  const { exchange, sent } = recorded(5000);
  void exchange.notice("busy");
  await exchange.reply("the answer");
  await sleep(30);
  expect(sent).toEqual(["token: busy", "token: the answer"]);
});
