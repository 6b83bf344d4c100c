// The few members of the document object model that page reading uses, and the one place where the parser's objects get these types.
// A page is parsed, never run: no script, no style sheet, no request.

export interface PageNode {
  readonly nodeType: number;
  readonly parentElement: PageElement | null;
  readonly firstChild: PageNode | null;
  readonly nextSibling: PageNode | null;
  readonly previousSibling: PageNode | null;
  readonly textContent: string | null;
  /** Of text nodes only. */
  readonly data?: string;
  remove(): void;
}

export interface PageElement extends PageNode {
  readonly tagName: string;
  readonly className: string;
  readonly id: string;
  readonly innerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { readonly length: number };
  getElementsByTagName(tag: string): Iterable<PageElement> & { readonly length: number };
  contains(node: PageNode): boolean;
}

export interface Page extends PageElement {
  readonly documentElement: PageElement | null;
  readonly body: PageElement | null;
}

export const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

export const isElement = (node: PageNode): node is PageElement => node.nodeType === ELEMENT_NODE;

/** Parses any text as HTML; bad markup is mended, never an error. The parser is loaded on first use. */
export async function parsePage(html: string): Promise<Page> {
  const { parseHTML } = await import("linkedom");
  const whole = /<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`;
  return parseHTML(whole).document;
}

const LINE_OF_ITS_OWN = /^(?:ADDRESS|ARTICLE|ASIDE|BR|DD|DIV|DL|DT|FOOTER|H[1-6]|HEADER|HR|LI|OL|P|SECTION|TABLE|TD|TH|TR|UL)$/i;

/** Parses any text as XML; what is not well-formed is mended, never an error. Null where there is no element in it. */
export async function parseXml(xml: string): Promise<PageElement | null> {
  const { DOMParser } = await import("linkedom");
  return new DOMParser().parseFromString(xml, "text/xml").documentElement ?? null;
}

/** The text as a reader sees it apart: " | " between lines and boxes, a blank where two elements meet as "ByNora" would. */
export function spacedText(element: PageElement): string {
  let text = "";
  let border = "";
  const walk = (node: PageNode, depth: number): void => {
    for (let child = node.firstChild; child !== null && text.length < 2_000; child = child.nextSibling) {
      if (child.nodeType === TEXT_NODE) {
        const own = (child.data ?? "").replace(/[\s\u00a0]+/g, " ");
        if (own.trim() === "") text += border === "" && own !== "" ? " " : "";
        else {
          const met = border !== "|" && border !== "" && /[\p{L}\p{N}.]$/u.test(text) && /^[\p{Lu}\p{N}]/u.test(own);
          text += `${border === "|" && text.trim() !== "" ? " | " : met ? " " : ""}${own}`;
          border = "";
        }
      } else if (isElement(child) && depth < 60) {
        const edge = LINE_OF_ITS_OWN.test(child.tagName) ? "|" : ".";
        border = border === "|" ? "|" : edge;
        walk(child, depth + 1);
        border = border === "|" ? "|" : edge;
      }
    }
  };
  walk(element, 0);
  return text.replace(/ {2,}/g, " ").trim();
}

/** The text of an element with white space collapsed, or null where it is longer than `limit`: read no further than that. */
export function shortText(element: PageElement, limit: number): string | null {
  let text = "";
  const stack: PageNode[] = [element];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.nodeType === TEXT_NODE) {
      text += (node.data ?? "").replace(/[\s\u00a0]+/g, " ");
      if (text.length > limit + 200) return null;
    }
    const children: PageNode[] = [];
    for (let child = node.firstChild; child !== null && children.length < 400; child = child.nextSibling) children.push(child);
    for (const child of children.reverse()) stack.push(child);
  }
  const whole = text.replace(/ {2,}/g, " ").trim();
  return whole.length > limit ? null : whole;
}
