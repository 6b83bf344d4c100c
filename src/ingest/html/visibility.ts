// Takes out of a parsed page what a reader of the page would not see or what is not text of the page: scripts, hidden elements, controls.
// Counts what hidden text there was, for the report; never looks at style sheets, only at what the element itself says.
import { COMMENT_NODE, isElement, textIn, type Page, type PageElement } from "./dom.ts";

const NEVER_TEXT =
  /^(?:SCRIPT|STYLE|NOSCRIPT|TEMPLATE|IFRAME|SVG|CANVAS|OBJECT|EMBED|AUDIO|VIDEO|BUTTON|INPUT|SELECT|TEXTAREA|DIALOG|MAP|DATALIST|LINK|META)$/i;
/** What the page takes back: it is seen, but no longer said. */
const STRUCK = /^(?:DEL|S|STRIKE)$/i;
const HIDING_CLASS =
  /(?:^|\s)(?:(?:is-|u-)?hidden|hide|d-none|visually-?hidden|sr-only|screen-?reader-(?:text|only)|a11y-hidden|invisible|off-?screen)(?:\s|$)/i;
const MAX_TEXT = 400;
/** No honest page nests deeper; what lies below is cut off, as later steps take longer with the depth of a page. */
const MAX_DEPTH = 120;
const MIN_TEXT = 30;

/** Changes the page in place. Gives the text of each hidden element that has any, shortened, for the search of commands. */
export function dropInvisible(page: Page): string[] {
  const texts: string[] = [];
  const stack: [PageElement, number][] = [[page.body, 0]];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [element, depth] = top;
    for (let child = element.firstChild; child !== null;) {
      const next = child.nextSibling;
      if (child.nodeType === COMMENT_NODE) child.remove();
      else if (isElement(child)) {
        if (depth >= MAX_DEPTH || NEVER_TEXT.test(child.tagName) || isStruck(child) || isLayer(child) || isCard(child))
          child.remove();
        else if (isHidden(child)) {
          const text = textIn(child);
          if (text.length >= MIN_TEXT && !isUsuallyHidden(child)) texts.push(text.slice(0, MAX_TEXT));
          child.remove();
        } else stack.push([child, depth + 1]);
      }
      child = next;
    }
  }
  return texts;
}

/** Menus, forms and labels for screen readers are hidden on honest pages too: not worth a word in the report. */
const isUsuallyHidden = (element: PageElement): boolean =>
  /^(?:NAV|FORM|UL|LABEL|SPAN|HEADER|FOOTER|A)$/i.test(element.tagName) && (element.textContent ?? "").trim().length < 120;

const isStruck = (element: PageElement): boolean =>
  STRUCK.test(element.tagName) || /text-decoration[\w-]*:[^;]*\bline-through/i.test(element.getAttribute("style") ?? "");

/** Lies over the page until it is clicked away, such as a question for consent, which is often longer than the article under it. */
function isLayer(element: PageElement): boolean {
  const says = `${element.id} ${element.className}`.slice(0, 400);
  return (
    (/^(?:alert)?dialog$/.test(element.getAttribute("role") ?? "") ||
      element.getAttribute("aria-modal") === "true" ||
      /(?:^|[\s_-])(?:cookies?|consent|gdpr|cmp|onetrust|didomi|sp_message)(?:$|[\s_-])/i.test(says)) &&
    element.querySelector("h1,article,main") === null &&
    !/^(?:BODY|MAIN|ARTICLE|H1)$/i.test(element.tagName)
  );
}

/** Opens over a link in running text: the box right behind it that leads to the same place. */
function isCard(element: PageElement): boolean {
  const link = /^SPAN$/i.test(element.tagName) ? element.previousElementSibling : null;
  const to = link !== null && /^A$/i.test(link.tagName) && textIn(link) !== "" ? link.getAttribute("href") : null;
  return to !== null && [...element.querySelectorAll("a[href]")].some((other) => other.getAttribute("href") === to);
}

function isHidden(element: PageElement): boolean {
  if (element.hasAttribute("hidden") && element.getAttribute("hidden") !== "until-found") return true;
  if (element.getAttribute("aria-hidden") === "true" && !/fallback-image/.test(element.className)) return true;
  if (typeof element.className === "string" && HIDING_CLASS.test(element.className)) return true;
  return hidesText(element.getAttribute("style") ?? "");
}

const ZERO = "0*\\.?0+(?:px|r?em|pt|%|v[hw])?(?=;|$)";
const HIDING_STYLE = new RegExp(
  `(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:${ZERO}|font-size:(?:${ZERO}|1px)|clip:rect\\((?:[01](?:px)?,?){4}\\)|clip-path:inset\\((?:50|100)%|text-indent:-\\d{3}|transform:scale\\(0)`,
);
const WITHOUT_SIZE = new RegExp(`(?:^|;)(?:max-)?(?:height|width):(?:${ZERO}|1px)`);

/** What an inline style says: not displayed, transparent, without size, far off the page, or in the colour of its own background. */
function hidesText(written: string): boolean {
  const style = written
    .slice(0, 2000)
    .toLowerCase()
    .replace(/\s+|!important/g, "");
  if (HIDING_STYLE.test(style)) return true;
  if (/(?:^|;)overflow(?:-[xy])?:(?:hidden|clip)/.test(style) && WITHOUT_SIZE.test(style)) return true;
  if (/(?:^|;)position:(?:absolute|fixed)/.test(style) && /(?:^|;)(?:left|top|right):-\d{3}/.test(style)) return true;
  const ink = colour(/(?:^|;)color:([^;]+)/.exec(style)?.[1]);
  const ground = colour(/(?:^|;)background(?:-color)?:([^;]+)/.exec(style)?.[1]) ?? "white";
  return ink === "transparent" || ink === ground;
}

/** One name for the ways to write white and transparent; other colours as they stand. */
function colour(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (/^(?:#f{3,8}|white|#fefefe|rgba?\(255,255,255(?:,1)?\)|hsl\(0,0%,100%\))$/.test(value)) return "white";
  return /^(?:transparent|rgba\(\d+,\d+,\d+,0(?:\.0+)?\)|#[0-9a-f]{6}00)$/.test(value) ? "transparent" : value;
}
