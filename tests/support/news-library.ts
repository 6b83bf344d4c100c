import type { DigestLibrary } from "../../src/briefings/digest/digester.ts";
// Made-up news as the digest reads it: passages, and vectors of the real sentence model.
import type { Document, Passage } from "../../src/domain.ts";
import type { Embedder } from "../../src/models/embedder.ts";
import type { NewsItem } from "./news-month.ts";

export interface NewsLibrary extends DigestLibrary {
  items: Map<string, NewsItem>;
}

export async function newsLibrary(items: readonly NewsItem[], embedder: Embedder): Promise<NewsLibrary> {
  const inputs = items.map(({ title, publisher, text }) => `${title}. ${publisher}\n${text}`);
  const vectors = await embedder.embed(inputs, "passage");
  const vectorOf = new Map(items.map(({ id }, at) => [id, vectors[at]]));
  const byId = new Map(items.map((item) => [item.id, item]));
  return {
    items: byId,
    // the period is asked for again by the digest itself
    documents: async ({ publisher }) =>
      items.map(documentOf).filter((document) => publisher === undefined || document.publisher === publisher),
    passagesOf: async (id) => {
      const item = byId.get(id);
      return item === undefined ? [] : [passageOf(item)];
    },
    leadVectors: async (id) => [vectorOf.get(id)].filter((vector) => vector !== undefined),
  };
}

export function documentOf({ id, title, publisher, published, genre }: NewsItem): Document {
  const url = `https://${publisher.toLowerCase().replaceAll(" ", "-")}.example/${id}`;
  return {
    id,
    title,
    publisher,
    author: null,
    published,
    updated: null,
    fetched: published,
    genre,
    url,
    path: null,
    language: "en",
  };
}

export function passageOf(item: NewsItem): Passage {
  const { text } = item;
  return { id: 0, document: documentOf(item), text, start: 0, end: text.length, heading: null, speaker: null, role: null };
}
