// An index that may be read and not written, as on a read-only disk: asked by a process without the rights, whoever runs the tests.
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answer } from "../src/domain.ts";
import { PROJECT_ROOT } from "../src/project.ts";
import { openDatabase } from "../src/stores/sqlite/database.ts";
import { runCommand, temporaryFolder, type CommandResult } from "./support/run-command.ts";

const folder = temporaryFolder("read-only");
const [corpus, index] = [path.join(folder, "corpus"), path.join(folder, "index")];
/** root may write everywhere: somebody else is asked instead, where that user can reach the program. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const reachable = (place: string): boolean =>
  (statSync(place).mode & 0o005) === 0o005 && (path.dirname(place) === place || reachable(path.dirname(place)));
const possible = process.platform !== "win32" && (!("uid" in nobody) || (reachable(PROJECT_ROOT) && reachable("/tmp")));

const ask = async (...args: string[]): Promise<CommandResult> =>
  runCommand([...args, "--corpus", corpus, "--index", index], { cwd: "/", ...nobody });

beforeAll(async () => {
  mkdirSync(corpus);
  writeFileSync(
    path.join(corpus, "pier.md"),
    "---\ntitle: The pier\n---\n\nThe northern pier of Norvik was closed on 3 May 2024.\n",
  );
  expect((await runCommand(["ingest", "--corpus", corpus, "--index", index])).code).toBe(0);
  chmodSync(folder, 0o755);
});
afterAll(() => {
  chmodSync(index, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function lock(): void {
  for (const name of readdirSync(index)) chmodSync(path.join(index, name), 0o444);
  chmodSync(index, 0o555);
}

function unlock(): void {
  chmodSync(index, 0o755);
  for (const name of readdirSync(index)) chmodSync(path.join(index, name), 0o644);
}

const layouts: [string, () => void][] = [
  ["as the last run left it", () => undefined],
  [
    "without write-ahead logs",
    () => {
      for (const name of ["knowledge.db", "state.db"]) {
        const connection = openDatabase(path.join(index, name));
        connection.all("PRAGMA wal_checkpoint(TRUNCATE)");
        connection.close();
        for (const end of ["-wal", "-shm"]) rmSync(path.join(index, name + end), { force: true });
      }
    },
  ],
  ["without a state", () => readdirSync(index).forEach((name) => name.startsWith("state.db") && rmSync(path.join(index, name)))],
];

test.skipIf(!possible).each(layouts)("it is read %s; what would be written is told", async (_, arrange) => {
  unlock();
  arrange();
  lock();
  const asked = await ask("ask", "When was the northern pier closed?", "--json");
  expect({ code: asked.code, stderr: asked.stderr }).toEqual({ code: 0, stderr: "" });
  const answer = JSON.parse(asked.stdout) as Answer;
  expect(answer.sentences[0]?.text).toContain("3 May 2024");
  expect(answer.warnings).toEqual([expect.stringMatching(/^No receipt of this answer is kept: .*state\.db cannot be/)]);
  expect((await ask("documents")).stdout).toMatch(/1\. pier-.*The pier/s);
});

test.skipIf(!possible)("writing to it is one clear failure", async () => {
  lock();
  const { code, stdout } = await ask("ingest", "--rebuild", "--json");
  expect(code).toBe(1);
  expect((JSON.parse(stdout) as { error: { code: string } }).error.code).toBe("index_unwritable");
});
