// The JSON object in a model's reply, which may come bare, fenced, after a chain of thought or between pleasantries.
// Never mends broken JSON: half an answer is not an answer.
import type { z } from "zod";

/** Starts tried in a text that holds other braces before its object; bounds the work on junk. */
const STARTS = 8;

export type ReadReply<T> = { ok: true; value: T } | { ok: false; problem: string };

/** The first object in the text that matches the schema; else what is wrong with it, in words for the model. */
export function readReply<T>(text: string, schema: z.ZodType<T>): ReadReply<T> {
  const body = text.replace(/^\s*<think>[\s\S]*?<\/think>/, "").trim();
  if (body === "") return { ok: false, problem: "the reply was empty" };
  let problem = "the reply holds no JSON object";
  for (const candidate of candidates(body)) {
    const value = parse(candidate);
    if (value === undefined) continue;
    const read = schema.safeParse(value);
    if (read.success) return { ok: true, value: read.data };
    const issue = read.error.issues[0];
    problem = `the JSON does not match the schema: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.replace(/\s+/g, " ");
  }
  return { ok: false, problem };
}

function* candidates(body: string): Generator<string> {
  yield body;
  let from = 0;
  for (let tried = 0; tried < STARTS; tried += 1) {
    const start = body.indexOf("{", from);
    if (start === -1) return;
    const end = closing(body, start);
    if (end !== -1) yield body.slice(start, end + 1);
    from = start + 1;
  }
}

/** Position of the brace that closes the one at `start`; -1 where none does. */
function closing(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === "\\") at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{") depth += 1;
    else if (char === "}") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
