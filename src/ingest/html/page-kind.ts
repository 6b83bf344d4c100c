// What kind of page it is where it is not an article: an error, a cookie wall, a paywall's stub, a gallery, a front page, a live blog.
// Refused where nothing can be quoted from it; marked by a warning where what is there may be cited with care.
import { Failure } from "../../failure.ts";
import type { Segment } from "./segments.ts";
import { textOf, typesOf, type Thing } from "./structured-data.ts";

export interface PageSigns {
  /** The title element and the first h1, as they stood before the article was cut out. */
  windowTitle: string;
  heading: string;
  metas: Map<string, string>;
  things: readonly Thing[];
  article: Thing | null;
  title: string | null;
  address: string | null;
  /** All visible segments of the page, and those of the article. */
  all: readonly Segment[];
  main: readonly Segment[];
  /** It has an author and a date. */
  signed: boolean;
}

const ERROR_TITLE =
  /^(?:(?:error\s*)?(?:40[0-9]|410|429|50[0-9])\b|(?:page|article|story|file|resource|seite|página|страница)?\s*(?:was |is |could )?(?:not (?:be )?found|nicht gefunden|no encontrad[ao]|не найдена|introuvable)|(?:access|permission) denied|forbidden|just a moment|attention required|(?:are you|you are) (?:a robot|human)|verify(?:ing)? (?:you|that you)|security check|service unavailable|internal server error|bad gateway|gateway time-?out|too many requests|oops|sorry,? |this page (?:isn['’]t|is not|doesn['’]t)|page (?:no longer|doesn['’]t|unavailable)|site (?:is )?under maintenance|temporarily unavailable|account suspended|domain (?:is )?for sale|website blocked|captcha)/i;
const CONSENT =
  /\b(?:cookies?|consent|datenschutz|gdpr|privacy (?:settings|policy|choices)|zustimm\w+|partners? (?:store|process)|akzeptieren|aceptar|accepter)\b/gi;
const PAYWALL =
  /(?:subscribe (?:now )?to (?:continue|keep|read)|to (?:continue|keep) reading|continue reading (?:this article )?with|already a (?:subscriber|member)\?|this (?:article|content|story|post) is (?:for|only available to|exclusive(?:ly)? (?:to|for)|reserved for) (?:\w+ )?(?:subscribers|members)|you(?:['’]ve| have) (?:reached|read|used) (?:your|all)|(?:free|complimentary) articles? (?:left|remaining|this month)|unlock (?:this|the full) (?:article|story)|premium (?:content|article)|for paid subscribers|nur für abonnenten|réservé aux abonnés|para suscriptores|log in to (?:read|continue))/i;
const STUB = 900;
const SMALL = 400;

/** Letters as an alphabet would need them: a character of Chinese, Japanese or Korean says as much as two and a half. */
const lengthOf = (text: string): number =>
  text.length + 1.5 * (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0);
const sizeOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { text, kind }) => sum + (kind === "heading" ? 0 : lengthOf(text)), 0);

/** Throws Failure where the page holds no article; gives warnings and marks (`liveBlog`, `paywalled`, `gallery`) for what is kept. */
export function judgePage(signs: PageSigns): { warnings: string[]; marks: Record<string, true> } {
  const { windowTitle, heading, metas, things, title, address, all, main } = signs;
  const size = sizeOf(main);
  const whole = all
    .map(({ text }) => text)
    .join("\n")
    .slice(0, 60_000);
  const name = title ?? windowTitle;
  if (size < 1500 && (ERROR_TITLE.test(name) || ERROR_TITLE.test(heading)) && signs.article === null) {
    refuse(
      "page_error",
      `an error page, not an article ("${(ERROR_TITLE.test(name) ? name : heading).slice(0, 80)}")`,
      "Open the address in a browser; try again later or use another address.",
    );
  }
  const consent = [...whole.matchAll(CONSENT)].length;
  if (size < STUB && whole.length < 6000 && consent >= 5 && consent * 160 > whole.length) {
    refuse(
      "page_consent",
      "only a cookie or consent notice, the article is behind it",
      "Save the page from a browser after consenting and ingest the file.",
    );
  }
  const free = [signs.article, ...things].find((thing) => thing !== null && thing["isAccessibleForFree"] !== undefined)?.[
    "isAccessibleForFree"
  ];
  const locked =
    free === false ||
    /^(?:false|no|0)$/i.test(textOf(free) ?? "") ||
    /^(?:locked|metered|premium)$/i.test(metas.get("article:content_tier") ?? "");
  const walled = PAYWALL.test(whole);
  if (walled && size < STUB) {
    refuse(
      "page_paywalled",
      "only the beginning of the article is there, the rest is for subscribers",
      "Save the whole page from a browser where you are signed in and ingest the file.",
    );
  }
  const types = things.flatMap(typesOf);
  const ogType = metas.get("og:type") ?? "";
  const path = address === null ? "" : new URL(address).pathname;
  const gallery =
    types.includes("ImageGallery") ||
    /(?:^|\/)(?:gallery|galleries|photos?|pictures|slideshow|in-pictures|bildergalerie|fotostrecke)\//i.test(path) ||
    /gallery|slideshow/i.test(ogType);
  if (gallery && size < SMALL)
    refuse("page_gallery", "a picture gallery without an article", "Use the address of the article that belongs to it.");
  const links = all.reduce((sum, { linked, text }) => sum + (linked > text.length * 0.8 ? 1 : 0), 0);
  const isFront =
    path === "/" || (ogType === "website" && signs.article === null && !types.some((type) => /Article|Posting/.test(type)));
  const longest = Math.max(0, ...main.map(({ text }) => lengthOf(text)));
  if (
    signs.article === null &&
    !signs.signed &&
    isFront &&
    links > 25 &&
    links > all.length * 0.4 &&
    size < 2500 &&
    longest < 400
  ) {
    refuse("page_listing", "a list of other pages, not an article", "Give the address of an article, or of the site's feed.");
  }
  const warnings: string[] = [];
  const marks: Record<string, true> = {};
  const live =
    types.includes("LiveBlogPosting") ||
    /(?:^|\/)(?:live|liveblog|live-updates|liveticker|live-news)(?:\/|$|-)/i.test(path) ||
    /^(?:live|live updates?|liveticker|as it happened)\s?[:|–-]|\bas it happened\b/i.test(name);
  if (live) {
    marks["liveBlog"] = true;
    warnings.push("A live blog: its entries were written at different times, the page's date is not theirs.");
  }
  if (locked || walled) {
    marks["paywalled"] = true;
    warnings.push("Behind a paywall: what was read may be only a part of the article.");
  }
  if (gallery) {
    marks["gallery"] = true;
    warnings.push("A picture gallery: the text may be only captions.");
  }
  if (/\bnoindex\b/i.test(`${metas.get("robots") ?? ""} ${metas.get("googlebot") ?? ""}`)) {
    marks["noindex"] = true;
    warnings.push("The page asks search engines not to list it (noindex): it may have been withdrawn.");
  }
  return { warnings, marks };
}

function refuse(code: string, reason: string, hint: string): never {
  throw new Failure(code, `Not read: ${reason}.`, hint);
}
