// What comes nearest to a question that is not covered: one sentence of each of the nearest documents. It is shown as near, never as an answer.
import type { Source } from "../domain.ts";
import { sourceOf } from "./citations.ts";
import type { Scored } from "./relevance.ts";

const NEAREST = 3;

/** Numbered on its own, from 1. */
export function nearestOf(ranked: readonly (readonly Scored[])[]): Source[] {
  const sources: Source[] = [];
  for (const { candidate } of ranked.flat().sort((a, b) => b.cosine - a.cosine)) {
    if (sources.length >= NEAREST) break;
    if (sources.some((source) => source.document.id === candidate.passage.document.id)) continue;
    sources.push(sourceOf({ passage: candidate.passage, start: candidate.start, end: candidate.end }, sources.length + 1));
  }
  return sources;
}
