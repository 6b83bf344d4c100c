// The reader of HTML pages: bytes of a page in, one dated article out.
// Never runs what it reads, never asks the network, never guesses: what the page does not say is null.
import { cleanPieces, withoutHidden } from "../clean-pieces.ts";
import { composeEnough, type Piece } from "../compose-text.ts";
import { decodeHtml } from "../decode.ts";
import { notRead, resultOf, type ReadHints, type ReadResult } from "../read-result.ts";
import { parsePage, textIn, type Page } from "./dom.ts";
import { entriesOf, liveEntries, statedEntries } from "./live-blog.ts";
import { mainSegments } from "./main-content.ts";
import { articleOf, metaOf, textOf, thingsOf, type PageData, type Thing } from "./page-data.ts";
import { findPageDates } from "./page-dates.ts";
import { findAddress, findAuthors, findGenre, findLanguage, findPublisher, plainAddress } from "./page-facts.ts";
import { judgePage } from "./page-kind.ts";
import { findTitle, headlineOf } from "./page-title.ts";
import { piecesOf, segmentsOf } from "./segments.ts";
import { dropInvisible } from "./visibility.ts";

const MAX_BYTES = 20_000_000;
const MIN_TEXT = 40;

/**
 * Failure `input_too_large`, `input_no_text`, or one of page-kind.ts (`page_error`, `page_consent`, `page_paywalled`, `page_gallery`,
 * `page_listing`) where there is no article to read. `extra` may hold the marks `liveBlog`, `paywalled`, `gallery`, `noindex`.
 */
export async function readHtml(bytes: Uint8Array, hints: ReadHints): Promise<ReadResult> {
  if (bytes.byteLength > MAX_BYTES)
    throw notRead("input_too_large", "the page is larger than 20 MB", "Save the article alone, or as text.");
  const page = await parsePage(await decodeHtml(bytes, hints.contentType));
  const data = dataOf(page, hints.url);
  const hidden = dropInvisible(page);
  const all = segmentsOf(page.body);
  const url = findAddress(data);
  const address = url?.value ?? data.base;
  const publisher = findPublisher(data, address);
  const title = findTitle(data, publisher?.value ?? null, address);
  const language = findLanguage(data);
  const told = { title: title?.value ?? null, publisher: publisher?.value ?? null, language: language?.value ?? null, address };
  const shown = { ...data, ...told, all, headline: headlineOf(page, told.title) };
  const author = findAuthors(shown);
  const { published, updated, ...dates } = findPageDates(shown);
  const genre = findGenre(shown);
  const names = [told.title ?? "", ...["title", "h1"].map((tag) => textIn(page.querySelector(tag)))];
  const entries = entriesOf(all);
  // from here on the page is taken apart
  const main = await mainSegments(page, all, told.title);
  const { warnings, marks } = judgePage(shown, names, main, author !== null && published !== null);
  warnings.push(...dates.warnings);
  const own: Piece[] = marks["liveBlog"] ? liveEntries(all, main, entries) : piecesOf(main);
  const length = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  const body = length(own) < 250 && marks["paywalled"] === undefined ? bodyOf(data.article) : [];
  const stated = length(body) > length(own) ? body : [];
  if (stated.length > 0)
    warnings.push("The text was taken from the page's own data (JSON-LD articleBody): the page shows it only by script.");
  const clean = cleanPieces(stated.length > 0 ? stated : own, hidden);
  const wayOut = "If the page builds itself by script, save it from a browser first, or use the site's feed.";
  const text = composeEnough(clean.pieces, MIN_TEXT, "no article text was found in the page", wayOut);
  return resultOf(
    {
      title: title && { ...title, value: withoutHidden(title.value).text },
      publisher,
      author,
      published,
      updated,
      genre,
      url,
      language,
    },
    text,
    [...warnings, ...clean.warnings],
    marks,
  );
}

function dataOf(page: Page, url: string | null): PageData {
  const data: PageData = {
    page,
    metas: metaOf(page),
    things: thingsOf(page),
    article: null,
    base: url === null ? null : plainAddress(url, null),
  };
  const addresses = [data.base, findAddress(data)?.value ?? null].filter((one) => one !== null);
  return { ...data, article: articleOf(data.things, findTitle(data, null, data.base)?.value ?? null, addresses) };
}

function bodyOf(article: Thing | null): Piece[] {
  const entries = statedEntries(article);
  const raw = article?.["articleBody"];
  if (entries.length > 0 || typeof raw !== "string" || raw.length < 400) return entries;
  return raw.split(/\n+|<\/p>|<br\s*\/?>/i).flatMap((part): Piece[] => {
    const text = textOf(part);
    return text === null ? [] : [{ kind: "paragraph", text }];
  });
}
