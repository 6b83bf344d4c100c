// The house rules that a machine can read: who imports whom, how long files are, what rooms are called.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const SRC = path.join(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => /\.(ts|mjs)$/.test(file));

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const imports: Import[] = files.flatMap((from) =>
  [
    ...readFileSync(path.join(SRC, from), "utf8").matchAll(
      /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;"']*?from\s+"([^"]+)"|import\("([^"]+)"\)/g,
    ),
  ].map((match) => {
    const target = match[2] ?? match[3] ?? "";
    const to = target.startsWith(".") ? path.posix.join(path.posix.dirname(from), target) : target;
    return { from, to, typeOnly: match[1] !== undefined };
  }),
);

const room = (file: string): string => (file.includes("/") ? file.slice(0, file.indexOf("/")) : "");
const STAGES = ["ingest", "index", "retrieve", "answer", "deliver"];
/** What every room may use: vocabulary, ports, and pure knowledge of language. */
const isPort = (file: string): boolean =>
  ["domain.ts", "failure.ts", "clock.ts", "briefing.ts", "project.ts"].includes(file) ||
  file.startsWith("language/") ||
  /^models\/(embedder|language-model)\.ts$/.test(file) ||
  /^stores\/[\w-]+\.ts$/.test(file);

test("a stage imports the vocabulary, ports and itself, never another stage or an implementation", () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      STAGES.includes(room(from)) && to.endsWith(".ts") && room(to) !== room(from) && !isPort(to) && to !== "settings.ts",
  );
  expect(wrong).toEqual([]);
});

test("answer never touches a store, and language knows nothing but the vocabulary", () => {
  expect(imports.filter(({ from, to }) => room(from) === "answer" && room(to) === "stores")).toEqual([]);
  expect(
    imports.filter(
      ({ from, to }) => room(from) === "language" && to.endsWith(".ts") && room(to) !== "language" && to !== "domain.ts",
    ),
  ).toEqual([]);
});

test("each outside library with a port of its own is imported in its one room", () => {
  const rooms: Record<string, RegExp> = {
    "discord.js": /^deliver\/discord\//,
    openai: /^models\/openai-embedder\.ts$/,
    langchain: /^models\/langchain-model\.ts$/,
    "@langchain/core": /^models\/langchain-model\.ts$/,
    "@langchain/openai": /^models\/langchain-model\.ts$/,
    "hnswlib-node": /^stores\/sqlite\/[\w-]+\.ts$/,
    libsql: /^stores\/sqlite\/[\w-]+\.ts$/,
    "onnxruntime-node": /^models\/[\w-]+\.ts$/,
  };
  const wrong = imports.filter(({ from, to }) => {
    const library = Object.keys(rooms).find((name) => to === name || to.startsWith(`${name}/`));
    return library !== undefined && !rooms[library]?.test(from);
  });
  expect(wrong).toEqual([]);
});

test("only the entries read the environment", () => {
  const readers = files.filter((file) => /process\.env/.test(readFileSync(path.join(SRC, file), "utf8")));
  expect(readers.filter((file) => !["main.ts", "cli.ts", "bootstrap.mjs"].includes(file))).toEqual([]);
});

test("files stay under 300 lines and rooms say what they are for", () => {
  const long = files.filter((file) => readFileSync(path.join(SRC, file), "utf8").split("\n").length > 300);
  expect(long).toEqual([]);
  expect(files.filter((file) => /(^|\/)(utils?|helpers?|lib|common|services?|manager|misc)(\/|\.)/.test(file))).toEqual([]);
  expect(files.filter((file) => !/^[a-z0-9/.-]+$/.test(file))).toEqual([]);
});
