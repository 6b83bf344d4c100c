// The whole program over made-up notes, with a language model on a real socket that a test plays. Nothing of ours is replaced.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createApp, type App } from "../../src/app.ts";
import { loadSettings } from "../../src/settings.ts";
import { quietLog } from "./discord-scene.ts";
import { type Play, playing } from "./play-model.ts";
import { startScriptedModel, type ScriptedModel } from "./scripted-model/server.ts";

export interface ModelScene {
  app: App;
  model: ScriptedModel;
  /** From now on. */
  play(script: Play): void;
  close(): Promise<void>;
}

export type Note = readonly [front: Record<string, string>, text: string];
/** As it lies in the corpus folder, or an address. */
export type RawFile = { name: string; content: string };

export async function openModelScene(
  notes: readonly (Note | RawFile)[],
  { now, variables = {}, addresses = [] }: { now: string; variables?: Record<string, string>; addresses?: readonly string[] },
): Promise<ModelScene> {
  const folder = mkdtempSync(path.join(tmpdir(), "model-scene-"));
  const corpus = path.join(folder, "corpus");
  mkdirSync(corpus);
  for (const [at, note] of notes.entries()) {
    if ("name" in note) {
      writeFileSync(path.join(corpus, note.name), note.content);
      continue;
    }
    const [front, text] = note;
    const lines = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    writeFileSync(path.join(corpus, `${at}.md`), `---\n${lines.join("\n")}\n---\n\n${text}\n`);
  }
  let script: Play = {};
  const model = await startScriptedModel([], { always: (request) => playing(script)(request) });
  const settings = loadSettings({
    CORPUS_DIR: corpus,
    INDEX_DIR: path.join(folder, "index"),
    MODEL: "openai:gpt-4.1-mini",
    OPENAI_API_KEY: "scripted",
    OPENAI_BASE_URL: model.baseUrl,
    ...variables,
  });
  const app = createApp(settings, { log: quietLog, clock: { now: () => new Date(now) } });
  await app.briefing.ingest([]);
  if (addresses.length > 0) await app.briefing.ingest(addresses);
  return {
    app,
    model,
    play: (next) => void (script = next),
    async close() {
      await app.briefing.close();
      await model.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
