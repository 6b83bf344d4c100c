// One item of a feed as a document: what the feed itself carries, cleaned as pages are. Says whether that is the whole text or a teaser.
import { createHash } from "node:crypto";
import { commandsWarning, isCommandToPrograms, withoutCommands } from "../commands-to-programs.ts";
import { composeText } from "../compose.ts";
import { withoutHidden } from "../hidden-characters.ts";
import type { ReadResult } from "../reading.ts";
import { cleanAuthors } from "./author-names.ts";
import { isFurniture } from "./boilerplate.ts";
import { parsePage } from "./dom.ts";
import type { Feed, FeedItem } from "./read-feed.ts";
import { segmentsOf } from "./segments.ts";
import { dropInvisible } from "./visibility.ts";

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
  const seen = [item.title, item.authors.join(), item.published?.value, item.updated?.value, item.content, item.summary];
  return createHash("sha256").update(JSON.stringify(seen)).digest("hex").slice(0, 32);
}

/** `whole` is false for a teaser, whose full text stands at the item's address. The text may be empty. */
export async function readFeedItem(item: FeedItem, feed: Feed): Promise<{ result: ReadResult; whole: boolean }> {
  const html =
    item.content !== null && item.content.length >= (item.summary ?? "").length
      ? item.content
      : (item.summary ?? item.content ?? "");
  const page = await parsePage(`<html><body>${html}</body></html>`);
  const hidden = dropInvisible(page);
  const root = page.body;
  const segments = root === null ? [] : segmentsOf(root).filter((segment) => !segment.inCaption && !isFurniture(segment));
  const pieces = segments.map(({ kind, text }) => ({ kind, ...withoutCommands(withoutHidden(text).text) }));
  const { text, blocks } = composeText(pieces);
  const commands = pieces.reduce((sum, { removed }) => sum + removed, 0) + hidden.texts.filter(isCommandToPrograms).length;
  const authors = cleanAuthors(item.authors, feed.title);
  const { published, updated } = item;
  const later = updated !== null && (published === null || updated.value > published.value) ? updated : null;
  const language =
    feed.language !== null && /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(feed.language) ? feed.language.replace("_", "-") : null;
  const result: ReadResult = {
    title: item.title,
    publisher: feed.title,
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
      ...(feed.title === null ? {} : { publisher: "title of the feed" }),
      ...(authors.length === 0 ? {} : { author: "feed author" }),
      ...(published === null ? {} : { published: published.where }),
      ...(later === null ? {} : { updated: later.where }),
      ...(item.url === null ? {} : { url: "feed link" }),
      ...(language === null ? {} : { language: "feed language" }),
    },
    warnings: [
      ...(hidden.count > 0 ? [`Hidden text left out: ${hidden.count} ${hidden.count === 1 ? "piece" : "pieces"}.`] : []),
      ...commandsWarning(commands),
    ],
    extra: item.guid === null ? {} : { guid: item.guid },
  };
  return { result, whole: text.length >= WHOLE && !CUT.test(text) };
}
