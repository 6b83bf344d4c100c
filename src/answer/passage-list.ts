// Passages as a language model reads them: numbered, with who says it and when, between marks that no document can imitate.
import { createHash } from "node:crypto";
import type { Passage } from "../domain.ts";

export interface PassageList {
  /** Stands in every line that begins or ends a passage. Made from the passages themselves, so no author could have known it. */
  mark: string;
  text: string;
}

/** Numbers are those of the order given, from 1. The texts are not changed, so that quotes stay verbatim. */
export function listPassages(passages: readonly Passage[]): PassageList {
  const hash = createHash("sha256");
  for (const passage of passages) hash.update(`${passage.id} ${passage.document.id} ${passage.text}\0`);
  const mark = `#${hash.digest("hex").slice(0, 10)}`;
  const blocks = passages.map((passage, index) => {
    const n = index + 1;
    return [`--- passage ${n} ${mark}`, ...about(passage), "", passage.text, `--- end of passage ${n} ${mark}`].join("\n");
  });
  return { mark, text: blocks.join("\n\n") };
}

function about({ document, heading, speaker, role }: Passage): string[] {
  const fields: [string, string | null][] = [
    ["title", document.title],
    ["publisher", document.publisher],
    ["author", document.author],
    ["published", document.published ?? "undated"],
    ["genre", document.genre],
    ["heading", heading],
    ["speaker", speaker !== null && role !== null ? `${speaker}, ${role}` : speaker],
  ];
  // values come from documents too: one line each, whatever they hold
  return fields.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value.replace(/\s+/g, " ").slice(0, 300)}`]));
}
