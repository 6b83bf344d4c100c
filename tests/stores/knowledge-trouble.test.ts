import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openDatabase, readableFailure } from "../../src/stores/sqlite/database.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { compile } from "../support/compile.ts";
import { article, drafts, vectorOf } from "../support/documents.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "trouble-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => path.join(scratch, String((folders += 1)));
const open = (folder: string, more = {}): Promise<KnowledgeStore> =>
  openKnowledgeStore({ folder, embedder: "one", lockWaitMs: 200, ...more });
const database = (folder: string): string => path.join(folder, "knowledge.db");

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
  (await store.searchText({ words: [word], phrases: [] }, {}, 10_000)).length;

async function filled(): Promise<string> {
  const folder = fresh();
  const store = await open(folder);
  await put(store, "a.md", Array.from({ length: 200 }, (_, at) => `Line ${at} about lighthouses and their keepers.`).join("\n"));
  await store.flush();
  await store.close();
  // what is still in the log goes into the file, which the tests below damage
  const connection = openDatabase(database(folder));
  connection.all("PRAGMA wal_checkpoint(TRUNCATE)");
  connection.close();
  return folder;
}

describe("opening", () => {
  test("an index of another embedder says so and names the way out, which works", async () => {
    const folder = await filled();
    const failure = { code: "index_mismatch", hint: expect.stringContaining("npm run --silent briefing -- ingest --rebuild") };
    await expect(open(folder, { embedder: "two" })).rejects.toMatchObject(failure);
    const rebuilt = await open(folder, { embedder: "two", rebuild: true });
    expect(await rebuilt.documents()).toEqual([]);
    await rebuilt.close();
    await (await open(folder, { embedder: "three" })).close(); // empty: any will do
  });

  const damages: [string, (file: string) => void][] = [
    ["is cut short", (file) => truncateSync(file, 20_000)],
    ["is junk", (file) => writeFileSync(file, "no database at all ".repeat(1000))],
    ["has holes", (file) => writeFileSync(file, readFileSync(file).fill(0xab, 8192, 60_000))],
    ["is of a newer version", (file) => openDatabase(file).script("PRAGMA user_version = 99")],
    [
      "is a database of something else",
      (file) => {
        rmSync(file);
        openDatabase(file).script("CREATE TABLE songs (name TEXT)");
      },
    ],
  ];
  test.each(damages)("an index that %s is one clear failure, and a rebuild mends it", async (_, damage) => {
    const folder = await filled();
    for (const end of ["-wal", "-shm"]) rmSync(database(folder) + end, { force: true });
    damage(database(folder));
    const use = async (): Promise<void> => {
      const store = await open(folder);
      try {
        await found(store, "keepers");
        await store.searchVectors(vectorOf("keepers"), {}, 5);
        await store.passages(Array.from({ length: 200 }, (_, at) => at + 1));
      } finally {
        await store.close();
      }
    };
    const inspect = async (): Promise<void> => {
      const store = await open(folder);
      try {
        await store.inspect(10_000);
      } finally {
        await store.close();
      }
    };
    await expect(inspect()).rejects.toMatchObject({ code: "index_broken" });
    await expect(use()).rejects.toMatchObject({ code: "index_broken", hint: expect.stringContaining("--rebuild") });
    const rebuilt = await open(folder, { rebuild: true });
    await put(rebuilt, "b.md", "A new keeper.");
    expect(await found(rebuilt, "keeper")).toBe(1);
    await rebuilt.close();
  });

  test("a text that is no UTF-8 is a damaged index to an ingest, not the end of the process", async () => {
    const folder = await filled();
    const connection = openDatabase(database(folder));
    connection.script("UPDATE documents SET fingerprint = CAST(x'61FF62' AS TEXT)");
    connection.close();
    const store = await open(folder);
    await expect(store.sources()).rejects.toMatchObject({ code: "index_broken", hint: expect.stringContaining("--rebuild") });
    await store.close();
  });

  test.runIf(process.platform === "linux")(
    "a folder where the system takes none is a failure, not a wait without end",
    async () => {
      await expect(open("/proc/none/index")).rejects.toMatchObject({ code: "index_unwritable" });
    },
  );

  test("a folder that cannot be made is a failure in words", async () => {
    const file = path.join(scratch, "file");
    writeFileSync(file, "");
    await expect(open(path.join(file, "index"))).rejects.toMatchObject({ code: "index_unwritable" });
  });

  test("a full disk is told as such", () => {
    const file = database(fresh());
    const connection = openDatabase(file);
    connection.script("CREATE TABLE filler (bytes BLOB); PRAGMA max_page_count = 5");
    let thrown: unknown;
    try {
      connection.run("INSERT INTO filler VALUES (?)", [Buffer.alloc(1_000_000)]);
    } catch (error) {
      thrown = error;
    }
    connection.close();
    expect(readableFailure(thrown, file, { code: "index_broken", hint: "" })).toMatchObject({ code: "disk_full" });
  });
});

describe("several processes", () => {
  test("a reader sees what another one writes, and loses what it removes", async () => {
    const folder = fresh();
    const writer = await open(folder);
    const reader = await open(folder);
    expect(await found(reader, "lighthouse")).toBe(0);
    await put(writer, "a.md", "A lighthouse.");
    expect(await found(reader, "lighthouse")).toBe(1);
    expect(await reader.searchVectors(vectorOf("A lighthouse."), {}, 5)).toHaveLength(1);
    await put(writer, "b.md", "Another lighthouse.");
    expect(await found(reader, "lighthouse")).toBe(2);
    expect(await reader.searchVectors(vectorOf("A lighthouse."), {}, 5)).toHaveLength(2);
    await writer.remove(["a-md"]);
    expect(await found(reader, "lighthouse")).toBe(1);
    expect(await reader.searchVectors(vectorOf("A lighthouse."), {}, 5)).toHaveLength(1);
    await writer.close();
    const rebuilt = await open(folder, { rebuild: true });
    await put(rebuilt, "c.md", "One lighthouse.\nTwo lighthouses.\nThree lighthouses.");
    expect(await found(reader, "lighthouse")).toBe(3);
    expect(await reader.searchVectors(vectorOf("One lighthouse."), {}, 5)).toHaveLength(3);
    await rebuilt.close();
    await (await open(folder, { rebuild: true, embedder: "two" })).close();
    const other = await open(folder, { embedder: "two" });
    await put(other, "d.md", "A lighthouse of another model.");
    await expect(found(reader, "lighthouse")).rejects.toMatchObject({ code: "index_mismatch" });
    await other.close();
    await reader.close();
  });

  test("a search during a large write sees the state before it, and is answered in time", async () => {
    const folder = fresh();
    const store = await open(folder);
    await put(store, "a.md", "A lighthouse.");
    let written = false;
    const text = Array.from({ length: 4000 }, (_, at) => `Lighthouse number ${at} stands on the coast.`).join("\n");
    const writing = put(store, "b.md", text).then(() => (written = true));
    let searches = 0;
    let seen = await found(store, "coast");
    while (seen === 0) {
      searches += 1;
      expect(written).toBe(false);
      await new Promise((resolve) => setImmediate(resolve));
      if (written) break;
      seen = await found(store, "coast");
    }
    await writing;
    expect(searches).toBeGreaterThan(3);
    expect([0, 4000]).toContain(seen);
    expect(await found(store, "coast")).toBe(4000);
    await store.close();
  });

  test("one run of writes at a time; the lock of a killed process is nobody's", async () => {
    const folder = fresh();
    const program = await compile(
      "holder",
      `import { openKnowledgeStore } from "./src/stores/sqlite/knowledge-store.ts";
       const store = await openKnowledgeStore({ folder: process.argv[2], embedder: "one" });
       await store.begin();
       console.log("holding");
       setInterval(() => {}, 1000);`,
    );
    const holder = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    const store = await open(folder);
    await expect(store.begin()).rejects.toMatchObject({
      code: "ingest_running",
      message: expect.stringContaining(String(holder.pid)),
    });
    await expect(put(store, "a.md", "x")).rejects.toMatchObject({ code: "ingest_running" });
    await expect(open(folder, { rebuild: true })).rejects.toMatchObject({ code: "ingest_running" });
    expect(await store.documents()).toEqual([]);
    const ended = new Promise((resolve) => holder.once("exit", resolve));
    holder.kill("SIGKILL");
    await ended;
    await put(store, "a.md", "A lighthouse.");
    expect(await found(store, "lighthouse")).toBe(1);
    await store.close();
  });

  test.each(["EXCLUSIVE", "IMMEDIATE", "DEFERRED"])(
    "another process that is at the lock's file this moment (%s) is waited for, then named as an ingest",
    async (how) => {
      const folder = fresh();
      const store = await open(folder);
      const other = openDatabase(path.join(folder, "ingest.lock"), { wal: false });
      other.script(`CREATE TABLE holder (pid INTEGER); BEGIN ${how}`);
      if (how === "DEFERRED") other.all("SELECT * FROM holder");
      await expect(store.begin()).rejects.toMatchObject({ code: "ingest_running" });
      setTimeout(() => other.script("COMMIT"), 60);
      await store.begin();
      await store.close();
      other.close();
    },
  );
});
