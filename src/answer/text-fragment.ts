// Links that open a page at the quoted place (`#:~:text=start,end`). Builds addresses only; whether the page still holds the words is not checked.

/** Longer quotes are given by their first and last words, so that the address stays short. */
const LONGEST_WHOLE = 8;
const EDGE_WORDS = 4;

/** The address with a text fragment for the quote; null where the document has no address. */
export function textFragmentLink(url: string | null, quote: string): string | null {
  if (url === null) return null;
  const words = quote
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return url;
  const oneLine = !/[\r\n]/.test(quote.trim());
  const directive =
    words.length <= LONGEST_WHOLE && oneLine
      ? encode(words.join(" "))
      : `${encode(words.slice(0, EDGE_WORDS).join(" "))},${encode(words.slice(-EDGE_WORDS).join(" "))}`;
  return `${url}${url.includes("#") ? "" : "#"}:~:text=${directive}`;
}

/** `-`, `,` and `&` have a meaning of their own in a text directive; the brackets and quotes would end a Markdown link. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(/[-!'()*~_.]/g, (mark) =>
    /[_.~]/.test(mark) ? mark : `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
