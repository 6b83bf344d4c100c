// The JSON object in a model's reply, which may come bare, fenced, after a chain of thought or between pleasantries.
// Never mends broken JSON: half an answer is not an answer.
import type { z } from "zod";

/** Braces tried as beginning and as end, in a text that holds others beside its object; bounds the work on junk. */
const TRIED = 8;

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

/** The whole, then what begins at each of the first braces and ends at each of the last ones. */
function* candidates(body: string): Generator<string> {
  yield body;
  for (let start = body.indexOf("{"), tried = 0; start !== -1 && tried < TRIED; start = body.indexOf("{", start + 1), tried += 1)
    for (
      let end = body.lastIndexOf("}"), times = 0;
      end > start && times < TRIED;
      end = body.lastIndexOf("}", end - 1), times += 1
    )
      yield body.slice(start, end + 1);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
