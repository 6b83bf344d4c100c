// What stands inside an article's box without being its prose: captions, bylines, share lines, related links, sign-up boxes, author biographies.
// Told by the element's surroundings or by the form of the line; every pattern is anchored, so that a sentence of the article is not hit.
import type { PageElement } from "./dom.ts";
import type { Segment } from "./segments.ts";

const CHROME_TAG = /^(?:NAV|FOOTER|ASIDE|FORM|FIGURE|FIGCAPTION|CAPTION|ADDRESS|MENU|DIALOG|FIELDSET|LABEL|TIME)$/;
const CHROME_ROLE =
  /^(?:navigation|banner|contentinfo|complementary|search|menu|menubar|dialog|alertdialog|toolbar|tablist|form)$/;
/** Words of class names and ids that name chrome. They stand as whole words of the name: "related", not "correlated". */
const CHROME_WORDS = new Set(
  (
    "nav navigation navbar menu submenu topnav subnav breadcrumb breadcrumbs caption captions credit credits byline bylines dateline pubdate timestamp datetime " +
    "related relateds recirc recirculation recommended recommendations recommendation trending outbrain taboola promo promoted sponsored advert adverts advertisement ad ads adbox " +
    "newsletter newsletters signup subscribe subscription share sharing sharebar social socials follow comments comment disqus respond " +
    "bio biography copyright footer sidebar rightrail rail print-header widget widgets tags taglist hashtags toolbar tooltip popup modal " +
    "cookie cookies consent gdpr paywall-prompt teaser teasers readmore more-on slideshow gallery carousel lightbox publish-info " +
    "pagination pager photo-credit image-credit image-caption photo-caption media-caption wp-caption-text mm_related most-read mostread"
  ).split(" "),
);
/** Two-word names, joined as class names join them. */
const CHROME_NAMES =
  /(?:^|[\s_-])(?:read[_-]?(?:more|next|also)|see[_-]?also|more[_-](?:from|stories|on|news)|also[_-]read|(?:author|writer|article|entry)[_-](?:bio|info|box|meta|card|tags|footer|tools|about)|about[_-]author|post[_-](?:meta|tags|footer|navigation|nav)|entry[_-](?:meta|footer|utility)|meta[_-]?data|image[_-](?:caption|credit|description)|img[_-]caption|photo[_-](?:caption|credit|description)|submitted|key[_-]?points-title|art[_-]?source|sub[_-]?(?:title|head|headline)|stand[_-]?first|dek|excerpt|post[_-]?metadata|inline[_-](?:related|promo|newsletter)|print[_-]header|social[_-]\w+|wp-caption(?:-text)?|jp-relatedposts|breaking[_-]now|headline[_-]?list)(?:$|[\s_-])/i;
const SKIP_LINK_RATIO = 0.5;
const LARGE_SHARE = 0.3;

/** Says of an element whether it stands in chrome. `share` gives the part of the article that an element holds: what holds much of it is no chrome. */
export function chromeFinder(
  share: (element: PageElement) => number,
  parentOf: (element: PageElement) => PageElement | null,
): (element: PageElement) => boolean {
  const known = new Map<PageElement, boolean>();
  const inChrome = (element: PageElement): boolean => {
    const path: PageElement[] = [];
    let verdict = false;
    for (let at: PageElement | null = element; at !== null; at = parentOf(at)) {
      const before = known.get(at);
      if (before !== undefined) {
        verdict = before;
        break;
      }
      path.push(at);
    }
    for (const step of path.reverse()) {
      verdict = verdict || (share(step) < LARGE_SHARE && isChrome(step));
      known.set(step, verdict);
    }
    return verdict;
  };
  return inChrome;
}

function isChrome(element: PageElement): boolean {
  if (CHROME_TAG.test(element.tagName.toUpperCase())) return true;
  const role = element.getAttribute("role");
  if (role !== null && CHROME_ROLE.test(role)) return true;
  const names = `${element.className} ${element.id}`.slice(0, 400);
  if (names.trim() === "") return false;
  if (CHROME_NAMES.test(names)) return true;
  return names
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_:-]+/)
    .some((word) => CHROME_WORDS.has(word));
}

const LABEL =
  /^(?:(?:read|see|watch|listen|learn|click|find out|view) (?:more|also|next|now|here|below)|also read|see also|more(?: (?:on|from|about|news|stories|coverage|like this|for you))?|related(?: (?:articles?|stories|story|content|links?|posts?|coverage|video|news|topics?))?|recommended(?: (?:for you|reading|stories))?|don['’]t miss|must[- ]read|most (?:read|popular|viewed)|trending(?: now)?|editor['’]s (?:picks?|choice)|top stories|latest (?:news|stories)|breaking news|advertisement|advertisements?|sponsored(?: content)?|continue reading(?: below)?|article continues(?: below)?(?: advertisement)?|story continues(?: below)?(?: advertisement)?|share(?: this)?(?: (?:article|story|post|on .{1,20}))?|tags?|topics?|comments?|loading\.{0,3}|sign up|subscribe|follow us|getty images?|image copyright|image caption|media playback.{0,60}|print|email|copy link|next|previous|caption|close|skip advertisement|watch:?|video|photos?|gallery|from around the web|you may (?:also )?like|what to read next|popular|newsletter|weiterlesen|mehr zum thema|lesen sie auch|anzeige|lire aussi|à lire aussi|publicité|lea también|te puede interesar|publicidad|leia também|publicidade|читайте также|leggi anche|lees ook)[:.!…]?$/i;
const LEAD_IN =
  /^(?:read (?:more|also|next|the full)|see (?:more|also)|watch(?: (?:more|now|also))?|also (?:read|on|see)|more (?:on|from|about)|related(?: (?:articles?|story|stories|coverage|video|content))?|don['’]t miss|recommended|must read|click here|for more|lesen sie auch|mehr zum thema|(?:à )?lire aussi|lea también|lee también|leia (?:também|mais)|читайте также|leggi anche|lees ook|on [\w.]+\.com)\b\s*[:|\-–—>»]?/i;
const META_LINE =
  /^(?:by:? [\p{Lu}][^.!?]{1,90}|(?:first )?(?:published|updated|posted|last (?:updated|modified)|created|modified)(?: (?:on|at))?:?\s.{4,90}|\d+ (?:min(?:ute)?s?|hours?|days?) (?:read|ago)|.{0,40}\b\d{1,2}:\d{2} ?(?:[ap]\.?m\.?|[A-Z]{2,4}).{0,40}|image \d+ of .{0,8}|\d+ (?:shares?|comments?|views?|likes?))$/iu;
const CREDIT =
  /^(?:(?:photo(?:graph)?s?|image|picture|pic|video|illustration|credit|source|foto|bild|crédit|crédito|quelle)s?(?: (?:by|from|courtesy(?: of)?|credits?))?\s*[:©/|].{1,160}|©.{1,120}|\(?(?:photo|image|picture|foto|bild) (?:by|credit|courtesy).{1,120})$/i;
const CAPTION_END =
  /\((?:image|photo|picture|pic|credit|foto|bild)s?(?: by| credit)?\s*:.{1,60}\)\s*$|\b(?:getty images|afp|reuters|shutterstock|ap photo)\)?\.?$/i;
const CALL =
  /^(?:follow (?:us|\w+ on|.{1,40} on (?:twitter|facebook|instagram|x\b|tiktok))|like (?:us|this story)|sign up (?:for|to|now|today|here)|subscribe (?:to|for|now|today|here)|join (?:us|our|the conversation)|download (?:our|the) app|get (?:the|our|more|breaking|all the) .{0,60}(?:newsletter|inbox|app|alerts?|in your)|receive .{0,60}(?:inbox|email)|share (?:this|your)|support (?:our|us)|become a (?:member|subscriber)|have a (?:tip|story)|got a (?:tip|story)|(?:contact|reach|email|e-mail|write to) (?:the )?(?:us\b|author|reporters?|writer|.{1,60}@).{0,120}|listen to .{1,60}(?:live|podcast|here)|start your day with|click here|copyright|all rights reserved|this (?:article|story) (?:was )?(?:originally|first) (?:appeared|published)|this (?:article|story|material) (?:was (?:produced|written)|may not be)|the post .{1,200} appeared first on|(?:reporting|editing|writing|additional reporting|compiled|translated) by .{2,120}$|comments? (?:are|is) (?:closed|moderated)|please (?:enable|sign in|log in|subscribe|register)|enable javascript|we use cookies|leave a (?:reply|comment)|follow .{1,60} on twitter|\S+@\S+\.\w{2,8}$|(?:https?:\/\/)?(?:www\.)?(?:twitter|facebook|instagram|x)\.com\/\w+$|@\w{2,20}$|https?:\/\/\S+$)/i;
const COPYRIGHT = /^(?:copyright\b|©|\(c\) ?\d{4}|all rights reserved|the contents of this site)|\ball rights reserved\.?$/i;

/** True for a line that is not prose by its own form: labels, credits, calls to subscribe, lone links. */
export function isFurniture(segment: Segment): boolean {
  const { text } = segment;
  const size = text.length;
  const linkRatio = segment.linked / size;
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  if (size < 60 && LABEL.test(text)) return true;
  if (size < 300 && LEAD_IN.test(text) && (linkRatio > 0.4 || /^[\p{L} ]{3,30}[:|»>]/u.test(text))) return true;
  if (size < 140 && META_LINE.test(text)) return true;
  if (size < 200 && CREDIT.test(text)) return true;
  if (size < 260 && CAPTION_END.test(text) && !/[.!?]["”’]? /.test(text)) return true;
  if (size < 420 && (CALL.test(text) || COPYRIGHT.test(text))) return true;
  // a paragraph that is nothing but links points elsewhere; a list of links is a menu
  return linkRatio > 0.85 && (segment.kind === "item" || size < 220)
    ? true
    : segment.kind === "item" && linkRatio > SKIP_LINK_RATIO && size < 80;
}
