// Whether a name is somebody's, as far as the texts tell: an author, a voice of a text, or someone whom a text quotes under the full name.
import type { Filter } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { attributionsOf } from "../text/attribution.ts";
import { countryOf } from "../text/countries.ts";
import { findNames } from "../text/names.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { parseSpeaker } from "../text/speaker-phrase.ts";
import { fold, wordsOf } from "../text/words.ts";

/** Passages that are read for one name. */
const READ = 20;

export async function isPersonIn(store: KnowledgeStore, name: string, filter: Filter): Promise<boolean> {
  const words = wordsOf(name).map(({ folded }) => folded);
  const last = words.at(-1);
  if (last === undefined || countryOf(name) !== null) return false;
  const seen: Filter = { scopes: filter.scopes, hidden: filter.hidden, asOf: filter.asOf, undated: true };
  const ends = (person: string): boolean => {
    const theirs = fold(person).split(/\s+/);
    return theirs.length > 1 && theirs.slice(-words.length).join(" ") === words.join(" ");
  };
  const authors = (await store.documents(seen)).flatMap(({ author }) => author?.split(", ") ?? []);
  if (authors.some(ends)) return true;
  const hits = await store.searchText({ words: [last], phrases: [] }, seen, READ);
  for (const { text, speaker } of await store.passages(hits.map((hit) => hit.passage))) {
    if (speaker !== null && ends(speaker)) return true;
    for (const { start, end } of sentenceSpans(text)) {
      const told = text.slice(start, end);
      if (fold(told).includes(last) && personsOf(told).some(ends)) return true;
    }
  }
  return false;
}

/** Who is quoted in the sentence, and who has an office in front of the name or behind it. */
function personsOf(sentence: string): string[] {
  const quoted = attributionsOf(sentence).filter(({ kind }) => kind === "person");
  const held = findNames(sentence).flatMap(({ start, end }) => {
    const before = /(?:[\p{L}'’-]+\s+){0,4}$/u.exec(sentence.slice(0, start))?.[0] ?? "";
    const behind = /^,[^,.;]{3,80}(?=[,.;])/u.exec(sentence.slice(end))?.[0] ?? "";
    const name = sentence.slice(start, end);
    return [parseSpeaker(before + name), parseSpeaker(name + behind)].filter(
      (one) => one?.kind === "person" && one.role !== null,
    );
  });
  return [...quoted, ...held].flatMap((one) => one?.speaker ?? []);
}
