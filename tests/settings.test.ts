import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Failure } from "../src/failure.ts";
import { PROJECT_ROOT } from "../src/project.ts";
import { VARIABLES, loadSettings } from "../src/settings.ts";

function problemsOf(env: Record<string, string>): string {
  try {
    loadSettings(env);
  } catch (cause) {
    if (cause instanceof Failure) return `${cause.exit} ${cause.message}`;
  }
  return "none";
}

test("without any variable the program runs on its own files", () => {
  const settings = loadSettings({});
  expect(settings).toMatchObject({
    embeddings: "bundled",
    model: null,
    discordToken: null,
    discordApiUrl: "https://discord.com/api",
  });
  expect(path.basename(settings.corpusDir)).toBe("corpus");
});

test("a flag beats the environment, and blank values count as unset", () => {
  const settings = loadSettings({ CORPUS_DIR: "/from-env", INDEX_DIR: "  " }, { CORPUS_DIR: "/from-flag" });
  expect(settings.corpusDir).toBe("/from-flag");
  expect(path.basename(settings.indexDir)).toBe("index");
  expect(loadSettings({ DISCORD_SHARDS: "0, 2/3" }).discordShards).toEqual({ ids: [0, 2], of: 3 });
});

test("every problem is reported at once, by name, with wrong usage as exit code", () => {
  const problems = problemsOf({
    EMBEDDINGS: "/nowhere",
    MODEL: "gpt",
    OPENAI_BASE_URL: "ftp://x",
    DISCORD_GUILD_ID: "12",
    DISCORD_SHARDS: "3/3",
    LOG_LEVEL: "loud",
    MODEL_TIMEOUT_SECONDS: "soon",
    CORPUS_DIR: path.join(PROJECT_ROOT, "package.json"),
    DATABASE_URL: "mysql://x",
  });
  expect(problems).toMatch(/^2 /);
  for (const name of [
    "EMBEDDINGS",
    "MODEL",
    "OPENAI_BASE_URL",
    "DISCORD_GUILD_ID",
    "DISCORD_SHARDS",
    "LOG_LEVEL",
    "MODEL_TIMEOUT_SECONDS",
    "CORPUS_DIR",
    "DATABASE_URL",
  ]) {
    expect(problems).toContain(`${name} `);
  }
});

test("a model that needs a key says so; a secret never stands in a problem", () => {
  expect(problemsOf({ MODEL: "openai:gpt-4.1-mini" })).toContain("OPENAI_API_KEY is missing");
  expect(problemsOf({ MODEL: "openai:gpt-4.1-mini", OPENAI_BASE_URL: "http://127.0.0.1:1" })).toBe("none");
  expect(problemsOf({ MODEL: "anthropic:claude-sonnet-4-0" })).toContain("ANTHROPIC_API_KEY is missing");
  expect(problemsOf({ MODEL: "google:gemini-2.5-flash" })).toContain("GOOGLE_API_KEY is missing");
  expect(problemsOf({ MODEL: "ollama:llama3.1:8b" })).toBe("none");
  expect(problemsOf({ DISCORD_TOKEN: "very secret" })).not.toContain("secret");
});

test("prices: the list's, none on a server of one's own, and those that are written", () => {
  const prices = (env: Record<string, string>) => Object.fromEntries(loadSettings(env).modelPrices);
  expect(prices({ MODEL: "openai:gpt-4.1-mini", OPENAI_API_KEY: "k" })).toEqual({ "openai:gpt-4.1-mini": [0.4, 1.6] });
  const own = { MODEL: "openai:a/b:free", OPENAI_BASE_URL: "http://127.0.0.1:1" };
  expect(prices(own)).toEqual({ "openai:a/b:free": [0, 0] });
  expect(prices({ ...own, MODEL_PRICES: "openai:a/b:free=0.25/2, x:y=1/3" })).toEqual({
    "openai:a/b:free": [0.25, 2],
    "x:y": [1, 3],
  });
  expect(problemsOf({ MODEL_PRICES: "gpt=1" })).toContain("MODEL_PRICES must look like");
});

test(".env.example lists every variable with its default, and no other", () => {
  const example = readFileSync(path.join(PROJECT_ROOT, ".env.example"), "utf8");
  const listed = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1]);
  expect(listed).toEqual(VARIABLES.map((variable) => variable.name));
  for (const { name, default: value } of VARIABLES) if (value !== null) expect(example).toContain(`#${name}=${value}`);
});

test("README explains every variable", () => {
  const readme = readFileSync(path.join(PROJECT_ROOT, "README.md"), "utf8");
  expect(VARIABLES.map((variable) => variable.name).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test("CONTRIBUTING says of every package why it is there", () => {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(path.join(PROJECT_ROOT, "package.json"), "utf8"),
  ) as Record<"dependencies" | "optionalDependencies", Record<string, string>>;
  const table = readFileSync(path.join(PROJECT_ROOT, "CONTRIBUTING.md"), "utf8").split("## Why each package is there")[1] ?? "";
  const named = new Set(
    [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap((match) =>
      (match[1] ?? "")
        .replace(/\(.*?\)/g, "")
        .split(",")
        .map((name) => name.trim()),
    ),
  );
  expect(Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !named.has(name))).toEqual([]);
});
