import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { openDatabase } from "../../src/stores/sqlite/database.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { openStateStore } from "../../src/stores/sqlite/state-store.ts";
import { digestContract } from "../contracts/digest-contract.ts";
import { receiptOf, stateContract } from "../contracts/state-contract.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "state-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => path.join(scratch, String((folders += 1)));

stateContract("SQLite", () => openStateStore({ folder: fresh() }));
digestContract("SQLite", async () => (await openStateStore({ folder: fresh() })).digests);

test("outlives the process and a rebuild of the index beside it", async () => {
  const folder = fresh();
  const first = await openStateStore({ folder });
  await first.saveReceipt(receiptOf("a1", null));
  await first.close();
  await (await openKnowledgeStore({ folder, embedder: "one" })).close();
  await (await openKnowledgeStore({ folder, embedder: "two", rebuild: true })).close();
  const second = await openStateStore({ folder });
  expect(await second.receipt("a1")).not.toBeNull();
  await second.close();
});

test("what is forgotten is not left in the files", async () => {
  const folder = fresh();
  const store = await openStateStore({ folder });
  await store.saveReceipt(receiptOf("a1", "discord:1", "a very recognisable question"));
  await store.forget("discord:1");
  await store.close();
  for (const name of readdirSync(folder)) expect(readFileSync(path.join(folder, name), "latin1")).not.toContain("recognisable");
});

test("a file of a newer version, or junk, is left alone with one clear failure", async () => {
  const folder = fresh();
  await (await openStateStore({ folder })).close();
  openDatabase(path.join(folder, "state.db")).script("PRAGMA user_version = 99");
  await expect(openStateStore({ folder })).rejects.toMatchObject({ code: "state_broken" });
  writeFileSync(path.join(folder, "state.db"), "junk ".repeat(2000));
  await expect(openStateStore({ folder })).rejects.toMatchObject({ code: "state_broken" });
  expect(readFileSync(path.join(folder, "state.db"), "utf8")).toContain("junk");
});
