// A text split into claims by a language model, each held against the sentences that it was made from. A sentence of which no claim holds is split by
// its wording instead.
import { z } from "zod";
import { createCheckedWriter, SENTENCE, type WriterParts } from "../answer/checked-writing.ts";
import { loadPrompt } from "../answer/prompt.ts";
import type { Document, Passage } from "../domain.ts";
import type { Written } from "../results.ts";
import { type Claim, claimsOf } from "../text/claims.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { QUOTED } from "./written-parts.ts";

/** Throws AbortError when the model is stopped; trouble with it is a warning. */
export type SplitClaims = (text: string) => Promise<Written & { claims: Claim[]; warnings: string[] }>;

/** Characters that a model is given; claims that are read of one reply. */
const LONGEST = 12_000;
const MOST = 60;

const REPLY = z.object({ claims: z.array(SENTENCE) });
/** A document of which nothing is known. */
const BLANK = { title: null, publisher: null, author: null, published: null, updated: null, genre: null, url: null };
const UNKNOWN: Document = { ...BLANK, id: "text", fetched: "", path: null, language: null };

export function createSplitClaims(parts: WriterParts): SplitClaims {
  const writer = createCheckedWriter(parts);
  const prompt = loadPrompt("claims");

  return async function splitClaims(text) {
    if (text.length > LONGEST) return { ...QUOTED, claims: claimsOf(text), warnings: [] };
    const voiceless = { heading: null, speaker: null, role: null };
    const passage: Passage = { id: 0, document: UNKNOWN, text, start: 0, end: text.length, ...voiceless };
    const { items, mode, usage, warnings } = await writer.write({
      prompt,
      slots: {},
      question: text,
      passages: [passage],
      schema: REPLY,
      itemsOf: ({ claims }) => ({ items: claims.slice(0, MOST) }),
    });
    const passed = items.flat().filter(({ check }) => check !== null);
    const claims = sentenceSpans(text).flatMap(({ start, end }) => {
      const own = claimsOf(text.slice(start, end));
      // what a model calls a claim of a question is none; an earlier sentence only says who is meant
      const made = passed.filter(({ places }) => {
        const last = Math.max(...places.map((place) => place.end));
        return own.length > 0 && last > start && last <= end;
      });
      return made.length === 0 ? own : made.map(({ text }): Claim => ({ text, leans: false, joined: false }));
    });
    return { mode: passed.length === 0 ? "extractive" : mode, usage, claims, warnings };
  };
}
