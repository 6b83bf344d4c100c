// Documents of a server or a role of its own are kept apart from everyone's and from each other's: the scope is part of what identifies them,
// so that two servers can add the same address, and part of their id. Readers themselves know nothing of scopes.
import type { ReadOutcome } from "../../domain.ts";
import { hashOf } from "../article.ts";

/** What identifies a document of a scope, e.g. `guild:123|url:https://…`; null is everyone's and stays as it is. */
export const scopedSource = (source: string, scope: string | null): string => (scope === null ? source : `${scope}|${source}`);

/** What is indexed within one scope, by the source as its readers know it. */
export function knownWithin<T>(known: ReadonlyMap<string, T>, scope: string | null): ReadonlyMap<string, T> {
  if (scope === null) return known;
  const start = scopedSource("", scope);
  return new Map(
    [...known].flatMap(([source, entry]) => (source.startsWith(start) ? [[source.slice(start.length), entry]] : [])),
  );
}

/** The outcome as one of this scope. */
export function withinScope(outcome: ReadOutcome, scope: string | null): ReadOutcome {
  if (scope === null) return outcome;
  if (outcome.kind !== "article")
    return outcome.source === null ? outcome : { ...outcome, source: scopedSource(outcome.source, scope) };
  const { article } = outcome;
  const document = { ...article.document, id: `${article.document.id.slice(0, 80)}-${hashOf(scope, 8)}` };
  return { ...outcome, article: { ...article, source: scopedSource(article.source, scope), scope, document } };
}
