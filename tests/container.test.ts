// The container files, read for the facts in them: they must agree with each other, with the settings and with what lies in the project.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { PROJECT_ROOT } from "../src/project.ts";
import { loadSettings, VARIABLES } from "../src/settings.ts";

const read = (name: string): string => readFileSync(path.join(PROJECT_ROOT, name), "utf8");
const stages = read("Dockerfile")
  .replace(/\\\n/g, " ")
  .split(/^FROM /m)
  .slice(1)
  .map((stage) => stage.split("\n").filter((line) => line !== "" && !line.startsWith("#")));
const image = stages.at(-1) ?? [];
const lines = (word: string): string[] =>
  image.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length).trim());
const environment = Object.fromEntries(
  lines("ENV").flatMap((line) => line.split(/\s+/).map((pair) => pair.split("=", 2) as [string, string])),
);

interface Service {
  image?: string;
  profiles: string[];
  env_file?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes: string[];
  depends_on?: Record<string, { condition: string }>;
  restart: string;
  read_only?: boolean;
}
const compose = parse(read("compose.yaml"), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const bots = Object.entries(compose.services).flatMap(([name, service]) => (name.startsWith("bot") ? [service] : []));
const known = new Set<string>(VARIABLES.map(({ name }) => name));

test("the image: Node 24, nobody's rights, what the program reads, and no more", () => {
  for (const [first] of stages) expect(first).toMatch(/^node:24-[\w-]*slim(?: AS build)?$/);
  const user = image.indexOf("USER node");
  expect(user).toBeGreaterThan(0);
  expect(image.slice(user).some((line) => /^(?:RUN|COPY|USER root)/.test(line))).toBe(false);
  const copied = lines("COPY").flatMap((line) => [...line.matchAll(/\/app\/([\w./-]+)/g)].map((match) => match[1] ?? ""));
  for (const place of copied)
    if (!/^(?:dist|node_modules)$/.test(place)) expect(existsSync(path.join(PROJECT_ROOT, place))).toBe(true);
  expect(copied).toEqual(expect.arrayContaining(["dist", "node_modules", "package.json", "prompts", "src/models/bundled"]));
  expect(lines("CMD")).toEqual(['["dist/main.js"]']);
  expect(read(".dockerignore").split("\n")).toEqual(expect.arrayContaining([".env", "node_modules", "index", "corpus"]));
});

test("the image's folders, port and health check are those of its settings", () => {
  for (const name of Object.keys(environment)) expect(name === "NODE_ENV" || known.has(name)).toBe(true);
  const settings = loadSettings(environment);
  expect(JSON.parse(lines("VOLUME")[0] ?? "")).toEqual([settings.corpusDir, settings.indexDir]);
  const port = settings.metricsPort?.split(":").at(-1) ?? "";
  expect(lines("EXPOSE")).toEqual([port]);
  expect(image.join("\n")).toContain(`http://127.0.0.1:${port}/healthz`);
  for (const { ports = [] } of bots)
    for (const mapping of ports) expect(mapping).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+:${port}$`));
});

test("one profile is a bot on files, the other three bots with a database that only they reach", () => {
  const [alone, ...others] = bots;
  expect(alone?.profiles).toEqual(["files"]);
  expect(alone?.environment).toBeUndefined();
  expect(alone?.volumes).toEqual(["./corpus:/data/corpus:ro", "index:/data/index"]);
  expect(others).toHaveLength(3);
  const shards = others.map(({ environment = {}, profiles, depends_on }) => {
    expect(profiles).toEqual(["postgres"]);
    expect(depends_on).toEqual({ database: { condition: "service_healthy" } });
    for (const name of Object.keys(environment)) expect(known.has(name)).toBe(true);
    const { databaseUrl, discordShards } = loadSettings({
      ...environment,
      DATABASE_URL: environment["DATABASE_URL"]?.replace(/\$\{\w+:-(\w+)\}/, "$1"),
    });
    expect(new URL(databaseUrl ?? "").hostname).toBe("database");
    return discordShards;
  });
  expect(shards).toEqual([0, 1, 2].map((id) => ({ ids: [id], of: 3 })));
  const { database } = compose.services;
  expect(database?.image).toMatch(/^pgvector\/pgvector:pg\d+$/);
  expect(database?.ports).toBeUndefined();
  const named = Object.values(compose.services).flatMap(({ volumes }) => volumes.map((volume) => volume.split(":")[0] ?? ""));
  expect(Object.keys(compose.volumes).sort()).toEqual([...new Set(named.filter((name) => !name.startsWith(".")))].sort());
  for (const service of bots) expect(service).toMatchObject({ env_file: ".env", restart: "unless-stopped", read_only: true });
});
