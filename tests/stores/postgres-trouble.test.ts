// What only a server with several connections can show, where TEST_DATABASE_URL names one; and what is told where a database cannot be used.
import { spawn } from "node:child_process";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import {
  lookAtPostgres,
  openPostgresKnowledge,
  openPostgresState,
  type PostgresKnowledgeOptions,
} from "../../src/stores/postgres/postgres-stores.ts";
import { compile } from "../support/compile.ts";
import { article, drafts, vectorOf } from "../support/documents.ts";
import { overPglite, REAL_URL, serverPlace } from "../support/postgres-places.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

test("a database without pgvector is one clear line, and nothing is written", async () => {
  const lite = await PGlite.create();
  const database = overPglite(lite, "bare");
  await expect(openPostgresKnowledge({ database, embedder: "one" })).rejects.toMatchObject({ code: "pgvector_missing" });
  const { rows } = await lite.query("SELECT 1 FROM pg_namespace WHERE nspname = 'bare'");
  expect(rows).toEqual([]);
  await lite.close();
});

test("a server that is not there is told in time, without its password", async () => {
  const opening = openPostgresKnowledge({ url: "postgres://me:hidden@127.0.0.1:9/news", embedder: "one", patienceMs: 300 });
  const failure = await opening.catch((cause: unknown) => cause);
  expect(failure).toMatchObject({ code: "index_unreachable", message: expect.stringContaining("127.0.0.1:9/news") });
  expect((failure as Error).message).not.toContain("hidden");
});

describe.skipIf(REAL_URL === "")("on a server", () => {
  const place = serverPlace(REAL_URL);
  afterAll(() => place.close());
  const admin = async (sql: string, url = REAL_URL): Promise<unknown[]> => {
    const client = new Client(url);
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const schemaOf = (at: { url: string }): string => new URL(at.url).searchParams.get("schema") ?? "";
  const open = (at: { url: string }, more: Partial<PostgresKnowledgeOptions> = {}): Promise<KnowledgeStore> =>
    openPostgresKnowledge({ ...at, embedder: "one", lockWaitMs: 200, ...more });

  async function put(store: KnowledgeStore, name: string, text: string): Promise<void> {
    const from = article(name, text);
    const passages = drafts(from);
    await store.put(
      from,
      passages,
      passages.map((passage) => vectorOf(passage.text)),
    );
  }
  const found = async (store: KnowledgeStore, word: string): Promise<number> =>
    (await store.searchText({ words: [word], phrases: [] }, {}, 1000)).length;

  test("what one process writes or rebuilds the others see at their next search", async () => {
    const at = place.fresh();
    const [writer, reader] = await Promise.all([open(at), open(at)]);
    expect(await found(reader, "lighthouse")).toBe(0);
    await put(writer, "a.md", "A lighthouse.");
    await put(writer, "b.md", "Another lighthouse.");
    expect(await found(reader, "lighthouse")).toBe(2);
    expect(await reader.searchVectors(vectorOf("A lighthouse."), {}, 5)).toHaveLength(2);
    await writer.remove(["a-md"]);
    expect(await found(reader, "lighthouse")).toBe(1);
    await writer.close();
    const rebuilt = await open(at, { rebuild: true });
    await put(rebuilt, "c.md", "One lighthouse.\nTwo lighthouses.\nThree lighthouses.");
    expect(await found(reader, "lighthouse")).toBe(3);
    await rebuilt.close();
    const other = await open(at, { rebuild: true, embedder: "two" });
    await put(other, "d.md", "A lighthouse of another model.");
    await expect(found(reader, "lighthouse")).rejects.toMatchObject({ code: "index_mismatch" });
    await expect(open(at)).rejects.toMatchObject({ code: "index_mismatch" });
    await other.close();
    await reader.close();
  });

  test("one run of writes at a time over all processes; the lock of a killed one is nobody's", async () => {
    const at = place.fresh();
    await (await open(at)).close();
    const program = await compile(
      "postgres-holder",
      `import { openPostgresKnowledge } from "./src/stores/postgres/postgres-stores.ts";
       const store = await openPostgresKnowledge({ url: process.argv[2], embedder: "one" });
       await store.begin();
       console.log("holding");
       setInterval(() => {}, 1000);`,
    );
    const holder = spawn(process.execPath, [program, at.url], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    const store = await open(at);
    await expect(store.begin()).rejects.toMatchObject({ code: "ingest_running" });
    await expect(put(store, "a.md", "x")).rejects.toMatchObject({ code: "ingest_running" });
    await expect(open(at, { rebuild: true })).rejects.toMatchObject({ code: "ingest_running" });
    const ended = new Promise((resolve) => holder.once("exit", resolve));
    holder.kill("SIGKILL");
    await ended;
    const patient = await open(at, { lockWaitMs: 10_000 });
    await put(patient, "a.md", "A lighthouse.");
    expect(await found(store, "lighthouse")).toBe(1);
    await patient.close();
    await store.close();
  });

  test("connections that are cut cost nothing but a moment", async () => {
    const at = place.fresh();
    const store = await open(at);
    const state = await openPostgresState(at);
    const cut = (): Promise<unknown[]> =>
      admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'briefing-bot/${schemaOf(at)}'`);
    await put(store, "a.md", "A lighthouse.");
    await store.flush();
    for (let time = 0; time < 5; time += 1) {
      await cut();
      expect(await found(store, "lighthouse")).toBe(1 + time);
      await cut();
      await put(store, `b${time}.md`, "Another lighthouse.");
      await store.flush();
      await state.setValue("time", String(time));
      expect(await state.value("time")).toBe(String(time));
    }
    await store.close();
    await state.close();
  });

  test("a run whose lock broke with its connection writes no more as if it had it", async () => {
    const at = place.fresh();
    const store = await open(at);
    await store.begin();
    await admin(
      `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND a.application_name = 'briefing-bot/${schemaOf(at)}'`,
    );
    await expect
      .poll(() =>
        put(store, "a.md", "x").then(
          () => "put",
          (cause: { code: string }) => cause.code,
        ),
      )
      .toBe("index_unreachable");
    await put(store, "a.md", "A lighthouse.");
    expect(await found(store, "lighthouse")).toBe(1);
    await store.close();
  });

  test("of many processes one has a digest, and no ceiling is passed", async () => {
    const at = place.fresh();
    const states = await Promise.all(Array.from({ length: 4 }, () => openPostgresState(at)));
    const [now, later] = ["2031-03-02T07:00:01.000Z", "2031-03-02T07:01:00.000Z"];
    for (let number = 0; number < 20; number += 1) {
      const run = { scheduleId: `s${number}`, date: "2031-03-02", due: "2031-03-02T07:00:00.000Z" };
      const claims = await Promise.all(
        states.map((state, owner) => state.digests.claim(run, `o${owner}`, now, later, () => true)),
      );
      expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
      // the holder died: one of the others follows
      const again = await Promise.all(
        states.map((state, owner) => state.digests.claim(run, `p${owner}`, now, later, (name) => name.startsWith("p"))),
      );
      expect(again.filter((claim) => claim !== null)).toHaveLength(1);
    }
    const accounts = [
      { name: "everything", ceiling: 100 },
      { name: "server", ceiling: 60 },
    ];
    const booked = await Promise.all(
      Array.from({ length: 10 }).flatMap((_, number) =>
        states.map((state) => state.spending.reserve("2031-01-01", number % 2 === 0 ? accounts : accounts.toReversed(), 20)),
      ),
    );
    expect(booked.filter((full) => full.length === 0)).toHaveLength(3);
    for (const state of states) await state.close();
  });

  test("what cannot be used is one clear line each, and nothing is written", async () => {
    const at = place.fresh();
    await expect(open(at, { create: false })).rejects.toMatchObject({ code: "index_missing" });
    await expect(lookAtPostgres(at)).rejects.toMatchObject({ code: "index_missing" });
    expect(await admin(`SELECT 1 FROM pg_namespace WHERE nspname = '${schemaOf(at)}'`)).toEqual([]);

    const nowhere = new URL(at.url);
    nowhere.pathname = "/no_such_database";
    await expect(open({ url: nowhere.href })).rejects.toMatchObject({ code: "database_missing" });

    const role = `limited_${process.pid}`;
    await admin(`CREATE ROLE ${role} LOGIN`);
    const limited = new URL(at.url);
    limited.username = role;
    await expect(open({ url: limited.href })).rejects.toMatchObject({ code: "database_rights" });
    await admin(`DROP ROLE ${role}`);
    expect(await admin(`SELECT 1 FROM pg_namespace WHERE nspname = '${schemaOf(at)}'`)).toEqual([]);

    const store = await open(at);
    await put(store, "a.md", "A lighthouse.");
    await store.close();
    expect(await lookAtPostgres(at)).toMatch(/PostgreSQL \d+.* pgvector \d/);
    await expect(open(at, { embedder: "two" })).rejects.toMatchObject({ code: "index_mismatch" });
    await admin(`UPDATE ${schemaOf(at)}.schema_version SET version = 99`);
    await expect(open(at)).rejects.toMatchObject({ code: "database_newer" });
    await expect(openPostgresState(at)).rejects.toMatchObject({ code: "database_newer" });
    await admin(`UPDATE ${schemaOf(at)}.schema_version SET version = 1`);
    const again = await open(at);
    expect(await found(again, "lighthouse")).toBe(1);
    await again.close();
  });

  test("processes that start together on an empty database make its tables once", async () => {
    const at = place.fresh();
    const stores = await Promise.all(Array.from({ length: 5 }, () => open(at)));
    expect(await admin(`SELECT version FROM ${schemaOf(at)}.schema_version`)).toHaveLength(1);
    for (const store of stores) await store.close();
  });
});
