import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import { embedderContract } from "../contracts/embedder-contract.ts";
import { compile } from "../support/compile.ts";

const bundled = path.join(PROJECT_ROOT, "src/models/bundled");
const scratch = mkdtempSync(path.join(tmpdir(), "embedder-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function copy(name: string): string {
  const folder = path.join(scratch, name);
  cpSync(bundled, folder, { recursive: true });
  return folder;
}

const cosine = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  a === undefined ? Number.NaN : a.reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0);

embedderContract("bundled", () => createOnnxEmbedder());
embedderContract("a folder of one's own", () => createOnnxEmbedder({ folder: copy("own") }));

describe("the bundled model", () => {
  const embedder = createOnnxEmbedder();
  afterAll(() => embedder.close());

  test("puts what is alike near and what is not far", async () => {
    const [question, near, far] = await embedder.embed(
      ["Why did the bridge close?", "The crossing was shut after cracks were found.", "The choir sang three encores."],
      "passage",
    );
    expect(cosine(question, near)).toBeGreaterThan(cosine(question, far) + 0.2);
    expect(question).toHaveLength(384);
  });

  test("a question does not wait for the passages before it", async () => {
    const order: string[] = [];
    const passages = embedder
      .embed(
        Array.from({ length: 60 }, (_, at) => `Passage ${at} about harvests and rain.`),
        "passage",
      )
      .then(() => order.push("passages"));
    const question = embedder.embed(["When does it rain?"], "query").then(() => order.push("question"));
    await Promise.all([passages, question]);
    expect(order).toEqual(["question", "passages"]);
  });

  test("the event loop stays free while it works", async () => {
    const before = performance.eventLoopUtilization();
    await embedder.embed(
      Array.from({ length: 20 }, () => "Many words about a small matter. ".repeat(40)),
      "passage",
    );
    // a run of the model on this thread would fill it
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });
});

describe("trouble", () => {
  test("a damaged model file is one clear failure, at each call", async () => {
    const folder = copy("damaged");
    truncateSync(path.join(folder, "model_int8.onnx"), 1_000_000);
    const embedder = createOnnxEmbedder({ folder });
    await expect(embedder.embed(["x"], "query")).rejects.toMatchObject({ code: "embeddings_failed" });
    await expect(embedder.tokens(["x"])).rejects.toMatchObject({
      code: "embeddings_failed",
      message: expect.stringContaining("damaged"),
    });
    await embedder.close();
  });

  test("junk instead of a model or a tokenizer fails alike", async () => {
    const folder = copy("junk");
    rmSync(path.join(folder, "SHA256SUMS"));
    writeFileSync(path.join(folder, "model_int8.onnx"), "not a model");
    const embedder = createOnnxEmbedder({ folder });
    await expect(embedder.embed(["x"], "query")).rejects.toMatchObject({ code: "embeddings_failed" });
    await embedder.close();
    const other = copy("junk-tokenizer");
    writeFileSync(path.join(other, "tokenizer.json"), "{");
    const second = createOnnxEmbedder({ folder: other });
    await expect(second.embed(["x"], "query")).rejects.toMatchObject({ code: "embeddings_failed" });
    await second.close();
  });

  test("another file is another identity", () => {
    const folder = copy("identity");
    const before = createOnnxEmbedder({ folder }).identity;
    truncateSync(path.join(folder, "model_int8.onnx"), 2_000_000);
    expect(createOnnxEmbedder({ folder }).identity).not.toBe(before);
  });

  test("a folder that is not there fails in words", () => {
    expect(() => createOnnxEmbedder({ folder: path.join(scratch, "absent") })).toThrow(/does not run/);
  });

  test("a process may leave while the model is loaded or runs, and a failed load harms nobody", async () => {
    const program = await compile(
      "leaving",
      `import { createOnnxEmbedder } from "./src/models/onnx-embedder.ts";
       const [junk, warm] = process.argv.slice(2);
       await createOnnxEmbedder({ folder: junk }).embed(["x"], "query").catch(() => undefined);
       const embedder = createOnnxEmbedder();
       if (warm === "warm") await embedder.embed(["hello"], "query");
       void embedder.embed(Array.from({ length: 40 }, () => "many words ".repeat(90)), "passage");
       setTimeout(() => process.exit(0), warm === "warm" ? 60 : 250);`,
    );
    const folder = copy("junk-beside");
    writeFileSync(path.join(folder, "tokenizer.json"), "{");
    const ends = ["warm", "warm", "cold"].map(
      (when) => spawnSync(process.execPath, [program, folder, when], { encoding: "utf8", timeout: 30_000 }).status,
    );
    expect(ends).toEqual([0, 0, 0]);
  });

  test.runIf(process.platform === "linux")(
    "a model process that dies is a failure, and the next call starts another",
    async () => {
      const program = await compile(
        "dying-embedder",
        `import { readFileSync } from "node:fs";
       import { createOnnxEmbedder } from "./src/models/onnx-embedder.ts";
       const embedder = createOnnxEmbedder({ workers: 1 });
       await embedder.embed(["hello"], "query");
       const asked = embedder.embed(Array.from({ length: 40 }, () => "many words ".repeat(90)), "passage");
       process.kill(Number(readFileSync("/proc/self/task/" + process.pid + "/children", "utf8").trim()), "SIGKILL");
       console.log(await asked.catch(({ code, message }) => code + " " + message));
       console.log((await embedder.embed(["hello"], "query")).length);`,
      );
      const { stdout } = spawnSync(process.execPath, [program], { encoding: "utf8", timeout: 30_000 });
      expect(stdout).toMatch(/^embeddings_failed .* ended with SIGKILL\n1\n$/);
    },
  );

  test("an idle embedder does not keep the process alive", async () => {
    const program = await compile(
      "idle-embedder",
      `import { createOnnxEmbedder } from "./src/models/onnx-embedder.ts";
       const [vector] = await createOnnxEmbedder().embed(["hello"], "query");
       console.log(vector.length);`,
    );
    const { status, stdout } = spawnSync(process.execPath, [program], { encoding: "utf8", timeout: 30_000 });
    expect(stdout.trim()).toBe("384");
    expect(status).toBe(0);
  });
});
