// Three questions that the documents at hand do answer, made of their own titles and of the name that they speak of most.
import type { Document } from "../domain.ts";
import { findNames } from "../text/names.ts";
import { fold } from "../text/words.ts";

const MOST = 3;
const LONGEST_TITLE = 100;

/** `beginnings`: how some of the documents begin; their names are better told than those of titles in capitals. */
export function exampleQuestions(documents: readonly Document[], beginnings: readonly string[]): string[] {
  const titled = documents.filter(({ title }) => title !== null && title.length <= LONGEST_TITLE);
  const [first, second = first] = spread(titled);
  const name = mostNamed(documents, beginnings);
  const signed = [...titled.filter(({ id }) => id !== first?.id), ...titled].find(({ author }) => author !== null);
  return [
    ...(name === null ? [] : [`What do the documents say about ${name}?`]),
    ...(first === undefined ? [] : [`What is ${quoted(first)} about?`]),
    ...(signed === undefined ? [] : [`Who wrote ${quoted(signed)}?`]),
    ...(second === undefined ? [] : [`When was ${quoted(second)} published?`]),
  ].slice(0, MOST);
}

/** One of each publisher first. */
function spread(documents: readonly Document[]): Document[] {
  const seen = new Set<string>();
  const firsts = documents.filter(({ publisher, id }) => {
    const house = publisher ?? id;
    return !seen.has(house) && seen.add(house);
  });
  return [...firsts, ...documents.filter((document) => !firsts.includes(document))];
}

function mostNamed(documents: readonly Document[], beginnings: readonly string[]): string | null {
  const houses = new Set(
    documents.flatMap(({ publisher, author }) => [publisher, ...(author?.split(", ") ?? [])]).map((name) => fold(name ?? "")),
  );
  const titles = documents.map(({ title }) => fold(title ?? "")).join("\n");
  const counts = new Map<string, number>();
  for (const beginning of beginnings) {
    for (const text of new Set(
      findNames(beginning)
        .filter((name) => name.certain && !name.acronym)
        .map((name) => name.text),
    )) {
      if (houses.has(fold(text)) || text.length > 40) continue;
      counts.set(text, (counts.get(text) ?? 0) + 1 + (titles.includes(fold(text)) ? 1 : 0));
    }
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? null;
}

const quoted = ({ title }: Document): string => `“${title}”`;
