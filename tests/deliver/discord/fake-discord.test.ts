// The fake Discord itself: it refuses what Discord refuses, and what it answers is what Discord describes.
import {
  ApplicationCommandResponseSchema,
  GatewayBotResponseSchema,
  InteractionCallbackResponseSchema,
  MessageResponseSchema,
} from "discord-api-spec/zod";
import { PermissionFlagsBits } from "discord.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { bodyProblems } from "../../support/fake-discord/body-check.ts";
import { startFakeDiscord, type FakeDiscord } from "../../support/fake-discord/fake-discord.ts";
import type { FakeChannel, FakeUser, Json } from "../../support/fake-discord/world.ts";

let fake: FakeDiscord;
let channel: FakeChannel;
let person: FakeUser;
beforeAll(async () => {
  fake = await startFakeDiscord();
  const guild = fake.world.addGuild("Harbour");
  channel = fake.world.addChannel(guild, "news");
  person = fake.world.addUser("ada");
  fake.world.join(guild, person);
  fake.commands.put(null, [{ name: "ask", description: "Ask" }]);
});
afterAll(() => fake.close());

interface Answered {
  status: number;
  json: Json;
  headers: Headers;
}

async function call(method: string, path: string, body?: unknown, token = fake.token): Promise<Answered> {
  const response = await fetch(`${fake.apiUrl}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: (text === "" ? {} : JSON.parse(text)) as Json, headers: response.headers };
}

const messages = (): string => `/channels/${channel.id}/messages`;

describe("bodies", () => {
  test.each([
    ["2,001 characters", { content: "x".repeat(2001) }],
    ["nothing at all", {}],
    ["white space", { content: " \n " }],
    ["a nonce of 26", { content: "x", nonce: "n".repeat(26) }],
    ["a wrong type", { content: 5 }],
    [
      "six rows",
      {
        content: "x",
        components: Array.from({ length: 6 }, (_, id) => ({
          type: 1,
          components: [{ type: 2, style: 2, label: "b", custom_id: `b${id}` }],
        })),
      },
    ],
    [
      "six buttons in a row",
      {
        content: "x",
        components: [
          { type: 1, components: Array.from({ length: 6 }, (_, id) => ({ type: 2, style: 2, label: "b", custom_id: `b${id}` })) },
        ],
      },
    ],
    [
      "a custom_id twice",
      {
        content: "x",
        components: [{ type: 1, components: [1, 2].map(() => ({ type: 2, style: 2, label: "b", custom_id: "same" })) }],
      },
    ],
    [
      "a custom_id of 101",
      { content: "x", components: [{ type: 1, components: [{ type: 2, style: 2, label: "b", custom_id: "c".repeat(101) }] }] },
    ],
    ["half a surrogate pair", { content: "x\ud83d" }],
  ])("a message with %s is refused", (_name, body) => {
    expect(bodyProblems("create", body)).not.toEqual([]);
  });

  test("2,000 characters are fine, also of two units each", () => {
    expect(bodyProblems("create", { content: "x".repeat(2000) })).toEqual([]);
    expect(bodyProblems("create", { content: "𝔘".repeat(2000) })).toEqual([]);
  });

  test.each([
    ["capitals", [{ name: "Ask", description: "d" }]],
    ["no description", [{ name: "ask" }]],
    ["a long description", [{ name: "ask", description: "d".repeat(101) }]],
    [
      "a required option after an optional one",
      [
        {
          name: "ask",
          description: "d",
          options: [
            { type: 3, name: "a", description: "d" },
            { type: 3, name: "b", description: "d", required: true },
          ],
        },
      ],
    ],
    [
      "26 options",
      [
        {
          name: "ask",
          description: "d",
          options: Array.from({ length: 26 }, (_, id) => ({ type: 3, name: `o${id}`, description: "d" })),
        },
      ],
    ],
  ])("a command with %s is refused", (_name, body) => {
    expect(bodyProblems("commands", body)).not.toEqual([]);
  });

  test("a modal needs a title of at most 45", () => {
    const modal = (title: string): object => ({
      type: 9,
      data: { custom_id: "m", title, components: [{ type: 18, label: "l", component: { type: 4, custom_id: "t", style: 1 } }] },
    });
    expect(bodyProblems("callback", modal("fine"))).toEqual([]);
    expect(bodyProblems("callback", modal("t".repeat(46)))).not.toEqual([]);
  });
});

describe("files", () => {
  const upload = async (body: object, files: Record<string, Blob>): Promise<Answered> => {
    const form = new FormData();
    form.set("payload_json", JSON.stringify(body));
    for (const [field, blob] of Object.entries(files)) form.set(field, blob, "picture.png");
    const response = await fetch(`${fake.apiUrl}/v10${messages()}`, {
      method: "POST",
      headers: { authorization: `Bot ${fake.token}` },
      body: form,
    });
    return { status: response.status, json: (await response.json()) as Json, headers: response.headers };
  };
  const picture = new Blob([new Uint8Array(9)], { type: "image/png" });
  const described = { content: "x", attachments: [{ id: "0", filename: "picture.png", description: "A crane." }] };

  test("one that is described becomes an attachment, and stays through an edit that names it or none", async () => {
    const { status, json } = await upload(described, { "files[0]": picture });
    expect(status).toBe(200);
    expect(MessageResponseSchema.safeParse(json).error?.issues ?? []).toEqual([]);
    const [kept] = json["attachments"] as Json[];
    expect(kept).toMatchObject({ filename: "picture.png", size: 9, description: "A crane.", content_type: "image/png" });
    const edited = async (body: object): Promise<unknown> =>
      (await call("PATCH", `${messages()}/${String(json["id"])}`, body)).json["attachments"];
    expect(await edited({ content: "y" })).toHaveLength(1);
    expect(await edited({ attachments: [{ id: kept?.["id"] }] })).toHaveLength(1);
    expect(await edited({ attachments: [] })).toHaveLength(0);
  });

  test.each([
    ["described but not there", described, {}],
    ["there but not described", { ...described, attachments: [{ id: "1" }] }, { "files[0]": picture, "files[1]": picture }],
    ["in a field of another name", { content: "x" }, { file: picture }],
    ["empty", { content: "x" }, { "files[0]": new Blob([]) }],
    ["of eleven megabytes", { content: "x" }, { "files[0]": new Blob([new Uint8Array(11 * 2 ** 20)]) }],
    [
      "with a description of 1,025",
      { content: "x", attachments: [{ id: "0", description: "d".repeat(1025) }] },
      { "files[0]": picture },
    ],
  ])("one %s is refused", async (_name, body, files) => {
    const before = fake.rest.problems.length;
    expect((await upload(body, files as Record<string, Blob>)).status).toBe(400);
    fake.rest.problems.length = before;
  });

  test("it needs the right to attach files", async () => {
    channel.overwrites.push({ id: fake.world.botUser.id, type: 1, allow: 0n, deny: PermissionFlagsBits.AttachFiles });
    expect(await upload(described, { "files[0]": picture })).toMatchObject({ status: 403, json: { code: 50013 } });
    expect((await call("POST", messages(), { content: "x" })).status).toBe(200);
    channel.overwrites = [];
  });
});

describe("REST", () => {
  test("its answers are as Discord describes them", async () => {
    const problems = (schema: typeof MessageResponseSchema, value: unknown): unknown =>
      schema.safeParse(value).error?.issues ?? [];
    expect(problems(GatewayBotResponseSchema, (await call("GET", "/gateway/bot")).json)).toEqual([]);
    const { json } = await call("POST", messages(), { content: "hello", allowed_mentions: { parse: [] } });
    expect(problems(MessageResponseSchema, json)).toEqual([]);
    const commands = (await call("GET", `/applications/${fake.world.botUser.id}/commands`)).json as unknown as Json[];
    for (const command of commands) expect(problems(ApplicationCommandResponseSchema, command)).toEqual([]);
    const asked = fake.slash(person, channel, "ask");
    const answered = await call("POST", `/interactions/${asked.id}/${asked.token}/callback?with_response=true`, {
      type: 4,
      data: { content: "hello" },
    });
    expect(answered.status).toBe(200);
    expect(problems(InteractionCallbackResponseSchema, answered.json)).toEqual([]);
  });

  test("a wrong token is 401, a strange channel 404, a closed one 403", async () => {
    expect((await call("GET", "/users/@me", undefined, "wrong")).status).toBe(401);
    expect((await call("POST", "/channels/123456789012345678/messages", { content: "x" })).json["code"]).toBe(10003);
    const closed = fake.world.addChannel([...fake.world.guilds.values()][0] ?? null, "closed");
    closed.overwrites.push({ id: closed.guildId ?? "", type: 0, allow: 0n, deny: 1n << 10n });
    expect((await call("POST", `/channels/${closed.id}/messages`, { content: "x" })).json["code"]).toBe(50001);
  });

  test("the same nonce makes no second message when it is enforced, and one when it is not", async () => {
    const body = { content: "once", nonce: "n1", enforce_nonce: true };
    const first = await call("POST", messages(), body);
    expect((await call("POST", messages(), body)).json["id"]).toBe(first.json["id"]);
    expect((await call("POST", messages(), { content: "once", nonce: "n1" })).json["id"]).not.toBe(first.json["id"]);
  });

  test("mentions ping by Discord's defaults, also on an edit, unless they are switched off", async () => {
    const text = `<@${person.id}> https://a.example`;
    const loud = await call("POST", messages(), { content: text });
    expect(fake.world.messages.get(String(loud.json["id"]))).toMatchObject({
      pings: { users: [person.id] },
      previews: ["https://a.example"],
    });
    const quiet = await call("POST", messages(), { content: text, allowed_mentions: { parse: [] }, flags: 4 });
    const stored = fake.world.messages.get(String(quiet.json["id"]));
    expect(stored).toMatchObject({ pings: { users: [] }, previews: [] });
    await call("PATCH", `${messages()}/${String(quiet.json["id"])}`, { content: text });
    expect(stored?.pings.users).toEqual([person.id]);
  });

  test("an interaction takes one first answer, in three seconds, and its token lives for fifteen minutes", async () => {
    const path = (asked: { id: string; token: string }): string => `/interactions/${asked.id}/${asked.token}/callback`;
    const asked = fake.slash(person, channel, "ask");
    const original = `/webhooks/${fake.world.botUser.id}/${asked.token}/messages/@original`;
    expect((await call("PATCH", original, { content: "early" })).json["code"]).toBe(10015);
    expect((await call("POST", path(asked), { type: 5 })).status).toBe(204);
    expect((await call("POST", path(asked), { type: 5 })).json["code"]).toBe(40060);
    expect((await call("PATCH", original, { content: "in time" })).status).toBe(200);
    const late = fake.slash(person, channel, "ask");
    fake.advance(3500);
    expect((await call("POST", path(late), { type: 5 })).json["code"]).toBe(10062);
    fake.advance(15 * 60_000);
    expect((await call("PATCH", original, { content: "too late" })).json["code"]).toBe(50027);
  });

  test("a 429 agrees with itself in headers and body", async () => {
    fake.rest.faults.push({ path: /typing$/, kind: "rate-limit", amount: 1.5, times: 1 });
    const { status, json, headers } = await call("POST", `/channels/${channel.id}/typing`);
    expect(status).toBe(429);
    expect(json["retry_after"]).toBe(1.5);
    expect(headers.get("x-ratelimit-reset-after")).toBe("1.5");
    expect(headers.get("retry-after")).toBe("2");
    expect((await call("POST", `/channels/${channel.id}/typing`)).status).toBe(204);
  });
});

describe("gateway", () => {
  /** Connects, sends what it is given after hello, and gives the events or the close code. */
  function talk(...payloads: object[]): Promise<{ events: Json[]; code: number | null }> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(fake.apiUrl.replace("http", "ws").replace(/\/api$/, ""));
      const events: Json[] = [];
      const timer = setTimeout(() => socket.terminate(), 300);
      socket.on("message", (raw: Buffer) => {
        const event = JSON.parse(raw.toString("utf8")) as Json;
        events.push(event);
        if (event["op"] === 10) for (const payload of payloads) socket.send(JSON.stringify(payload));
      });
      socket.on("close", (code) => {
        clearTimeout(timer);
        resolve({ events, code: code === 1006 ? null : code });
      });
      socket.on("error", reject);
    });
  }
  const dataOf = (events: Json[], name: string): Json => (events.find((event) => event["t"] === name)?.["d"] ?? {}) as Json;
  const identify = (more: object = {}): object => ({ op: 2, d: { token: fake.token, intents: 1, properties: {}, ...more } });

  test("says hello, READY and the servers, and acknowledges heartbeats", async () => {
    const { events } = await talk(identify(), { op: 1, d: null });
    expect(events.map((event) => event["t"] ?? event["op"])).toEqual([10, "READY", "GUILD_CREATE", 11]);
  });

  test.each([
    ["a wrong token", 4004, { token: "wrong" }],
    ["an intent that does not exist", 4013, { intents: -1 }],
    ["a privileged intent", 4014, { intents: 1 << 15 }],
  ])("%s is closed with %i", async (_name, expected, more) => {
    expect((await talk(identify(more))).code).toBe(expected);
  });

  test("something before identify, and identify twice", async () => {
    expect((await talk({ op: 3, d: {} })).code).toBe(4003);
    expect((await talk(identify(), identify())).code).toBe(4005);
  });

  test("a resume gets what was missed; a strange session is invalid", async () => {
    const { events } = await talk(identify({ intents: 1 | (1 << 9) }));
    const session = dataOf(events, "READY")["session_id"];
    fake.say(person, channel, "while away");
    const resumed = await talk({ op: 6, d: { token: fake.token, session_id: session, seq: 2 } });
    // without the message-content intent its text is not for the bot
    expect(dataOf(resumed.events, "MESSAGE_CREATE")["content"]).toBe("");
    expect(resumed.events.at(-1)?.["t"]).toBe("RESUMED");
    expect((await talk({ op: 6, d: { token: fake.token, session_id: "strange", seq: 0 } })).events.at(-1)).toMatchObject({
      op: 9,
      d: false,
    });
  });
});
