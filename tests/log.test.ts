// What an error leaves in the log: enough to find its place, and nothing of what was being sent.
import { DiscordAPIError } from "discord.js";
import { expect, test } from "vitest";
import { createLog } from "../src/log.ts";

test("bodies, files and tokens that a library hangs on its errors stay out of the log", () => {
  const lines: string[] = [];
  const log = createLog("warn", { write: (line) => void lines.push(line) });
  const body = { json: { content: "what Ada asked" }, files: [{ name: "a.png", data: Buffer.from("picture") }] };
  const url = "https://discord.com/api/v10/webhooks/1/secret-token/messages/@original";
  const cause = new DiscordAPIError({ code: 50013, message: "Missing Permissions" }, 50013, 403, "PATCH", url, body);
  log.error({ err: new Error("outer", { cause }), name: "ask" }, "request failed");
  log.error({ err: cause }, "request failed");
  const [outer = "", inner = ""] = lines;
  expect(outer).toMatch(/outer[^]*Missing Permissions/);
  expect(JSON.parse(inner)).toMatchObject({
    err: { message: "Missing Permissions", code: 50013, status: 403, stack: expect.stringContaining("log.test") as unknown },
  });
  for (const secret of ["what Ada asked", "secret-token", "112,105,99"]) expect(lines.join("")).not.toContain(secret);
});
