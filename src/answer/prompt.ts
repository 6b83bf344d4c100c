// Prompts are Markdown files in prompts/ with {{slots}}: this reads and fills them. Text only, no logic; what fills a slot is never
// read as a template.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../project.ts";

export interface Prompt {
  /** Name and beginning of the file's hash: changes with the file, for receipts. */
  version: string;
  /** The part under the heading `# System` or `# User`, slots filled. Throws when a slot has no value, or the part is not there. */
  fill(part: "System" | "User", slots: Readonly<Record<string, string>>): string;
}

/** Changes with any of them. */
export function promptsVersion(folder = path.join(PROJECT_ROOT, "prompts")): string {
  const names = readdirSync(folder).filter((file) => file.endsWith(".md"));
  return names.map((file) => loadPrompt(file.slice(0, -".md".length), folder).version).join(" ");
}

/** Reads `prompts/<name>.md`. */
export function loadPrompt(name: string, folder = path.join(PROJECT_ROOT, "prompts")): Prompt {
  const text = readFileSync(path.join(folder, `${name}.md`), "utf8").replaceAll("\r\n", "\n");
  const parts = new Map<string, string>();
  for (const section of text.split(/^(?=# )/m)) {
    const [, heading, body] = /^# (\w+)\n([\s\S]*)$/.exec(section) ?? [];
    if (heading !== undefined && body !== undefined) parts.set(heading, body.trim());
  }
  return {
    version: `${name}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`,
    fill(part, slots) {
      const template = parts.get(part);
      if (template === undefined) throw new Error(`prompts/${name}.md has no part "# ${part}"`);
      return template.replace(/\{\{(\w+)\}\}/g, (_, slot: string) => {
        const value = slots[slot];
        if (value === undefined) throw new Error(`prompts/${name}.md: nothing fills {{${slot}}}`);
        return value;
      });
    },
  };
}
