// One item of a feed as a document: what the feed itself carries, cleaned as pages are. Says whether that is the whole text or a teaser.
import { hashOf } from "../article.ts";
import { cleanAuthors } from "../bylines.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeText } from "../compose-text.ts";
import { parsePage, type Page } from "../html/dom.ts";
import { isFurniture } from "../html/main-content.ts";
import { piecesOf, segmentsOf, type Segment } from "../html/segments.ts";
import { dropInvisible } from "../html/visibility.ts";
import { TAGS } from "../notes/lines.ts";
import { foundAt, languageTag, resultOf, type ReadResult } from "../read-result.ts";
import { CHAPTER, type Feed, type FeedItem } from "./read-feed.ts";

const WHOLE = 1_200;
const CUT = /(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|weiterlesen|lire la suite|leer más|читать далее)[\s.»→>]*$/i;

/** What keeps an item the same item when its guid or its date is edited: its address, else its guid, else its words. */
export function itemIdentity({ url, guid, title, content, summary }: FeedItem): string {
  if (url !== null) return `url:${url}`;
  return guid === null ? `text:${hashOf(`${title ?? ""}\n${content ?? summary ?? ""}`)}` : `guid:${guid}`;
}

/** Changes with everything that a reader of the feed would see of the item, and with nothing else. */
export const itemFingerprint = ({ title, authors, published, updated, content, summary, source }: FeedItem): string =>
  hashOf(JSON.stringify([title, authors.join(), published?.value, updated?.value, content, summary, source]));

/** `whole` is false for a teaser, whose full text stands at the item's address. The text may be empty. */
export async function readFeedItem(item: FeedItem, feed: Feed): Promise<{ result: ReadResult; whole: boolean }> {
  const { content, summary, source, media, published, updated } = item;
  const page = await parseItem((content?.length ?? -1) >= (summary ?? "").length ? (content ?? "") : (summary ?? ""));
  const hidden = dropInvisible(page);
  const title = withoutSource(item.title, source);
  const segments = segmentsOf(page.body).filter(
    (segment) =>
      !segment.inCaption &&
      (!isFurniture(segment) || (media && CHAPTER.test(segment.text))) &&
      !(source !== null && isCredit(segment, source)),
  );
  const clean = cleanPieces(piecesOf(segments), hidden);
  const named = isListed(item) && title !== null && !clean.pieces.some(({ text }) => /\p{L}/u.test(text));
  const text = composeText(named ? [{ kind: "heading", text: title }] : clean.pieces);
  const publisher = source ?? feed.title;
  const result = resultOf(
    {
      title: foundAt(title, "feed title of the item"),
      publisher: foundAt(publisher, source === null ? "title of the feed" : "source of the item"),
      author: foundAt(cleanAuthors(item.authors, publisher, true).join(", "), "feed author"),
      published,
      updated: updated !== null && (published === null || updated.value > published.value) ? updated : null,
      url: foundAt(item.url, "feed link"),
      language: foundAt(languageTag(feed.language?.replace("_", "-") ?? null), "feed language"),
    },
    text,
    [...clean.warnings, ...(named ? ["The feed carries no text of this item: only its title is known."] : [])],
    { guid: item.guid },
  );
  return { result, whole: text.text.length >= WHOLE && !CUT.test(text.text) };
}

/** A recording, or what another outlet wrote: known by its title where nothing else can be read of it. */
export const isListed = ({ media, source }: FeedItem): boolean => media || source !== null;

/** The item's HTML; markup that was escaped once more than it should be is read as what it means. */
async function parseItem(html: string): Promise<Page> {
  let source = html;
  for (let pass = 0; ; pass += 1) {
    const page = await parsePage(`<html><body>${source}</body></html>`);
    const shown = page.body.textContent ?? "";
    // a text about markup names a tag; markup opens and closes them
    const means =
      (shown.match(TAGS)?.length ?? 0) >= 2 &&
      /<\/[a-z][a-z0-9]*>|<br\s?\/?>/i.test(shown) &&
      page.body.querySelector("p,br,div,li") === null;
    if (pass >= 2 || !(means || /&(?:[lr][sd]quo|amp|nbsp|#\d{2,5});/.test(shown))) return page;
    source = means ? shown : source.replace(/&amp;(?=#?\w{1,8};)/g, "&");
  }
}

/** "Headline - Outlet" of a feed that gathers what others wrote. */
function withoutSource(title: string | null, source: string | null): string | null {
  if (title === null || source === null || !title.toLowerCase().endsWith(source.toLowerCase())) return title;
  const before = title.slice(0, -source.length);
  const rest = before.replace(/\s*[-–—|·:]\s*$/u, "");
  return rest !== "" && rest !== before ? rest : title;
}

/** A headline that links to what it is the headline of, with the outlet's name beside it. */
function isCredit({ text, linked }: Segment, source: string): boolean {
  const beside = text.length - linked;
  return text === source || (linked > 0 && beside <= Math.max(40, source.length + 8) && !/[.!?]["”’]?\s/u.test(text));
}
