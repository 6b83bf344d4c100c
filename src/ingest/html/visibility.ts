// Takes out of a parsed page what a reader of the page would not see or what is not text of the page: scripts, hidden elements, controls.
// Counts what hidden text there was, for the report; never looks at style sheets, only at what the element itself says.
import { isElement, type Page, type PageElement } from "./dom.ts";

export interface Hidden {
  /** Elements with text that were hidden from readers. */
  count: number;
  /** Their text, shortened, for the search of instruction-like pieces. */
  texts: string[];
}

const NEVER_TEXT =
  /^(?:SCRIPT|STYLE|NOSCRIPT|TEMPLATE|IFRAME|SVG|CANVAS|OBJECT|EMBED|AUDIO|VIDEO|BUTTON|INPUT|SELECT|TEXTAREA|DIALOG|MAP|LINK|META)$/;
const HIDING_CLASS =
  /(?:^|\s)(?:hidden|hide|is-hidden|u-hidden|d-none|visually-hidden|visuallyhidden|sr-only|screen-reader-text|screenreader-text|screen-reader-only|a11y-hidden|invisible|off-screen|offscreen)(?:\s|$)/i;
const MAX_TEXT = 400;
/** No honest page nests deeper; what lies below is cut off, as later steps take longer with the depth of a page. */
const MAX_DEPTH = 120;
/** Shorter hidden pieces are labels. */
const MIN_TEXT = 30;

/** Changes the page in place. */
export function dropInvisible(page: Page): Hidden {
  const hidden: Hidden = { count: 0, texts: [] };
  const root = page.body ?? page.documentElement;
  if (root === null) return hidden;
  const stack: [PageElement, number][] = [[root, 0]];
  while (stack.length > 0) {
    const [element, depth] = stack.pop() ?? [root, 0];
    for (let child = element.firstChild; child !== null;) {
      const next = child.nextSibling;
      if (child.nodeType === 8) child.remove();
      else if (isElement(child)) {
        if (depth >= MAX_DEPTH || NEVER_TEXT.test(child.tagName.toUpperCase()) || isLayer(child)) child.remove();
        else if (isHidden(child)) {
          const text = (child.textContent ?? "").replace(/\s+/g, " ").trim();
          if (text.length >= MIN_TEXT && !isUsuallyHidden(child)) {
            hidden.count += 1;
            hidden.texts.push(text.slice(0, MAX_TEXT));
          }
          child.remove();
        } else stack.push([child, depth + 1]);
      }
      child = next;
    }
  }
  return hidden;
}

/** Menus, forms and labels for screen readers are hidden on honest pages too: not worth a word in the report. */
const isUsuallyHidden = (element: PageElement): boolean =>
  /^(?:NAV|FORM|UL|LABEL|SPAN|HEADER|FOOTER|SYMBOL|A|I)$/i.test(element.tagName) &&
  (element.textContent ?? "").trim().length < 120;

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

function isHidden(element: PageElement): boolean {
  if (element.hasAttribute("hidden") && element.getAttribute("hidden") !== "until-found") return true;
  if (element.getAttribute("aria-hidden") === "true" && !/fallback-image/.test(element.className)) return true;
  if (typeof element.className === "string" && HIDING_CLASS.test(element.className)) return true;
  const style = element.getAttribute("style");
  return style !== null && style !== "" && hidesText(style);
}

/** What an inline style says: not displayed, transparent, without size, far off the page, or in the colour of its own background. */
export function hidesText(style: string): boolean {
  const rules = new Map<string, string>();
  for (const part of style.slice(0, 2000).toLowerCase().split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0)
      rules.set(
        part.slice(0, colon).trim(),
        part
          .slice(colon + 1)
          .replace("!important", "")
          .trim(),
      );
  }
  const get = (name: string): string => rules.get(name) ?? "";
  const zero = (value: string): boolean => /^0*\.?0+(?:px|em|rem|pt|%|vh|vw)?$/.test(value);
  const clipped = /hidden|clip/.test(get("overflow"));
  if (get("display") === "none" || /^(?:hidden|collapse)$/.test(get("visibility"))) return true;
  if (zero(get("opacity")) || zero(get("font-size")) || /^[01]px$/.test(get("font-size"))) return true;
  if (clipped && ["height", "width", "max-height", "max-width"].some((name) => zero(get(name)) || get(name) === "1px"))
    return true;
  if (
    /^rect\(\s*[01](?:px)?[,\s]+[01](?:px)?[,\s]+[01](?:px)?[,\s]+[01](?:px)?\s*\)$/.test(get("clip")) ||
    /inset\((?:50|100)%/.test(get("clip-path"))
  )
    return true;
  if (/^-\d{3,}/.test(get("text-indent")) || get("transform").startsWith("scale(0")) return true;
  if (/absolute|fixed/.test(get("position")) && ["left", "top", "right"].some((name) => /^-\d{3,}/.test(get(name)))) return true;
  const ink = colour(get("color"));
  const paper = colour(get("background-color") || get("background"));
  return ink !== null && (ink === "transparent" || ink === (paper ?? "white"));
}

/** One name for the ways to write white, black and transparent; other colours as they stand, without blanks. */
function colour(value: string): string | null {
  const plain = value.replace(/\s+/g, "");
  if (plain === "") return null;
  if (/^(?:#fff|#ffff|#ffffff|#ffffffff|white|#fefefe|rgb\(255,255,255\)|rgba\(255,255,255,1\)|hsl\(0,0%,100%\))$/.test(plain))
    return "white";
  if (/^(?:transparent|rgba\(\d+,\d+,\d+,0(?:\.0+)?\)|#[0-9a-f]{6}00)$/.test(plain)) return "transparent";
  return plain;
}
