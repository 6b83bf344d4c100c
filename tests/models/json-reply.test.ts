import * as fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { readReply } from "../../src/models/json-reply.ts";

const SCHEMA = z.object({ said: z.string() });

test("the object is found whatever stands around it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (said, before, after) => {
      const lead = before.replaceAll(/[{}"]/g, "");
      expect(readReply(`${lead}${JSON.stringify({ said })}${after}`, SCHEMA)).toEqual({ ok: true, value: { said } });
    }),
  );
});

test("no beginning of an object is taken for the whole", () => {
  const text = JSON.stringify({ said: 'a "quoted" {word}' });
  for (let end = 0; end < text.length; end += 1) expect(readReply(text.slice(0, end), SCHEMA).ok).toBe(false);
});

test("says what is wrong", () => {
  expect(readReply("", SCHEMA)).toEqual({ ok: false, problem: "the reply was empty" });
  expect(readReply("no", SCHEMA)).toEqual({ ok: false, problem: "the reply holds no JSON object" });
  expect(readReply('{"said":1}', SCHEMA)).toMatchObject({ problem: expect.stringContaining("said") as string });
});

test("junk does not take long", () => {
  const started = Date.now();
  for (const junk of ["{", '{"', "}{", "<think>"]) readReply(junk.repeat(200_000), SCHEMA);
  expect(Date.now() - started).toBeLessThan(3_000);
});
