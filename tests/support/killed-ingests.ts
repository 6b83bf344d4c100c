// An ingest of files, a feed and a page as a process of its own that is killed at a random moment, then run to its end: what is in the index
// afterwards, against what a run that nobody disturbed leaves. Used by a test (a few moments) and a benchmark (many).
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pino } from "pino";
import { createApp, type App } from "../../src/app.ts";
import type { Embedder } from "../../src/models/embedder.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import { loadSettings } from "../../src/settings.ts";
import { openDatabase } from "../../src/stores/sqlite/database.ts";
import { temporaryFolder } from "./run-command.ts";
import { articlePage, PARAGRAPHS, type WebServer } from "./web-server.ts";

export interface KillScene {
  /** Arguments of the ingest. */
  args: string[];
  /** Runs the ingest as a process; killed after `killAfterMs`, where that is given. Gives what it took, and whether it was struck. */
  run(index: string, killAfterMs?: number): Promise<{ struck: boolean; tookMs: number }>;
  /** Runs what is left in this process, and describes what the index then holds and finds. */
  picture(index: string): Promise<string>;
  folder(): string;
}

const QUERIES = ["lamps of ward 7", "northern pier inspection", "ward 3 benches", "ferries to the outer islands"];

export function killScene(web: WebServer, files: number, embedder: Embedder): KillScene {
  const home = temporaryFolder("killed");
  const corpus = path.join(home, "corpus");
  mkdirSync(corpus);
  const sentence = (file: number, at: number): string =>
    `In ward ${file} the council counted ${file * 31 + at * 7} lamps, ${at + 3} benches and ${file + at} bridges along the river, the clerk noted.`;
  for (let file = 0; file < files; file += 1) {
    const body = Array.from({ length: 2 }, (_, at) => sentence(file, at)).join("\n\n");
    writeFileSync(
      path.join(corpus, `ward-${file}.md`),
      `---\ntitle: Ward ${file}\npublished: 2025-01-${String((file % 28) + 1).padStart(2, "0")}\n---\n\n${body}\n`,
    );
  }
  const items = [0, 1, 2, 3, 4]
    .map((n) => `<item><title>Story ${n}</title><link>${web.origin}/story-${n}</link></item>`)
    .join("");
  for (const n of [0, 1, 2, 3, 4])
    web.serve(
      `/story-${n}`,
      articlePage(
        `Story ${n}`,
        PARAGRAPHS.map((text) => text.replace("Norvik", `Norvik ${n}`)),
      ),
    );
  web.serve("/feed", `<rss version="2.0"><channel><title>Norvik News</title>${items}</channel></rss>`, "application/rss+xml");
  web.serve(
    "/page",
    articlePage(
      "A page",
      PARAGRAPHS.map((text) => text.replace("pier", "bridge")),
    ),
  );
  const inputs = [corpus, `${web.origin}/feed`, `${web.origin}/page`];
  const args = ["ingest", ...inputs, "--corpus", corpus];

  const open = (index: string): App =>
    createApp(loadSettings({ CORPUS_DIR: corpus, INDEX_DIR: index, FETCH_ALLOW: web.host }), {
      log: pino({ level: "silent" }),
      embedder: { ...embedder, close: async () => undefined },
    });

  return {
    args,
    folder: () => temporaryFolder("killed-index"),
    run(index, killAfterMs) {
      const began = performance.now();
      const child = spawn(process.execPath, [path.join(PROJECT_ROOT, "dist/cli.js"), ...args, "--index", index], {
        stdio: "ignore",
        env: { PATH: process.env["PATH"], HOME: home, FETCH_ALLOW: web.host },
      });
      const timer = killAfterMs === undefined ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
      return new Promise((resolve) => {
        child.once("close", (_, signal) => {
          if (timer !== null) clearTimeout(timer);
          resolve({ struck: signal === "SIGKILL", tookMs: performance.now() - began });
        });
      });
    },
    async picture(index) {
      const { briefing } = open(index);
      const report = await briefing.ingest(inputs);
      const documents = (await briefing.documents()).map((document) => ({ ...document, fetched: "" }));
      const found = [];
      for (const query of QUERIES) {
        const { passages } = await briefing.search(query, { k: 8 });
        found.push(
          passages.map(({ document, start, end, score }) => `${document.id} ${start}-${end} ${score.toFixed(5)}`).sort(),
        );
      }
      await briefing.close();
      const connection = openDatabase(path.join(index, "knowledge.db"));
      const sound = connection.all("PRAGMA integrity_check");
      connection.close();
      rmSync(index, { recursive: true, force: true });
      documents.sort((a, b) => (a.id < b.id ? -1 : 1));
      return JSON.stringify(
        { failed: report.failed, count: report.documents, passages: report.passages, documents, found, sound },
        null,
        1,
      );
    },
  };
}
