// The body of one answer, unpacked within a limit: a small packed body that unpacks to a huge one is cut off as it grows.
import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["br", createBrotliDecompress],
  ["deflate", createInflate],
]);

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
  const decoder = DECODERS.get(coding)?.() ?? null;
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
