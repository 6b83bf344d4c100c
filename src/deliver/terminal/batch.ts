// `--batch FILE`: one JSON object a line in, one a line out, same order, `id` copied. A bad line gives an error object and the batch goes on.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Failure, misuse } from "../../failure.ts";
import { errorObject, jsonLine, type Output } from "./output.ts";

export type BatchLine = Record<string, unknown>;

/** Runs `work` on each line of the file (`-`: standard input), one after the other. Throws Failure `batch_unreadable` when the file cannot be read. */
export async function runBatch(
  file: string,
  stdin: Readable,
  output: Output,
  work: (line: BatchLine) => Promise<object>,
): Promise<{ done: number; refused: number }> {
  const input = file === "-" ? stdin : createReadStream(file, "utf8");
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const outcome = { done: 0, refused: 0 };
  // readline does not pass on its input's errors
  const broken = new Promise<never>((_resolve, reject) => input.once("error", reject));
  broken.catch(() => undefined);
  const iterator = lines[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), broken]);
      if (next.done === true) return outcome;
      const text = next.value.replace(/^\uFEFF/, "").trim();
      if (text === "") continue;
      const { ok, value } = await runLine(text, work);
      outcome[ok ? "done" : "refused"] += 1;
      output.data(jsonLine(value));
    }
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && "syscall" in cause)) throw cause;
    const hint = "Name an existing file with one JSON object a line, or - for standard input.";
    throw misuse("batch_unreadable", `The batch file cannot be read: ${file}`, hint, cause);
  } finally {
    lines.close();
  }
}

async function runLine(text: string, work: (line: BatchLine) => Promise<object>): Promise<{ ok: boolean; value: object }> {
  const named: { id?: unknown } = {};
  try {
    const line = parseLine(text);
    if (line["id"] !== undefined) named.id = line["id"];
    const { id: own, ...rest }: { id?: unknown } = await work(line);
    // a document that has an id of its own is told by `document_id`
    const document = own === undefined ? {} : { id: own, document_id: own };
    return { ok: true, value: { ...document, ...named, ...rest } };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return { ok: false, value: { ...named, ...errorObject(cause) } };
  }
}

function parseLine(text: string): BatchLine {
  const invalid = (what: string, cause?: unknown): Failure =>
    misuse("batch_line_invalid", `This line is not ${what}.`, 'Write one object a line, e.g. {"id": 1, "question": "…"}.', cause);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid("JSON", cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("a JSON object");
  return value as BatchLine;
}
