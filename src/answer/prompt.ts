// Prompts are Markdown files in prompts/ with {{slots}}: this reads and fills them, and lists passages sentence by sentence, so that a model can cite a
// sentence by its number. What fills a slot is never read as a template.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Passage } from "../domain.ts";
import { linesAbout } from "../models/language-model.ts";
import { PROJECT_ROOT } from "../project.ts";
import { sentenceSpans } from "../text/sentences.ts";
import type { Place } from "./citations.ts";

export interface Prompt {
  /** Name and beginning of the file's hash: changes with the file, for receipts. */
  version: string;
  /** The part under this heading (`# System`, `# User`), slots filled. Throws when a slot has no value, or the part is not there. */
  fill(part: string, slots: Readonly<Record<string, string>>): string;
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

export interface PassageList {
  /** Stands in every line that begins or ends a passage. Made from the passages themselves, so no author could have known it. */
  mark: string;
  text: string;
  /** The place of a sentence by its number, `3.2`; null where there is none. */
  sentence(number: string): Place | null;
}

/** Passages are numbered in the order given, from 1, with who says it and when on lines above; sentences keep their words, so that quotes stay verbatim. */
export function listPassages(passages: readonly Passage[]): PassageList {
  const hash = createHash("sha256");
  for (const passage of passages) hash.update(`${passage.id} ${passage.document.id} ${passage.text}\0`);
  const mark = `#${hash.digest("hex").slice(0, 10)}`;
  const places = new Map<string, Place>();
  const blocks = passages.map((passage, index) => {
    const n = index + 1;
    const sentences = sentenceSpans(passage.text).map(({ start, end }, at) => {
      places.set(`${n}.${at + 1}`, { passage, start: passage.start + start, end: passage.start + end });
      return `[${n}.${at + 1}] ${passage.text.slice(start, end)}`;
    });
    const { document, heading, speaker, role } = passage;
    const known = linesAbout({ ...document, heading, speaker, role });
    return [`--- passage ${n} ${mark}`, ...known, "", ...sentences, `--- end of passage ${n} ${mark}`].join("\n");
  });
  return { mark, text: blocks.join("\n\n"), sentence: (number) => places.get(number) ?? null };
}
