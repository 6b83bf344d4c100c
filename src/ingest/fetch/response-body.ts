// The body of one answer, unpacked within a limit: a small packed body that unpacks to a huge one is cut off as it grows.
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher } from "undici";

/** Gives up on a body that nobody will read, keeping the connection where little is left of it. */
export async function drop(body: Dispatcher.ResponseData["body"]): Promise<void> {
  // read a little so that the connection can be used again, then give up on it
  await body.dump({ limit: 65_536 }).catch(() => undefined);
}

/** The body is larger than its limit, packed or unpacked. */
export class TooLarge extends Error {}

/** Unpacks and collects a body. Throws TooLarge, an error with code `fetch_encoding`, or what the stream throws. */
export async function readBody(
  body: Readable,
  encoding: string | null,
  length: string | null,
  maxBytes: number,
): Promise<Uint8Array> {
  // destroying a body that still flows makes it complain later, when nobody listens any more
  body.on("error", () => undefined);
  if (length !== null && Number(length) > maxBytes) {
    body.destroy();
    throw new TooLarge();
  }
  const coding = (encoding ?? "identity").trim().toLowerCase();
  const decoder =
    coding === "gzip" || coding === "x-gzip"
      ? createGunzip()
      : coding === "br"
        ? createBrotliDecompress()
        : coding === "deflate"
          ? createInflate()
          : null;
  if (decoder === null && coding !== "identity" && coding !== "") {
    body.destroy();
    throw Object.assign(new Error(`content-encoding ${coding}`), { code: "fetch_encoding" });
  }
  if (decoder !== null) body.on("error", (error) => decoder.destroy(error));
  const stream = decoder === null ? body : body.pipe(decoder);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new TooLarge();
      chunks.push(chunk);
    }
  } finally {
    stream.destroy();
    body.destroy();
  }
  return Buffer.concat(chunks, size);
}
