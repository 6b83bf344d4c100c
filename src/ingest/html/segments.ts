// A page's body as a flat list of text segments in reading order: what stands between two block boundaries, with its surroundings.
// Decides nothing about what belongs to the article. To be asked of the visible page (see visibility.ts).
import type { Piece } from "../compose-text.ts";
import { tableLines } from "../table-rows.ts";
import { folded, isElement, textIn, TEXT_NODE, type PageElement, type PageNode } from "./dom.ts";

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

const BLOCK =
  /^(?:ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|BODY|CAPTION|CENTER|D[DLT]|DETAILS|DIV|FIELDSET|FIGCAPTION|FIGURE|FOOTER|FORM|H[1-6]|HEADER|HGROUP|HR|LI|MAIN|MENU|NAV|OL|P|PRE|SECTION|SUMMARY|TABLE|TBODY|T[DHR]|TFOOT|THEAD|UL)$/i;
/** Deeper nesting than any real page has: what lies below is left out, so a hostile page cannot exhaust the stack. */
const MAX_DEPTH = 400;
const MOST_ROWS = 500;

/** On their way into the text. */
export const piecesOf = (segments: readonly Segment[]): Piece[] => segments.map(({ kind, text }) => ({ kind, text }));

export function segmentsOf(root: PageElement): Segment[] {
  const out: Segment[] = [];
  let parts: string[] = [];
  let linked = 0;
  const close = (holder: PageElement): void => {
    const text = folded(parts.join(""));
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
      } else if (!isElement(child) || depth > MAX_DEPTH || isNoteMark(child)) continue;
      else if (isPower(child, parts)) parts.push(raised(child));
      else if (/^BR$/i.test(child.tagName)) {
        if (followedByBreak(child)) close(holder);
        else parts.push(" ");
      } else if (BLOCK.test(child.tagName)) {
        close(holder);
        const rows = /^TABLE$/i.test(child.tagName) ? rowsOf(child) : /^DL$/i.test(child.tagName) ? termsOf(child) : null;
        if (rows === null) {
          walk(child, child, inLink, depth + 1);
          close(child);
        }
        for (const row of rows ?? []) out.push({ ...row, linked: 0, kind: "item", inCaption: false });
      } else walk(child, holder, inLink || /^A$/i.test(child.tagName), depth + 1);
    }
  };
  walk(root, root, false, 0);
  close(root);
  return out;
}

/** The mark of a footnote and the way back from it: links to a place, with a number or a sign as their text; raised words in brackets. */
const isNoteMark = (element: PageElement): boolean =>
  (/^A$/i.test(element.tagName) &&
    /#\S/.test(element.getAttribute("href") ?? "") &&
    /^\s*[[(]?(?:\d{1,3}|[a-z]|[*†‡§^↑↩⤴])\ufe0e?[\])]?\s*$/.test(element.textContent ?? "")) ||
  (/^SUP$/i.test(element.tagName) && /^\s*\[[^[\]]{1,60}\]\s*$/.test(element.textContent ?? ""));

/** A number raised behind a figure or a letter: on one line with it, 10 to the sixth would be read as 106. */
const isPower = (element: PageElement, before: readonly string[]): boolean =>
  /^SUP$/i.test(element.tagName) &&
  /^\s*[-−–]?\d{1,3}\s*$/.test(element.textContent ?? "") &&
  !element.querySelector("a") &&
  /[\p{L}\p{N})]$/u.test(before.at(-1) ?? "");

const raised = (element: PageElement): string =>
  textIn(element)
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? digit)
    .replace(/[-−–]/, "⁻");

type Row = Pick<Segment, "text" | "element">;

/** Terms with what they mean, one line each; null where the list holds more than that. */
function termsOf(list: PageElement): Row[] | null {
  const out: Row[] = [];
  let term = "";
  for (const part of list.querySelectorAll("dt,dd")) {
    const text = textIn(part);
    if (text.length > 300 || part.querySelector("p,div,ul,ol,dl,table,h1,h2,h3,h4,a,img") !== null) return null;
    if (/^DT$/i.test(part.tagName)) term = text.replace(/\s*:$/, "");
    else if (text !== "") out.push({ text: term === "" ? text : `${term}: ${text}`, element: part });
  }
  return out.length === 0 ? null : out;
}

/** The rows of a table of values; null for one that holds other tables, paragraphs or pictures of a page's layout. */
function rowsOf(table: PageElement): Row[] | null {
  if (table.querySelector("table,ul,ol,form,article,h1,h2,h3,h4,p + p") !== null) return null;
  const elements = [...table.querySelectorAll("tr")].slice(0, MOST_ROWS);
  const held: { text: string; left: number }[] = [];
  const rows = elements.map((element) => {
    const cells: string[] = [];
    const fill = (): void => {
      for (let over = held[cells.length]; over !== undefined && over.left-- > 0; over = held[cells.length]) cells.push(over.text);
    };
    for (const cell of element.querySelectorAll("th,td")) {
      fill();
      const text = textIn(cell);
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
  const lines = tableLines({ rows, heads: heads || null, caption: textIn(table.querySelector("caption")) || null });
  if (lines === null) return null;
  const kept = elements.filter((_, at) => at >= elements.length - lines.length || rows[at]?.some((cell) => cell !== ""));
  return lines.map((text, at) => ({ text, element: kept[kept.length - lines.length + at] ?? table }));
}

function followedByBreak(element: PageElement): boolean {
  let next = element.nextSibling;
  while (next !== null && next.nodeType === TEXT_NODE && (next.data ?? "").trim() === "") next = next.nextSibling;
  return next !== null && isElement(next) && /^BR$/i.test(next.tagName);
}

function placeOf(holder: PageElement, root: PageElement): Pick<Segment, "kind" | "inCaption"> {
  const tags: string[] = [];
  for (let at: PageElement | null = holder; at !== null && at !== root; at = at.parentElement) tags.push(at.tagName);
  const has = (pattern: RegExp): boolean => tags.some((tag) => pattern.test(tag));
  const kind = has(/^H[1-6]$/i) ? "heading" : has(/^(?:LI|DD|DT)$/i) ? "item" : "paragraph";
  return { kind, inCaption: has(/^(?:FIGCAPTION|FIGURE|CAPTION)$/i) };
}
