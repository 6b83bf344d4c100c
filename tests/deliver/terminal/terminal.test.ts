import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable, Writable } from "node:stream";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createOutput, plain, progressLine, wrap, type Output } from "../../../src/deliver/terminal/output.ts";
import { runBatch } from "../../../src/deliver/terminal/program.ts";
import { Failure } from "../../../src/failure.ts";

function memory(isTTY: boolean): Writable & { text: () => string; isTTY: boolean; columns: number } {
  let written = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return Object.assign(stream, { text: () => written, isTTY, columns: 60 });
}

function outputTo(out: ReturnType<typeof memory>, err = memory(false)): Output {
  return createOutput({ stdout: out, stderr: err, noColour: true });
}

test("wrapping keeps every word in order and lines within the width", () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
      fc.integer({ min: 20, max: 100 }),
      (words, width) => {
        const wrapped = wrap(words.join(" "), width, "  ");
        expect(wrapped.split(/\s+/).filter((word) => word !== "")).toEqual(words);
        for (const line of wrapped.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test("a document cannot steer the terminal", () => {
  expect(plain("a\u001B[31mred\u0007\u009B2J\u202Etxt\nnext")).toBe("a [31mred 2J txt\nnext");
});

test("a batch copies ids, keeps the order, and a bad line does not end it", async () => {
  const out = memory(false);
  const lines = ['{"id":1,"x":"a"}', "not json", "[1]", "", '{"id":"two","x":"boom"}', '{"x":"c"}'];
  const outcome = await runBatch("-", Readable.from([lines.join("\n")]), outputTo(out), async (line) => {
    if (line["x"] === "boom") throw new Failure("x_bad", "bad x", "give another");
    return { got: line["x"] };
  });
  expect(outcome).toEqual({ done: 2, refused: 3 });
  const printed = out
    .text()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(printed).toHaveLength(5);
  expect(printed[0]).toEqual({ id: 1, got: "a" });
  expect(printed[1]).toMatchObject({ error: { code: "batch_line_invalid" } });
  expect(printed[3]).toEqual({ id: "two", error: { code: "x_bad", message: "bad x", hint: "give another" } });
  expect(printed[4]).toEqual({ got: "c" });
});

test("a batch file with a byte order mark and Windows line ends is read; one that is not there is one clear Failure", async () => {
  const out = memory(false);
  const file = path.join(mkdtempSync(path.join(tmpdir(), "batch-")), "lines.jsonl");
  writeFileSync(file, '\uFEFF{"id":1}\r\n{"id":2}\r\n');
  expect(await runBatch(file, Readable.from([]), outputTo(out), async () => ({}))).toEqual({ done: 2, refused: 0 });
  await expect(runBatch(`${file}.gone`, Readable.from([]), outputTo(out), async () => ({}))).rejects.toMatchObject({
    code: "batch_unreadable",
    exit: 2,
  });
});

test("progress is one line in a terminal and a plain line every few seconds elsewhere, with the time left", () => {
  const [logged, shown] = [memory(false), memory(true)];
  for (const stderr of [logged, shown]) {
    let at = 0;
    const now = (): number => at;
    const tick = progressLine(createOutput({ stdout: memory(false), stderr, noColour: true, now }), now);
    for (const done of [1, 2, 3, 4]) {
      at += 2000;
      tick({ done, total: 4, current: "a\u001B[31m.md", passages: 3 * done });
    }
  }
  expect(logged.text()).toBe("3/4 documents, 9 passages, 2 s left  a [31m.md\n");
  expect(shown.text()).toContain("1/4 documents, 3 passages, 6 s left");
  expect(shown.text().split("\r\u001B[K")).toHaveLength(5);
});
