// Who published a text, where the page itself says so: beside the byline, in a signature, a copyright line, a dateline, the masthead.
// In this order: the nearer to the text, the better the witness. Nothing is looked up and nothing is guessed.

const OUTLET =
  /\b(?:Press|News|Times|Post|Agency|Agence|Tribune|Herald|Daily|Today|Gazette|Journal|Observer|Guardian|Telegraph|Chronicle|Network|Radio|TV|Television|Media|Magazine|Review|Independent|Express|Mail|Globe|Star|Standard|Dispatch|Courier|Bulletin|Reuters|AFP|AP|BBC|CNN|Broadcasting|Broadcaster|Wire|Newswire|Monitor|Insider|Weekly|Online|Examiner|Inquirer|Mirror|Sentinel|Ledger|Register|Record|Advertiser|Argus|Echo|Reporter|Zeitung|Presse|Correspondent|Institute|Foundation)\b/;
const DOMAIN = /^(?:www\.)?[a-z0-9][a-z0-9-]{1,40}(?:\.[a-z]{2,12}){1,2}$/i;

/** True for a short line that is an outlet's name or address and nothing else. */
export function isOutlet(text: string): boolean {
  if (text.length > 60 || /[!?,;:]|[.]$/.test(text)) return false;
  if (DOMAIN.test(text)) return true;
  const words = text.split(/\s+/);
  return (
    words.length <= 6 && OUTLET.test(text) && words.every((word) => /^(?:\p{Lu}|\d|of$|the$|and$|&$|for$|de$|la$)/u.test(word))
  );
}

/** "© 2025 The Gazette. All rights reserved", "Gazette.example © 2025". */
export function publisherInCopyright(line: string): string | null {
  if (line.length > 240 || !/©|\(c\)\s?\d{4}|copyright/i.test(line)) return null;
  const after =
    /(?:©|\(c\)|copyright)[\s,:©]*(?:\(c\)\s*)?(?:\d{4}(?:\s?[-–]\s?(?:\d{4}|present))?)?[\s,.:–|-]*(?:by\s+)?(\p{Lu}[^©|,;]{1,60}?)(?=\s*(?:[©|,;]|\.(?:\s|$)|[-–—]\s|\d{4}|\ball\b|$))/iu.exec(
      line,
    )?.[1];
  const before = /^(.{2,50}?)\s*[,.|-]?\s*(?:©|\(c\)|copyright)\s?,?\s?(?:\d{4}|$)/iu.exec(line)?.[1];
  for (const name of [after, before]) {
    const clean = name?.replace(/^(?:the\s+)?copyright\s+/i, "").replace(/[\s.,|-]+$/, "");
    if (
      clean !== undefined &&
      /^[\p{L}\p{N}]/u.test(clean) &&
      !/\b(?:rights|reserved|material|notice|policy|law|holder)/i.test(clean)
    )
      return clean;
  }
  return null;
}

/** "… only with a hyperlink to gazette.example". */
export function publisherInNotice(line: string): string | null {
  if (line.length > 320) return null;
  const name =
    /\b(?:hyper ?link|reference|link|credit|attribution) to (?:the )?(?:site |website )?([\w-]+\.[a-z]{2,12}(?:\.[a-z]{2,3})?)\b/i.exec(
      line,
    )?.[1];
  return name ?? null;
}

/** "DAILY PRESS: …", "KABUL (Daily News) — …" at the head of the first paragraph. */
export function publisherInDateline(paragraph: string): string | null {
  const head = paragraph.slice(0, 120);
  const colon = /^(\p{Lu}[\p{L}\p{N}.&' -]{1,40}?)\s?:\s+\p{Lu}/u.exec(head)?.[1];
  if (colon !== undefined && isOutlet(colon)) return colon;
  const bracket = /^[\p{Lu}\p{L}.,' \d-]{2,50}\s?[([]([\p{L}\p{N}.& ]{2,30})[)\]]\s?[-–—:]/u.exec(head)?.[1];
  return bracket !== undefined && isOutlet(bracket) ? bracket : null;
}
