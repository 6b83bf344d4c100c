// A document by what a person types of its id.
import type { Document, StoredDocument } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { fold } from "../text/words.ts";

/**
 * The document of that id; else the one of that number in the list of all, from 1, newest first; else the only one whose id begins so, or whose
 * title is or holds what was typed. Failure `document_unknown` with near ids otherwise.
 */
export async function findDocument(store: KnowledgeStore, id: string, scopes: readonly string[]): Promise<StoredDocument> {
  const exact = await store.document(id, scopes);
  if (exact !== null) return exact;
  const all = await store.documents({ scopes, undated: true });
  const readings = typedAs(id.trim(), all);
  const [only] = readings.find((fitting) => fitting.length === 1) ?? [];
  const found = only === undefined ? null : await store.document(only.id, scopes);
  if (found !== null) return found;
  const several = readings.find((fitting) => fitting.length > 1);
  const near = (several ?? all.filter((other) => id !== "" && other.id.includes(id.toLowerCase()))).slice(0, 5);
  const counted = several === undefined && /^\d{1,6}$/.test(id.trim()) && all.length > 0;
  const hint = counted
    ? `briefing documents counts them: ${all.length === 1 ? "only 1" : `1 to ${all.length}`}.`
    : near.length > 0
      ? `Did you mean: ${near.map((document) => document.id).join(", ")}?`
      : "briefing documents lists the ids.";
  const what = several === undefined ? `There is no document ${id}.` : `Several documents go by ${id}.`;
  throw new Failure("document_unknown", what, hint);
}

/** The documents that each way of reading it means, the surest way first. */
function typedAs(typed: string, all: readonly Document[]): Document[][] {
  // a bare 0 is a slip in a list that begins at 1, not the beginning of an id
  if (typed === "" || Number(typed) === 0) return [];
  const numbered = /^\d{1,6}$/.test(typed) ? all.slice(Number(typed) - 1, Number(typed)) : [];
  const words = fold(typed);
  return [
    numbered,
    all.filter(({ id }) => id.startsWith(typed)),
    all.filter(({ title }) => title !== null && fold(title) === words),
    all.filter(({ title }) => title !== null && fold(title).includes(words)),
  ];
}
