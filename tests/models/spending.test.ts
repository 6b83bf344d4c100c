// Ceilings on what models cost: with the real store, and a model behind a real socket that tells what it used.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { Failure } from "../../src/failure.ts";
import { accountedModel, thriftyModel } from "../../src/models/accounted-model.ts";
import { createLangChainModel } from "../../src/models/langchain-model.ts";
import { type LanguageModel, noCounts } from "../../src/models/language-model.ts";
import type { Price } from "../../src/models/model-prices.ts";
import { type Ceilings, createSpending, type Spending } from "../../src/models/spending-limits.ts";
import { steadyModel } from "../../src/models/steadily.ts";
import { openStateStore } from "../../src/stores/sqlite/state-store.ts";
import type { StateStore } from "../../src/stores/state.ts";
import { refuse, reply, type Step } from "../support/scripted-model/script.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

/** A cent for each thousand tokens in. */
const PRICE: Price = [10, 10];
const CENT = reply({ ok: true }, { usage: { prompt_tokens: 900, completion_tokens: 100 } });
const ask = { system: "Say yes.", user: "Well?", schema: z.object({ ok: z.boolean() }) };
const NONE: Ceilings = { day: null, server: null, person: null };

let folder = "";
let state: StateStore;
let server: ScriptedModel;
let now = "2031-03-01T10:00:00Z";
const clock = { now: () => new Date(now) };

// loaded before anything is timed: the first load takes a second on a busy machine
beforeAll(() => import("langchain/chat_models/universal"));

beforeEach(async () => {
  now = "2031-03-01T10:00:00Z";
  folder = mkdtempSync(path.join(tmpdir(), "spending-"));
  state = await openStateStore({ folder });
});
afterEach(async () => {
  await server.close();
  await state.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(
  ceilings: Partial<Ceilings>,
  always: Step = CENT,
  timeoutMs = 30_000,
): Promise<{ spending: Spending; model: LanguageModel }> {
  server = await startScriptedModel([], { always });
  const spending = createSpending({ ...NONE, ...ceilings }, { store: async () => state.spending, clock });
  return { spending, model: modelOf("openai:large", spending, timeoutMs) };
}

function modelOf(name: string, spending: Spending, timeoutMs = 30_000): LanguageModel {
  const bare = createLangChainModel({ model: name, apiKey: "k", baseUrl: server.baseUrl, price: PRICE, timeoutMs });
  return steadyModel(accountedModel(bare, { counts: noCounts(), price: PRICE, spending }), { limits: { firstWaitMs: 5 } });
}

/** Served, or the refusal in words. */
const outcome = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "served",
    (error: unknown) => (error instanceof Failure ? error.message : String(error)),
  );

test("200 calls side by side never pass the ceiling, and use most of it", async () => {
  const { model } = await start({ day: 0.5 });
  const outcomes = await Promise.all(Array.from({ length: 200 }, () => outcome(model.generate(ask))));
  const served = outcomes.filter((one) => one === "served").length;
  expect(served).toBeLessThanOrEqual(50);
  expect(served).toBeGreaterThan(40);
  expect(served).toBe(server.requests.length);
  expect(new Set(outcomes)).toEqual(new Set(["served", "Today's budget for language models is spent."]));
  expect(await state.spending.spent("2031-03-01", ["everything"])).toEqual([served * 10_000_000]);
  now = "2031-03-02T00:00:01Z";
  expect(await outcome(model.generate(ask))).toBe("served");
});

test("a person's and a server's ceilings are theirs, also of those who waited for their turn", async () => {
  const { spending, model } = await start({ person: 0.2, server: 0.5 });
  const asking = (asker: string, server: string) =>
    spending.onAccountOf({ asker, server }, async () => ({
      asker,
      server,
      what: await outcome(model.generate(ask)),
      saving: await spending.saving(),
    }));
  const asked = await Promise.all(
    Array.from({ length: 120 }, (_, at) => asking(`person ${at % 4}`, at % 4 === 3 ? "guild:2" : "guild:1")),
  );
  const served = (of: (one: (typeof asked)[number]) => boolean): number =>
    asked.filter((one) => of(one) && one.what === "served").length;
  for (const person of [0, 1, 2, 3]) {
    expect(served(({ asker }) => asker === `person ${person}`)).toBeLessThanOrEqual(20);
    expect(served(({ asker }) => asker === `person ${person}`)).toBeGreaterThan(8);
  }
  expect(served((one) => one.server === "guild:1")).toBeLessThanOrEqual(50);
  const refused = asked.filter(({ what }) => what !== "served");
  expect(new Set(refused.map(({ saving }) => saving))).toEqual(new Set([true]));
  expect(refused.map(({ what }) => what)).toContain("Your budget for language models is spent for today.");
  expect(refused.filter((one) => one.server === "guild:2").map(({ what }) => what)).not.toContain(
    "Today's budget of this server for language models is spent.",
  );
});

test("a server's own ceilings hold within the operator's, and for its people there alone", async () => {
  const { spending, model } = await start({ server: 0.3, person: 0.2 });
  const served = async (
    asker: string,
    server: string,
    own: { server: number | null; person: number | null },
  ): Promise<number> => {
    let count = 0;
    for (let at = 0; at < 40; at += 1)
      if ((await spending.onAccountOf({ asker, server, ceilings: own }, () => outcome(model.generate(ask)))) === "served")
        count += 1;
    return count;
  };
  const here = await served("ada", "guild:1", { server: null, person: 0.1 });
  expect(here).toBeLessThanOrEqual(10);
  // what they may spend besides is the operator's to say
  const elsewhere = await served("ada", "guild:2", { server: null, person: 0.9 });
  expect(elsewhere).toBeGreaterThan(0);
  expect(here + elsewhere).toBeLessThanOrEqual(20);
  expect(await served("bo", "guild:3", { server: 0.1, person: null })).toBeLessThanOrEqual(10);
  expect(await served("cy", "guild:3", { server: 0.9, person: null })).toBeGreaterThan(5);
});

test("above 80 % the small model writes, and the reader is told once", async () => {
  const { spending, model } = await start({ day: 1 });
  const thrifty = thriftyModel(model, modelOf("openai:small", spending), spending);
  const request = () =>
    spending.onAccountOf({ asker: null, server: null }, async () => {
      const saving = await spending.saving();
      const { by } = await thrifty.generate(ask);
      await thrifty.generate(ask);
      return { by, saving, notes: spending.takeNotes(), left: spending.takeNotes() };
    });
  expect(await request()).toEqual({ by: undefined, saving: false, notes: [], left: [] });
  await state.spending.settle("2031-03-01", ["everything"], 0, 780_000_000);
  expect(await request()).toMatchObject({
    by: "openai:small",
    saving: true,
    notes: [expect.stringContaining("openai:small writes") as string],
    left: [],
  });
  expect(server.requests.map((one) => one.model)).toEqual(["large", "large", "small", "small"]);
});

test.each<[string, Step, (spent: number) => boolean]>([
  ["refused calls cost nothing", refuse(400, "no"), (spent) => spent === 0],
  [
    "a reply that cannot be used costs its tokens",
    reply("no", { usage: { prompt_tokens: 900, completion_tokens: 100 } }),
    (spent) => spent === 20_000_000,
  ],
  ["what was never answered counts as if it had been", { do: "stall" }, (spent) => spent > 15_000_000],
])("%s", async (_, step, right) => {
  const { model } = await start({ day: 1 }, step, step.do === "stall" ? 1_500 : 30_000);
  expect(await outcome(model.generate(ask))).not.toBe("served");
  const [spent = 0] = await state.spending.spent("2031-03-01", ["everything"]);
  expect(spent).toSatisfy(right);
  expect(await state.spending.reserve("2031-03-01", [{ name: "everything", ceiling: spent }], 0)).toEqual([]);
});
