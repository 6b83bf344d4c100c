// One item of a feed as a document: what the feed itself carries, cleaned as pages are. Says whether that is the whole text or a teaser.
import { createHash } from "node:crypto";
import { cleanAuthors } from "../bylines.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeText, type Piece } from "../compose-text.ts";
import { isFurniture } from "../html/boilerplate.ts";
import { parsePage, type Page } from "../html/dom.ts";
import { segmentsOf, type Segment } from "../html/segments.ts";
import { dropInvisible } from "../html/visibility.ts";
import { TAGS } from "../notes/inline-markup.ts";
import type { ReadResult } from "../read-result.ts";
import { CHAPTER, type Feed, type FeedItem } from "./read-feed.ts";

const WHOLE = 1_200;
const CUT = /(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|weiterlesen|lire la suite|leer más|читать далее)[\s.»→>]*$/i;

/** What keeps an item the same item when its guid or its date is edited: its address, else its guid, else its words. */
export function itemIdentity(item: FeedItem): string {
  if (item.url !== null) return `url:${item.url}`;
  if (item.guid !== null) return `guid:${item.guid}`;
  return `text:${createHash("sha256")
    .update(`${item.title ?? ""}\n${item.content ?? item.summary ?? ""}`)
    .digest("hex")
    .slice(0, 32)}`;
}

/** Changes with everything that a reader of the feed would see of the item, and with nothing else. */
export function itemFingerprint(item: FeedItem): string {
  const seen = [
    item.title,
    item.authors.join(),
    item.published?.value,
    item.updated?.value,
    item.content,
    item.summary,
    item.source,
  ];
  return createHash("sha256").update(JSON.stringify(seen)).digest("hex").slice(0, 32);
}

/** `whole` is false for a teaser, whose full text stands at the item's address. The text may be empty. */
export async function readFeedItem(item: FeedItem, feed: Feed): Promise<{ result: ReadResult; whole: boolean }> {
  const html =
    item.content !== null && item.content.length >= (item.summary ?? "").length
      ? item.content
      : (item.summary ?? item.content ?? "");
  const page = await parseItem(html);
  const hidden = dropInvisible(page);
  const root = page.body;
  const publisher = item.source ?? feed.title;
  const title = withoutSource(item.title, item.source);
  const all = root === null ? [] : segmentsOf(root);
  const segments = all.filter(
    (segment) =>
      !segment.inCaption &&
      (!isFurniture(segment) || (item.media && CHAPTER.test(segment.text))) &&
      !(item.source !== null && isCredit(segment, item.source)),
  );
  const clean = cleanPieces(
    segments.map(({ kind, text }): Piece => ({ kind, text })),
    hidden,
  );
  const named = item.media && title !== null && !clean.pieces.some(({ text }) => /\p{L}/u.test(text));
  const { text, blocks } = composeText(named ? [{ kind: "heading", text: title }] : clean.pieces);
  const authors = cleanAuthors(item.authors, publisher);
  const { published, updated } = item;
  const later = updated !== null && (published === null || updated.value > published.value) ? updated : null;
  const language =
    feed.language !== null && /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(feed.language) ? feed.language.replace("_", "-") : null;
  const result: ReadResult = {
    title,
    publisher,
    author: authors.length > 0 ? authors.join(", ") : null,
    published: published?.value ?? null,
    updated: later?.value ?? null,
    genre: null,
    url: item.url,
    language,
    text,
    blocks,
    evidence: {
      ...(item.title === null ? {} : { title: "feed title of the item" }),
      ...(publisher === null ? {} : { publisher: item.source === null ? "title of the feed" : "source of the item" }),
      ...(authors.length === 0 ? {} : { author: "feed author" }),
      ...(published === null ? {} : { published: published.where }),
      ...(later === null ? {} : { updated: later.where }),
      ...(item.url === null ? {} : { url: "feed link" }),
      ...(language === null ? {} : { language: "feed language" }),
    },
    warnings: [...clean.warnings, ...(named ? ["The feed carries no text of this recording: only its title is known."] : [])],
    extra: item.guid === null ? {} : { guid: item.guid },
  };
  return { result, whole: text.length >= WHOLE && !CUT.test(text) };
}

/** The item's HTML; markup that was escaped once more than it should be is read as what it means. */
async function parseItem(html: string): Promise<Page> {
  let source = html;
  for (let pass = 0; ; pass += 1) {
    const page = await parsePage(`<html><body>${source}</body></html>`);
    const shown = page.body?.textContent ?? "";
    const escaped = shown.match(TAGS)?.length ?? 0;
    // a text about markup names a tag; markup opens and closes them
    const means =
      escaped >= 2 && /<\/[a-z][a-z0-9]*>|<br\s?\/?>/i.test(shown) && (page.body?.querySelector("p,br,div,li") ?? null) === null;
    if (pass >= 2 || !(means || /&(?:[lr][sd]quo|amp|nbsp|#\d{2,5});/.test(shown))) return page;
    source = means ? shown : source.replace(/&amp;(?=#?\w{1,8};)/g, "&");
  }
}

/** "Headline - Outlet" of a feed that gathers what others wrote. */
function withoutSource(title: string | null, source: string | null): string | null {
  if (title === null || source === null) return title;
  const end = title.toLowerCase().lastIndexOf(source.toLowerCase());
  const rest = end > 0 && end + source.length === title.length ? title.slice(0, end).replace(/\s*[-–—|·:]\s*$/u, "") : title;
  return rest.length > 0 && rest.length < end ? rest : title;
}

/** A headline that links to what it is the headline of, with the outlet's name beside it. */
function isCredit({ text, linked }: Segment, source: string): boolean {
  const beside = text.length - linked;
  return text === source || (linked > 0 && beside <= Math.max(40, source.length + 8) && !/[.!?]["”’]?\s/u.test(text));
}
