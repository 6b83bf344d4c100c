// A page's body as a flat list of text segments in reading order: what stands between two block boundaries, with its surroundings.
// Decides nothing about what belongs to the article.
import { tableLines } from "../table-rows.ts";
import { isElement, TEXT_NODE, type PageElement, type PageNode } from "./dom.ts";

export interface Segment {
  /** White space collapsed, never empty. */
  text: string;
  kind: "heading" | "paragraph" | "item";
  /** The block element that holds it. */
  element: PageElement;
  /** Characters of `text` that stand inside links. */
  linked: number;
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
const MOST_ROWS = 500;

export function segmentsOf(root: PageElement): Segment[] {
  const out: Segment[] = [];
  let parts: string[] = [];
  let linked = 0;
  const close = (holder: PageElement): void => {
    const text = parts
      .join("")
      .replace(/[\s\u00a0\ufeff]+/g, " ")
      .trim();
    if (text !== "") out.push({ text, element: holder, linked, ...placeOf(holder, root) });
    parts = [];
    linked = 0;
  };
  const walk = (node: PageNode, holder: PageElement, inLink: boolean, depth: number): void => {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === TEXT_NODE) {
        const data = child.data ?? "";
        parts.push(data);
        if (inLink) linked += data.trim().length;
        continue;
      }
      if (!isElement(child) || depth > MAX_DEPTH) continue;
      const tag = child.tagName.toUpperCase();
      if (SKIPPED.has(tag) || isNoteMark(child)) continue;
      if (tag === "BR") {
        if (followedByBreak(child)) close(holder);
        else parts.push(" ");
      } else if (BLOCK.has(tag)) {
        close(holder);
        const rows = tag === "TABLE" ? rowsOf(child) : tag === "DL" ? termsOf(child) : null;
        if (rows !== null) {
          for (const { text, element } of rows) out.push({ text, element, linked: 0, ...placeOf(element, root), kind: "item" });
          continue;
        }
        walk(child, child, inLink, depth + 1);
        close(child);
      } else {
        walk(child, holder, inLink || tag === "A", depth + 1);
      }
    }
  };
  walk(root, root, false, 0);
  close(root);
  return out;
}

/** The mark of a footnote and the way back from it: links to a place, with a number or a sign as their text. */
function isNoteMark(element: PageElement): boolean {
  return (
    /^A$/i.test(element.tagName) &&
    /#\S/.test(element.getAttribute("href") ?? "") &&
    /^\s*[[(]?(?:\d{1,3}|[a-z]|[*†‡§^↑↩⤴])\ufe0e?[\])]?\s*$/.test(element.textContent ?? "")
  );
}

/** Terms with what they mean, one line each; null where the list holds more than that. */
function termsOf(list: PageElement): { text: string; element: PageElement }[] | null {
  const out: { text: string; element: PageElement }[] = [];
  let term = "";
  for (const part of list.querySelectorAll("dt,dd")) {
    const text = (part.textContent ?? "").replace(/[\s\u00a0\ufeff]+/g, " ").trim();
    if (text.length > 300 || part.querySelector("p,div,ul,ol,dl,table,h1,h2,h3,h4,a,img") !== null) return null;
    if (/^DT$/i.test(part.tagName)) term = text;
    else if (text !== "") out.push({ text: term === "" ? text : `${term.replace(/\s*:$/, "")}: ${text}`, element: part });
  }
  return out.length === 0 ? null : out;
}

/** The rows of a table of values; null for one that holds other tables, paragraphs or pictures of a page's layout. */
function rowsOf(table: PageElement): { text: string; element: PageElement }[] | null {
  if (table.querySelector("table,ul,ol,form,article,h1,h2,h3,h4,p + p") !== null) return null;
  const elements = [...table.getElementsByTagName("tr")].slice(0, MOST_ROWS);
  const held: { text: string; left: number }[] = [];
  const rows = elements.map((element) => {
    const cells: string[] = [];
    const fill = (): void => {
      for (let over = held[cells.length]; over !== undefined && over.left > 0; over = held[cells.length]) {
        over.left -= 1;
        cells.push(over.text);
      }
    };
    for (const cell of element.querySelectorAll("th,td")) {
      fill();
      const text = (cell.textContent ?? "").replace(/[\s\u00a0\ufeff]+/g, " ").trim();
      const span = (name: string): number => Math.min(50, Math.max(1, Number(cell.getAttribute(name)) || 1));
      for (let column = span("colspan"); column > 0 && cells.length < 60; column -= 1) {
        held[cells.length] = { text, left: span("rowspan") - 1 };
        cells.push(text);
      }
    }
    fill();
    return cells;
  });
  const isHead = (row: PageElement | undefined): boolean =>
    row !== undefined && (row.querySelector("td") === null || /^THEAD$/i.test(row.parentElement?.tagName ?? ""));
  let heads = 0;
  while (heads < 3 && isHead(elements[heads])) heads += 1;
  const caption = (table.querySelector("caption")?.textContent ?? "").replace(/\s+/g, " ").trim();
  const lines = tableLines({ rows, heads: heads > 0 ? heads : null, caption: caption === "" ? null : caption });
  if (lines === null) return null;
  const kept = elements.filter((_, at) => at >= elements.length - lines.length || rows[at]?.some((cell) => cell !== ""));
  return lines.map((text, at) => ({ text, element: kept[kept.length - lines.length + at] ?? table }));
}

function followedByBreak(element: PageElement): boolean {
  let next = element.nextSibling;
  while (next !== null && next.nodeType === TEXT_NODE && (next.data ?? "").trim() === "") next = next.nextSibling;
  return next !== null && isElement(next) && next.tagName.toUpperCase() === "BR";
}

function placeOf(holder: PageElement, root: PageElement): Pick<Segment, "kind" | "inCaption"> {
  const tags: string[] = [];
  for (let at: PageElement | null = holder; at !== null && at !== root; at = at.parentElement)
    tags.push(at.tagName.toUpperCase());
  const has = (pattern: RegExp): boolean => tags.some((tag) => pattern.test(tag));
  const kind = has(/^H[1-6]$/) ? "heading" : has(/^(?:LI|DD|DT)$/) ? "item" : "paragraph";
  return { kind, inCaption: has(/^(?:FIGCAPTION|FIGURE|CAPTION)$/) };
}
