// The few members of the document object model that page reading uses, and the one place where the parser's objects get these types.
// A page is parsed, never run: no script, no style sheet, no request.

export interface PageNode {
  readonly nodeType: number;
  readonly parentElement: PageElement | null;
  readonly firstChild: PageNode | null;
  readonly nextSibling: PageNode | null;
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
  readonly previousElementSibling: PageElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement> & { readonly length: number };
  contains(node: PageNode): boolean;
}

/** The parser gives every page a root and a body. */
export interface Page extends PageElement {
  readonly documentElement: PageElement;
  readonly body: PageElement;
}

export const TEXT_NODE = 3;
export const COMMENT_NODE = 8;

export const isElement = (node: PageNode): node is PageElement => node.nodeType === 1;

/** Parses any text as HTML; bad markup is mended, never an error. The parser is loaded on first use. */
export async function parsePage(html: string): Promise<Page> {
  const { parseHTML } = await import("linkedom");
  return parseHTML(/<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`).document;
}

/** Parses any text as XML; what is not well-formed is mended, never an error. Null where there is no element in it. */
export async function parseXml(xml: string): Promise<PageElement | null> {
  const { DOMParser } = await import("linkedom");
  return new DOMParser().parseFromString(xml, "text/xml").documentElement ?? null;
}

const THIN = "\u{10FFFE}";
/** White space collapsed, but for the narrow blank that parts thousands. A byte order mark within a word is no blank, whatever `\s` says. */
export const folded = (text: string | null | undefined): string =>
  (text ?? "")
    .replace(/\uFEFF/g, "")
    .replace(/(?<=\d)[\u00A0\u2009\u202F](?=\d{3}(?!\d))/g, THIN)
    .replace(/\s+/g, " ")
    .replaceAll(THIN, "\u202F")
    .trim();
export const textIn = (node: PageNode | null): string => folded(node?.textContent);

/** The element and the boxes that it stands in, from the inside, up to the body (not it), at most that many. */
export function* boxesOf(element: PageElement | null, most = Infinity): Generator<PageElement> {
  let at = element;
  for (let level = 0; at !== null && level < most && !/^(?:BODY|HTML)$/i.test(at.tagName); level += 1) {
    yield at;
    at = at.parentElement;
  }
}

const LINE_OF_ITS_OWN = /^(?:ADDRESS|ARTICLE|ASIDE|BR|DD|DIV|DL|DT|FOOTER|H[1-6]|HEADER|HR|LI|OL|P|SECTION|TABLE|TD|TH|TR|UL)$/i;

/** The text as a reader sees it apart: " | " between lines and boxes, a blank where two elements meet as "ByNora" would. Its first 2,000 characters. */
export function spacedText(element: PageElement): string {
  let text = "";
  let border: "" | "." | "|" = "";
  const walk = (node: PageNode, depth: number): void => {
    for (let child = node.firstChild; child !== null && text.length < 2_000; child = child.nextSibling) {
      if (child.nodeType === TEXT_NODE) {
        const own = (child.data ?? "").replace(/\s+/g, " ");
        if (own.trim() === "") text += border === "" && own !== "" ? " " : "";
        else {
          const met = border === "." && /[\p{L}\p{N}.]$/u.test(text) && /^[\p{Lu}\p{N}]/u.test(own);
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
