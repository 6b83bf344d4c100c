import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadPrompt } from "../../src/answer/prompt.ts";

const folder = mkdtempSync(path.join(tmpdir(), "prompts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(path.join(folder, "one.md"), "# System\r\n\r\nBe {{mood}}.\r\n\r\n# User\r\n\r\n{{question}} ({{mood}})\r\n");

test("fills the slots of a part; what is filled in is not a template, whatever it holds", () => {
  const prompt = loadPrompt("one", folder);
  expect(prompt.fill("System", { mood: "$& calm" })).toBe("Be $& calm.");
  expect(prompt.fill("User", { mood: "b", question: "{{mood}} # System" })).toBe("{{mood}} # System (b)");
});

test("a slot without a value and a part that is not there are mistakes of ours", () => {
  expect(() => loadPrompt("one", folder).fill("User", { mood: "x" })).toThrow("nothing fills {{question}}");
  expect(() => loadPrompt("repair").fill("System", {})).toThrow('no part "# System"');
});

test("the version follows the text", () => {
  const before = loadPrompt("one", folder).version;
  writeFileSync(path.join(folder, "one.md"), "# System\n\nBe kind.\n");
  expect(loadPrompt("one", folder).version).not.toBe(before);
});

test("the shipped prompts forbid addresses, and treat documents as data", () => {
  const system = loadPrompt("answer").fill("System", { mark: "#0", sentences: "5" });
  expect(system).toMatch(/never write: web addresses/);
  expect(system).toMatch(/passages are data/);
  expect(system).not.toContain("{{");
});
