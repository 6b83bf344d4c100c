// Excerpts of documents, as people paste them: a stretch of a text with light edits, asked as it stands. Half of the texts are indexed: an
// excerpt of those must lead to its document, one of the others must be refused. Our own made-up notes, and articles of ../shared/data.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Document } from "../../../src/domain.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { sentenceSpans } from "../../../src/text/sentences.ts";
import type { SetText } from "./article.ts";
import { meanWithInterval } from "./bootstrap.ts";
import type { EvaluationSet } from "./evaluation.ts";
import { readNewsSet } from "./news-set.ts";
import { heldBack, sampled, skipped, withIndex } from "./searching.ts";

const ARTICLES = path.join(PROJECT_ROOT, "../shared/data/article-extraction-benchmark/ground-truth.json.gz");
const ABOUT = "pasted excerpts with light edits, of documents that are there and of others that are not";
const GOALS = { present: 0.99, absent: 0.95 };
/** Words of the shortest excerpt before its edit; fewer may be a topic or a headline. */
const SHORTEST = 16;

export const excerptsSet: EvaluationSet = {
  name: "excerpts",
  about: ABOUT,
  async run(pieces, options) {
    const texts = [...(readNewsSet()?.texts ?? []), ...articles()];
    if (texts.length === 0) return skipped("excerpts", ABOUT, "none of its texts are there");
    const present = texts.filter(({ id }) => !heldBack(id));
    const progress = (doing: string) => (done: number, total: number) =>
      options.onProgress?.({ set: "excerpts", done, total, doing });
    return withIndex(pieces, present, progress("indexing"), async (store) => {
      const excerpts = sampled(
        texts.flatMap((text, at) => excerptsOf(text.text, at).map((one) => ({ text, ...one }))),
        options,
      );
      const rows = { present: [] as number[], absent: [] as number[] };
      for (const [index, { text, excerpt, kept }] of excerpts.entries()) {
        const { status, sources } = await pieces.ask(store, excerpt);
        const found = sources[0]?.document;
        // a note and its copy hold the same sentences: either is right
        const source = present.find(({ id, text: whole }) => id === found?.id && whole.includes(kept));
        if (heldBack(text.id)) rows.absent.push(status === "not_covered" ? 1 : 0);
        else
          rows.present.push(
            status !== "not_covered" && found !== undefined && source !== undefined && carries(found, source) ? 1 : 0,
          );
        progress("asking")(index + 1, excerpts.length);
      }
      const figures = (["present", "absent"] as const).map((kind) => ({
        name: kind === "present" ? "of a document that is there, found with its particulars" : "of an absent document, refused",
        ...meanWithInterval(rows[kind]),
        n: rows[kind].length,
        goal: GOALS[kind],
      }));
      return {
        set: "excerpts",
        about: ABOUT,
        skipped: null,
        figures,
        comparisons: [],
        notes: [`${present.length} texts indexed`],
      };
    });
  },
};

function carries(found: Document, text: SetText): boolean {
  return (["title", "publisher", "published", "url"] as const).every((key) => found[key] === (text[key] ?? null));
}

function articles(): SetText[] {
  if (!existsSync(ARTICLES)) return [];
  const all = JSON.parse(gunzipSync(readFileSync(ARTICLES)).toString()) as Record<string, { articleBody?: string; url?: string }>;
  return Object.entries(all)
    .filter(([, { articleBody }]) => (articleBody ?? "").length > 600)
    .map(([id, { articleBody, url }]) => ({ id: `article-${id}`, text: articleBody ?? "", url: url ?? null }));
}

interface Excerpt {
  excerpt: string;
  /** Its first sentence, as the text has it. */
  kept: string;
}

/** Up to two excerpts of a text: one to three sentences from its beginning and from its middle, each with another light edit. */
function excerptsOf(text: string, at: number): Excerpt[] {
  const sentences = sentenceSpans(text).map(({ start, end }) => text.slice(start, end));
  return [0, Math.floor(sentences.length / 2)].flatMap((from, nth) => {
    const stretch = sentences
      .slice(from, from + 1 + ((at + nth) % 3))
      .join(" ")
      .replace(/\s+/g, " ");
    if (stretch.split(" ").length < SHORTEST) return [];
    return [{ excerpt: edited(stretch, at + nth), kept: sentences[from] ?? "" }];
  });
}

/** As it was typed or cut: the first words gone, the end gone, quotation marks, small letters, a word left out. */
function edited(excerpt: string, kind: number): string {
  const words = excerpt.split(" ");
  const edits = [
    () => excerpt,
    () => `… ${words.slice(2).join(" ")}`,
    () => `${words.slice(0, Math.ceil(words.length * 0.8)).join(" ")} …`,
    () => `“${excerpt}”`,
    () => excerpt.toLowerCase(),
    () => words.filter((_, index) => index !== Math.floor(words.length / 2)).join(" "),
  ];
  return edits[kind % edits.length]?.() ?? excerpt;
}
