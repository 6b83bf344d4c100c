// Killed at random moments, run twice at once, asked meanwhile: the index is the one that an undisturbed run leaves. Thirty moments are
// tests/benchmarks/kill-benchmark.ts.
import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createOnnxEmbedder } from "../src/models/onnx-embedder.ts";
import type { SearchResult } from "../src/results.ts";
import { killScene } from "./support/killed-ingests.ts";
import { runCommand } from "./support/run-command.ts";
import { startWebServer, type WebServer } from "./support/web-server.ts";

const embedder = createOnnxEmbedder();
let web: WebServer;
beforeAll(async () => {
  web = await startWebServer();
});
afterAll(async () => {
  await embedder.close();
  await web.close();
});

test("an ingest of files, feed and page that is killed ends like one that is not; two at once and a search do not hinder each other", async () => {
  const scene = killScene(web, 8, embedder);
  const clean = scene.folder();
  const { tookMs } = await scene.run(clean);
  const expected = await scene.picture(clean);
  expect(JSON.parse(expected)).toMatchObject({ failed: [], count: 14, sound: [["ok"]] });
  let struck = 0;
  for (const share of [0.4, 0.7]) {
    const index = scene.folder();
    if ((await scene.run(index, tookMs * (share + (Math.random() - 0.5) * 0.2))).struck) struck += 1;
    expect(await scene.picture(index)).toBe(expected);
  }
  expect(struck).toBeGreaterThan(0);

  const index = scene.folder();
  const env = { FETCH_ALLOW: web.host };
  const ingest = (): ReturnType<typeof runCommand> => runCommand([...scene.args, "--index", index, "--json"], { env });
  // an index that is not there yet has nothing to search: `index_missing`, tested elsewhere
  const search = async (): ReturnType<typeof runCommand> => {
    await vi.waitUntil(() => existsSync(path.join(index, "knowledge.db")), { timeout: 30_000, interval: 20 });
    return runCommand(["search", "lamps", "--index", index, "--json"], { env });
  };
  const [first, second, found] = await Promise.all([ingest(), ingest(), search()]);
  const said = [first, second].map(({ code, stdout }) => [
    code,
    (JSON.parse(stdout) as { error?: { code: string } }).error?.code,
  ]);
  // the second waits for the first, or says why it does not
  for (const [code, error] of said)
    expect([
      [0, undefined],
      [1, "ingest_running"],
    ]).toContainEqual([code, error]);
  expect(said).toContainEqual([0, undefined]);
  expect(found.code).toBe(0);
  expect((JSON.parse(found.stdout) as SearchResult).passages.length).toBeGreaterThanOrEqual(0);
  expect(await scene.picture(index)).toBe(expected);
});
