// A document by what a person types of its id.
import type { Filter, StoredDocument } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";

/** The document of that id, or the only one whose id begins so. Failure `document_unknown` with near ids otherwise. */
export async function findDocument(store: KnowledgeStore, id: string, scopes: readonly string[]): Promise<StoredDocument> {
  const exact = await store.document(id, scopes);
  if (exact !== null) return exact;
  const filter: Filter = { scopes, undated: true };
  const ids = (await store.documents(filter)).map((document) => document.id);
  const begun = id === "" ? [] : ids.filter((other) => other.startsWith(id));
  const [only] = begun;
  const found = begun.length === 1 && only !== undefined ? await store.document(only, scopes) : null;
  if (found !== null) return found;
  const near = (begun.length > 1 ? begun : ids.filter((other) => id !== "" && other.includes(id.toLowerCase()))).slice(0, 5);
  throw new Failure(
    "document_unknown",
    begun.length > 1 ? `Several documents begin with ${id}.` : `There is no document ${id}.`,
    near.length > 0 ? `Did you mean: ${near.join(", ")}?` : "briefing documents lists the ids.",
  );
}
