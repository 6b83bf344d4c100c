// Made-up articles and vectors for tests of stores and index.
import type { Article, Block, Document, PassageDraft } from "../../src/domain.ts";

type Details = Partial<Omit<Document, "id">> & Pick<Partial<Article>, "scope" | "fingerprint" | "blocks" | "extra" | "warnings">;

/** An article whose paragraphs are the lines of `text`; its source is `file:<name>`. */
export function article(name: string, text: string, details: Details = {}): Article {
  const { scope, fingerprint, blocks, extra, warnings, ...document } = details;
  return {
    source: `file:${name}`,
    fingerprint: fingerprint ?? `${name}:${text.length}:${text}`,
    document: {
      id: name.replace(/\W+/g, "-"),
      title: null,
      publisher: null,
      author: null,
      published: null,
      updated: null,
      fetched: "2026-01-01T00:00:00Z",
      genre: null,
      url: null,
      path: name,
      language: "en",
      ...document,
    },
    text,
    blocks: blocks ?? paragraphs(text),
    evidence: {},
    extra: extra ?? {},
    warnings: warnings ?? [],
    scope: scope ?? null,
  };
}

function paragraphs(text: string): Block[] {
  return [...text.matchAll(/\S[^\n]*/g)].map((match) => ({
    kind: "paragraph",
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    speaker: null,
    role: null,
  }));
}

/** One passage a paragraph. */
export function drafts(from: Article, context = ""): PassageDraft[] {
  return from.blocks.map(({ start, end, speaker, role }) => ({
    start,
    end,
    text: from.text.slice(start, end),
    heading: null,
    speaker,
    role,
    context,
  }));
}

/** A unit vector that depends on the text alone: letters that texts share bring their vectors together. */
export function vectorOf(text: string, dimension = 16): Float32Array {
  const vector = new Float32Array(dimension).fill(0.01);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 2166136261;
    for (const letter of word) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
    vector[hash % dimension] = (vector[hash % dimension] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
