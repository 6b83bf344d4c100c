// A page's body as a flat list of text segments in reading order: what stands between two block boundaries, with its surroundings.
// Decides nothing about what belongs to the article.
import { isElement, TEXT_NODE, type PageElement, type PageNode } from "./dom.ts";

export interface Segment {
  /** White space collapsed, never empty. */
  text: string;
  kind: "heading" | "paragraph" | "item";
  /** The block element that holds it. */
  element: PageElement;
  /** Characters of `text` that stand inside links. */
  linked: number;
  /** Characters inside bold or emphasised text. */
  strong: number;
  inTable: boolean;
  inQuote: boolean;
  inCaption: boolean;
}

const BLOCK = new Set(
  (
    "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 " +
    "HEADER HGROUP HR LI MAIN MENU NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL"
  ).split(" "),
);
const SKIPPED = new Set(
  "SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME SVG CANVAS OBJECT EMBED AUDIO VIDEO BUTTON INPUT SELECT TEXTAREA HEAD MAP DATALIST".split(
    " ",
  ),
);
/** Deeper nesting than any real page has: what lies below is left out, so a hostile page cannot exhaust the stack. */
const MAX_DEPTH = 400;

export function segmentsOf(root: PageElement): Segment[] {
  const out: Segment[] = [];
  let parts: string[] = [];
  let linked = 0;
  let strong = 0;
  const close = (holder: PageElement): void => {
    const text = parts
      .join("")
      .replace(/[\s\u00a0\ufeff]+/g, " ")
      .trim();
    if (text !== "") out.push({ text, element: holder, linked, strong, ...placeOf(holder, root) });
    parts = [];
    linked = 0;
    strong = 0;
  };
  const walk = (node: PageNode, holder: PageElement, inLink: boolean, inStrong: boolean, depth: number): void => {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === TEXT_NODE) {
        const data = child.data ?? "";
        parts.push(data);
        if (inLink) linked += data.trim().length;
        if (inStrong) strong += data.trim().length;
        continue;
      }
      if (!isElement(child) || depth > MAX_DEPTH) continue;
      const tag = child.tagName.toUpperCase();
      if (SKIPPED.has(tag)) continue;
      if (tag === "BR") {
        if (followedByBreak(child)) close(holder);
        else parts.push(" ");
      } else if (BLOCK.has(tag)) {
        close(holder);
        walk(child, child, inLink, inStrong, depth + 1);
        close(child);
      } else {
        walk(child, holder, inLink || tag === "A", inStrong || tag === "B" || tag === "STRONG" || tag === "EM", depth + 1);
      }
    }
  };
  walk(root, root, false, false, 0);
  close(root);
  return out;
}

function followedByBreak(element: PageElement): boolean {
  let next = element.nextSibling;
  while (next !== null && next.nodeType === TEXT_NODE && (next.data ?? "").trim() === "") next = next.nextSibling;
  return next !== null && isElement(next) && next.tagName.toUpperCase() === "BR";
}

function placeOf(holder: PageElement, root: PageElement): Pick<Segment, "kind" | "inTable" | "inQuote" | "inCaption"> {
  let kind: Segment["kind"] = "paragraph";
  let inTable = false;
  let inQuote = false;
  let inCaption = false;
  for (let at: PageElement | null = holder; at !== null && at !== root; at = at.parentElement) {
    const tag = at.tagName.toUpperCase();
    if (/^H[1-6]$/.test(tag)) kind = "heading";
    else if (/^(?:LI|DD|DT)$/.test(tag)) kind = kind === "heading" ? kind : "item";
    else if (tag === "TD" || tag === "TH") inTable = true;
    else if (tag === "BLOCKQUOTE") inQuote = true;
    else if (/^(?:FIGCAPTION|FIGURE|CAPTION)$/.test(tag)) inCaption = true;
  }
  return { kind, inTable, inQuote, inCaption };
}
