// Bytes of a page or feed to text: by byte order mark, by what the server says, by what the document says, else by what the bytes look like.

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** `contentType` with its charset, as the server sent it. Bytes that no charset fits become replacement characters, never an error. */
export async function decodeHtml(bytes: Uint8Array, contentType: string | null): Promise<string> {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const sent = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? "")?.[1];
  const said =
    /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1];
  try {
    // valid UTF-8 beyond ASCII does not come about by chance: it beats a wrong label
    return UTF8.decode(bytes);
  } catch {
    // another charset, or broken UTF-8
  }
  const { default: iconv } = await import("iconv-lite");
  for (const label of [sent, said]) {
    if (label !== undefined && !/^utf-?8$/i.test(label) && iconv.encodingExists(label))
      return iconv.decode(Buffer.from(bytes), label);
  }
  const invalid = (new TextDecoder().decode(bytes.subarray(0, 200_000)).match(/\ufffd/g) ?? []).length;
  if ((sent ?? said) !== undefined && invalid < bytes.length / 500) return new TextDecoder().decode(bytes);
  const { detect } = await import("chardet");
  const guess = detect(bytes.subarray(0, 100_000));
  return guess !== null && iconv.encodingExists(guess)
    ? iconv.decode(Buffer.from(bytes), guess)
    : new TextDecoder("windows-1252").decode(bytes);
}
