// The reader of HTML pages: bytes of a page in, one dated article out.
// Never runs what it reads, never asks the network, never guesses: what the page does not say is null.
import { Failure } from "../../failure.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeText, type Piece } from "../compose-text.ts";
import { decodeHtml } from "../decode.ts";
import { feedsOf } from "../feeds/site-feeds.ts";
import { withoutHidden } from "../hidden-characters.ts";
import type { ReadHints, ReadResult } from "../read-result.ts";
import { parsePage, type Page } from "./dom.ts";
import { entriesOf, liveEntries, statedEntries } from "./live-blog.ts";
import { mainSegments } from "./main-content.ts";
import { findAuthors } from "./page-authors.ts";
import { metaOf, textIn, type PageData } from "./page-data.ts";
import { findPageDates } from "./page-dates.ts";
import { findAddress, findGenre, findLanguage, findPublisher, findSection, plainAddress } from "./page-facts.ts";
import { headlineOf } from "./page-head.ts";
import { judgePage } from "./page-kind.ts";
import { findTitle } from "./page-title.ts";
import { segmentsOf } from "./segments.ts";
import { articleOf, textOf, thingsOf, type Thing } from "./structured-data.ts";
import { dropInvisible } from "./visibility.ts";

const MAX_BYTES = 20_000_000;
const MIN_TEXT = 40;

/**
 * Failure `input_too_large`, `input_no_text`, or one of page-kind.ts (`page_error`, `page_consent`, `page_paywalled`, `page_gallery`,
 * `page_listing`) where there is no article to read. `extra` may hold `section`, `feeds` (addresses of the site's feeds) and the marks
 * `liveBlog`, `paywalled`, `gallery`, `noindex`.
 */
export async function readHtml(bytes: Uint8Array, hints: ReadHints): Promise<ReadResult> {
  if (bytes.byteLength > MAX_BYTES) {
    throw new Failure("input_too_large", "Not read: the page is larger than 20 MB.", "Save the article alone, or as text.");
  }
  const page = await parsePage(await decodeHtml(bytes, hints.contentType));
  const data = dataOf(page, hints.url);
  const feeds = feedsOf(page, data.base);
  const hidden = dropInvisible(page);
  const root = page.body ?? page.documentElement;
  const all = root === null ? [] : segmentsOf(root);
  const url = findAddress(data);
  const address = url?.value ?? data.base;
  const publisher = findPublisher(data, address);
  const title = findTitle(data, publisher?.value ?? null, address);
  const headline = headlineOf(page, title?.value ?? null);
  const author = findAuthors({ ...data, publisher: publisher?.value ?? null, headline, all });
  const language = findLanguage(data);
  const dates = findPageDates({ ...data, all, headline, language: language?.value ?? null, address });
  const genre = findGenre(data, title?.value ?? null, address);
  const names = [title?.value ?? "", ...["title", "h1"].map((tag) => textIn(page.querySelector(tag)))];
  const entries = entriesOf(all);
  // from here on the page is taken apart
  const main = await mainSegments(page, all, title?.value ?? null);
  const signed = author !== null && dates.published !== null;
  const { warnings, marks } = judgePage({ ...data, names, address, all, main, signed });
  warnings.push(...dates.warnings);

  const own: Piece[] =
    marks["liveBlog"] === true ? liveEntries(all, main, entries) : main.map(({ kind, text }) => ({ kind, text }));
  const short = own.reduce((sum, piece) => sum + piece.text.length, 0) < 250 && marks["paywalled"] === undefined;
  const stated = short ? bodyOf(data.article) : null;
  if (stated !== null)
    warnings.push("The text was taken from the page's own data (JSON-LD articleBody): the page shows it only by script.");
  const clean = cleanPieces(stated ?? own, hidden);
  warnings.push(...clean.warnings);
  const { text, blocks } = composeText(clean.pieces);
  if (text.length < MIN_TEXT) {
    throw new Failure(
      "input_no_text",
      "Not read: no article text was found in the page.",
      "If the page builds itself by script, save it from a browser first, or use the site's feed.",
    );
  }
  const section = findSection(data);
  const evidence = Object.fromEntries(
    Object.entries({
      title,
      publisher,
      author,
      published: dates.published,
      updated: dates.updated,
      genre,
      url,
      language,
    }).flatMap(([key, found]) => (found === null ? [] : [[key, found.where]])),
  );
  return {
    title: title === null ? null : withoutHidden(title.value).text,
    publisher: publisher?.value ?? null,
    author: author?.value ?? null,
    published: dates.published?.value ?? null,
    updated: dates.updated?.value ?? null,
    genre: genre?.value ?? null,
    url: url?.value ?? null,
    language: language?.value ?? null,
    text,
    blocks,
    evidence,
    warnings,
    extra: { ...(section === null ? {} : { section }), ...(feeds.length === 0 ? {} : { feeds }), ...marks },
  };
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

/** Paragraphs of the article's own data, or null where it carries none worth reading. */
function bodyOf(article: Thing | null): Piece[] | null {
  const entries = statedEntries(article);
  if (entries.length > 0) return entries;
  const raw = article === null ? null : article["articleBody"];
  if (typeof raw !== "string" || raw.length < 400) return null;
  const paragraphs = raw
    .split(/\n{1,}|<\/p>|<br\s*\/?>/i)
    .map((part) => textOf(part))
    .flatMap((part): Piece[] => (part === null ? [] : [{ kind: "paragraph", text: part }]));
  return paragraphs.length === 0 ? null : paragraphs;
}
