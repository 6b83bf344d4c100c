import { PermissionFlagsBits } from "discord.js";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
// /summary, /timeline, /changes and "Check against sources" as people meet them, through an unmodified discord.js against the fake Discord.
import { QUOTED } from "../../../src/briefings/written-parts.ts";
import type { Filter } from "../../../src/domain.ts";
import type { SummaryOptions, Timeline } from "../../../src/results.ts";
import { createScene, expectGoodManners, responseTo, type Scene, wholeText } from "../../support/discord-scene.ts";
import type { RecordedRequest } from "../../support/fake-discord/rest.ts";
import type { FakeMessage } from "../../support/fake-discord/world.ts";
import { scriptedAnswer, scriptedDocument } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
const given: { summary: SummaryOptions[]; text: string[]; filter: (Filter | undefined)[] } = {
  summary: [],
  text: [],
  filter: [],
};
const sample = scriptedAnswer("", [scriptedDocument("alpha")]);
const events: Timeline["events"] = [{ date: "2024-05", precision: "month", text: "The quay opened @everyone.", citations: [1] }];
const undated = [{ text: "A crane fell.", citations: [1] }];
const script: { timeline: Omit<Timeline, "topic"> } = {
  timeline: { events, undated, sources: sample.sources, ...QUOTED, warnings: ["Two outlets, one original."] },
};

beforeAll(async () => {
  scene = await createScene();
  scene.briefing.summarize = async (options = {}) => {
    given.summary.push(options);
    const answer = scriptedAnswer(options.topic ?? "", [scriptedDocument("alpha")]);
    const trail = { filter: {}, passages: [], index: null, prompt: null };
    await scene.state.saveReceipt({ answer, trail, asker: options.asker ?? null, at: "2025-06-01T08:00:00Z" });
    return answer;
  };
  scene.briefing.timeline = async (topic, filter) => {
    given.filter.push(filter);
    return { ...script.timeline, topic };
  };
  scene.briefing.changes = async (since, topic) => ({
    since,
    items: [
      { kind: "changed", text: "It has three cranes.", before: "It has two cranes.", citations: [1] },
      { kind: "new", text: `New on ${topic ?? "everything"}.`, before: null, citations: [1] },
    ],
    sources: sample.sources,
    warnings: [],
    ...QUOTED,
  });
  scene.briefing.check = async (text, filter) => {
    given.text.push(text);
    given.filter.push(filter);
    return {
      claims: [
        { text: "The quay opened.", verdict: "supported", citations: [1], why: "The Harbour Post says so." },
        { text: "The moon fell.", verdict: "not_covered", citations: [], why: "No source says this or the opposite." },
      ],
      sources: sample.sources,
      warnings: [],
      ...QUOTED,
    };
  };
});
afterEach(() => {
  expectGoodManners(scene.fake);
});
afterAll(() => scene.close());

test("/summary: deferred, narrowed, cited, with what it rests on; a reply goes on from there", async () => {
  const asked = scene.fake.slash(scene.person, scene.channel, "summary", { topic: "the quay", since: "2024", length: "short" });
  const answer = await responseTo(scene, asked);
  expect(asked.acknowledged?.type).toBe(5);
  expect(given.summary.at(-1)).toMatchObject({
    topic: "the quay",
    since: "2024-01-01",
    length: "short",
    asker: `discord:${scene.person.id}`,
  });
  expect(answer.content).toContain("**Summary: the quay**");
  expect(answer.content).toMatch(/Rests on 1 document/);
  expect(answer.content).toContain("[1] [The Harbour Post]");
  scene.fake.say(scene.person, scene.channel, scene.mention("and the cranes?"), { replyTo: answer.id });
  await until(
    "the reply is asked",
    () => scene.briefing.asked.at(-1)?.options.history?.some((turn) => turn.question === "the quay") || null,
  );
  const wrong = await responseTo(
    scene,
    scene.fake.slash(scene.person, scene.channel, "summary", { topic: "x", length: "endless" }),
  );
  expect(wrong.content).toContain("short, medium, long");
});

test("/summary offers its three lengths as choices", () => {
  const command = scene.fake.commands.find("summary", 1, null);
  const options = command?.["options"] as { name: string; choices?: { value: string }[] }[];
  const length = options.find(({ name }) => name === "length");
  expect(length?.choices?.map(({ value }) => value)).toEqual(["short", "medium", "long"]);
});

test("/timeline: dates, undated events apart, sources; a ping in a text pings nobody", async () => {
  const answer = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "timeline", { topic: "the quay" }));
  expect(answer.content).toMatch(/\*\*May 2024\*\*\nThe quay opened/);
  expect(answer.content).toMatch(/\*\*Without a date\*\*\nA crane fell\. \[1\]/);
  expect(answer.content).toContain("Two outlets, one original.");
  expect(given.filter.at(-1)).toMatchObject({ scopes: [`guild:${scene.guild.id}`], asker: `discord:${scene.person.id}` });
});

describe("the picture of a timeline", () => {
  const asked = async (): Promise<{ message: FakeMessage; sent: RecordedRequest[] }> => {
    const interaction = scene.fake.slash(scene.person, scene.channel, "timeline", { topic: "the quay" });
    const message = await responseTo(scene, interaction);
    const sent = scene.fake.rest.requests.filter(({ method, path }) => method !== "GET" && path.includes(interaction.token));
    return { message, sent };
  };

  test("comes with the text, as a PNG with words for those who do not see it", async () => {
    const { message, sent } = await asked();
    expect(message.attachments).toEqual([
      expect.objectContaining({
        filename: "timeline.png",
        content_type: "image/png",
        description: expect.stringContaining("May 2024: ") as unknown,
      }),
    ]);
    const bytes = sent.at(-1)?.files[0]?.bytes;
    expect(bytes?.subarray(1, 4).toString()).toBe("PNG");
    // width, for a phone
    expect(bytes?.readUInt32BE(16)).toBe(1080);
  });

  test.each(["drop-after", "error"] as const)("is there once though the request was lost (%s)", async (kind) => {
    scene.fake.rest.faults.push({ path: /@original$/, kind, times: 1 });
    const { message } = await asked();
    expect(message.attachments).toHaveLength(1);
  });

  test("is not tried where the bot may not attach files, and not missed where Discord refuses it", async () => {
    const { channel } = scene;
    channel.overwrites.push({ id: scene.fake.world.botUser.id, type: 1, allow: 0n, deny: PermissionFlagsBits.AttachFiles });
    const { message, sent } = await asked();
    channel.overwrites = [];
    expect(message.content).toContain("The quay opened");
    expect(message.attachments).toEqual([]);
    expect(sent.flatMap(({ files }) => files)).toEqual([]);
    scene.fake.rest.faults.push({ path: /@original$/, kind: "refuse", status: 413, code: 40005, times: 1 });
    const refused = await asked();
    expect(refused.message.content).toContain("The quay opened");
    expect(refused.sent.map(({ files }) => files.length)).toEqual([0, 1, 0]);
    scene.fake.rest.faults.push({ path: /@original$/, kind: "error", times: 4 });
    expect((await asked()).message.content).toContain("The quay opened");
  });

  test("stands under the last part of a long timeline", async () => {
    const before = script.timeline;
    script.timeline = {
      ...before,
      events: Array.from({ length: 40 }, (_, n) => ({
        date: `20${10 + n}`,
        precision: "year",
        text: `In that year quay ${n} was opened with two cranes and with a band that played.`,
        citations: [1],
      })),
    };
    const interaction = scene.fake.slash(scene.person, scene.channel, "timeline", { topic: "quays" });
    const last = await until("the picture", () =>
      interaction.followUps.map((id) => scene.fake.world.messages.get(id)).find((part) => (part?.attachments.length ?? 0) > 0),
    );
    script.timeline = before;
    expect(last.content).toContain("**Sources**");
    expect(last.id).toBe(interaction.followUps.at(-1));
    expect(scene.fake.world.messages.get(interaction.responseId ?? "")?.attachments).toEqual([]);
  });

  test("a timeline without dates has none", async () => {
    const before = script.timeline;
    script.timeline = { ...before, events: [] };
    const { message } = await asked();
    script.timeline = before;
    expect(message.content).toContain("A crane fell.");
    expect(message.attachments).toEqual([]);
  });
});

test("/changes: the value before stands beside the new one; a day that is none is refused", async () => {
  const answer = await responseTo(
    scene,
    scene.fake.slash(scene.person, scene.channel, "changes", { since: "2024-05-01", topic: "quays" }),
  );
  expect(answer.content).toMatch(/\*\*Changed\*\*\nIt has three cranes\. \[1\]\nBefore: It has two cranes\./);
  expect(answer.content).toMatch(/\*\*New\*\*\nNew on quays\. \[1\]/);
  const wrong = await responseTo(scene, scene.fake.slash(scene.person, scene.channel, "changes", { since: "lately" }));
  expect(wrong.content).toContain("2025-10-31");
});

test("the menu of a message: a verdict for each claim with quotes, for the caller alone; silence is not shown as false", async () => {
  const other = scene.fake.world.addUser("bo");
  scene.fake.world.join(scene.guild, other);
  const said = scene.fake.say(other, scene.channel, "The quay opened. The moon fell.");
  const answer = await responseTo(scene, scene.fake.menu(scene.person, said, "Check against sources"));
  expect(given.text.at(-1)).toBe("The quay opened. The moon fell.");
  expect(answer.ephemeralFor).toBe(scene.person.id);
  expect(wholeText([answer])).toMatch(/\*\*Supported\*\*: The quay opened\.\n-# The Harbour Post says so\.\n> [^\n]* \[1\]\n/);
  expect(answer.content).toMatch(
    /\*\*Not covered\*\*: The moon fell\.\n-# No source says this or the opposite\.[^]*not covered is not false for that/,
  );
  expect(answer.content).not.toMatch(/contradicted/i);
  const empty = scene.fake.say(other, scene.channel, "");
  expect((await responseTo(scene, scene.fake.menu(scene.person, empty, "Check against sources"))).content).toContain(
    "holds no text",
  );
});
