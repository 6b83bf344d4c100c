// Bytes of a page or feed to text: the charset that the server or the document's head names is handed to the decoder of all documents.
import { decodeText } from "../decode.ts";

/** `contentType` as the server sent it. Failure `input_empty` or `input_binary` where the bytes are no text. */
export async function decodeHtml(bytes: Uint8Array, contentType: string | null): Promise<string> {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const sent = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? "")?.[1];
  const said =
    /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1];
  const label = [sent, said].find((name) => name !== undefined && !/^utf-?8$/i.test(name)) ?? null;
  return (await decodeText(bytes, label)).text;
}
