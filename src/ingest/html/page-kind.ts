// What kind of page it is where it is not an article: an error, a cookie wall, a paywall's stub, a gallery, a front page, a live blog.
// Refused where nothing can be quoted from it; marked by a warning where what is there may be cited with care.
import { notRead } from "../read-result.ts";
import { textOf, typesOf, type ShownPage } from "./page-data.ts";
import type { Segment } from "./segments.ts";

const ERROR =
  /^(?:(?:error\s*)?(?:40\d|410|429|50\d)\b|(?:page|article|story|seite|página|страница)?\s*(?:was |is |could )?(?:not (?:be )?found|nicht gefunden|no encontrad[ao]|не найдена|introuvable)|(?:access|permission) denied|just a moment|attention required|are you (?:a robot|human)|service unavailable|too many requests)/i;
const CONSENT = /\b(?:cookies?|consent|gdpr|privacy|datenschutz|zustimm\w+|akzeptieren|aceptar|accepter)\b/gi;
const PAYWALL =
  /subscribe (?:now )?to (?:continue|keep|read)|to (?:continue|keep) reading|already a (?:subscriber|member)\?|this (?:article|content|story|post) is (?:for|only available to|reserved for) (?:\w+ )?(?:subscribers|members)|unlock (?:this|the full) (?:article|story)|nur für abonnenten|réservé aux abonnés|para suscriptores/i;
const GALLERY = /\/(?:galler(?:y|ies)|photos?|pictures|slideshow|in-pictures|bildergalerie)\//i;
const LIVE = /\/(?:live|liveblog|live-updates|liveticker|live-news)(?:\/|$|-)/i;
const LIVE_TITLE = /^(?:live|live updates?|liveticker)\s?[:|–-]|\bas it happened\b/i;
/** Characters of text that an article has more of. */
const STUB = 900;
const SMALL = 400;

const REFUSED = {
  error: ["an error page, not an article", "Open the address in a browser; try again later or use another address."],
  consent: [
    "only a cookie or consent notice, the article is behind it",
    "Save the page from a browser after consenting and ingest the file.",
  ],
  paywalled: [
    "only the beginning of the article is there, the rest is for subscribers",
    "Save the whole page from a browser where you are signed in and ingest the file.",
  ],
  gallery: ["a picture gallery without an article", "Use the address of the article that belongs to it."],
  listing: ["a list of other pages, not an article", "Give the address of an article, or of the site's feed."],
} as const;

const MARKED = {
  liveBlog: "A live blog: its entries were written at different times, the page's date is not theirs.",
  paywalled: "Behind a paywall: what was read may be only a part of the article.",
  gallery: "A picture gallery: the text may be only captions.",
  noindex: "The page asks search engines not to list it (noindex): it may have been withdrawn.",
};

/**
 * Failure `page_…` where the page holds no article; gives warnings and marks (`liveBlog`, `paywalled`, `gallery`, `noindex`) for what is kept. `names`: the
 * title, the title element and the first h1, as they stood before the article was cut out; `main`: its segments; `signed`: it has an author and a date.
 */
export function judgePage(page: ShownPage, names: readonly string[], main: readonly Segment[], signed: boolean) {
  const { metas, things, article, address, all } = page;
  const sizes = main.map(({ text, kind }) => (kind === "heading" ? 0 : lengthOf(text)));
  const size = sizes.reduce((sum, one) => sum + one, 0);
  const text = all.map((segment) => segment.text);
  const whole = text.join("\n").slice(0, 60_000);
  const consent = whole.match(CONSENT)?.length ?? 0;
  const walled = PAYWALL.test(whole);
  const types = things.flatMap(typesOf);
  const path = address === null ? "" : new URL(address).pathname;
  const gallery = types.includes("ImageGallery") || GALLERY.test(path);
  const links = all.filter((segment) => segment.linked > segment.text.length * 0.8).length;
  const isFront = path === "/" || (metas.get("og:type") === "website" && !types.some((type) => /Article|Posting/.test(type)));
  const isMenu = links > 25 && links > all.length * 0.4 && size < 2500 && Math.max(0, ...sizes) < SMALL;
  const kinds: Record<keyof typeof REFUSED, boolean> = {
    error: size < 1500 && article === null && names.some((name) => ERROR.test(name)),
    consent: size < STUB && whole.length < 6000 && consent >= 5 && consent * 160 > whole.length,
    paywalled: size < STUB && walled,
    gallery: size < SMALL && gallery,
    listing: article === null && !signed && isFront && isMenu,
  };
  for (const [kind, [why, wayOut]] of Object.entries(REFUSED))
    if (kinds[kind as keyof typeof REFUSED]) throw notRead(`page_${kind}`, why, wayOut);
  const free = [article, ...things].find((thing) => thing?.["isAccessibleForFree"] !== undefined)?.["isAccessibleForFree"];
  const tier = metas.get("article:content_tier") ?? "";
  const holds: Record<keyof typeof MARKED, boolean> = {
    liveBlog: types.includes("LiveBlogPosting") || LIVE.test(path) || names.some((name) => LIVE_TITLE.test(name)),
    paywalled: walled || /^false$/i.test(textOf(free) ?? "") || /^(?:locked|metered|premium)$/i.test(tier),
    gallery,
    noindex: /\bnoindex\b/i.test(`${metas.get("robots") ?? ""} ${metas.get("googlebot") ?? ""}`),
  };
  const held = Object.entries(MARKED).filter(([mark]) => holds[mark as keyof typeof MARKED]);
  const marks: Record<string, true> = Object.fromEntries(held.map(([mark]) => [mark, true]));
  return { warnings: held.map(([, warning]) => warning), marks };
}

/** Letters as an alphabet would need them: a character of Chinese, Japanese or Korean says as much as two and a half. */
const lengthOf = (text: string): number =>
  text.length + 1.5 * (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0);
