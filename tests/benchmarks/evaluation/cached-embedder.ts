// An embedder that keeps its vectors of earlier runs in a file, so that measuring again costs no model time. For evaluation only: the
// program itself never answers from it. A file that was cut short is read up to the cut.
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync } from "node:fs";
import path from "node:path";
import type { Embedder } from "../../../src/models/embedder.ts";

const KEY_BYTES = 16;

/** Wraps `embedder`; vectors are kept in `folder`, one file an identity. */
export async function createCachedEmbedder(embedder: Embedder, folder: string): Promise<Embedder> {
  const name = createHash("sha256").update(embedder.identity).digest("hex").slice(0, 16);
  mkdirSync(folder, { recursive: true });
  // the name tells how long the vectors are
  const kept = readdirSync(folder).find((file) => file.startsWith(`${name}-`));
  const dimension = Number(/-(\d+)\.vectors$/.exec(kept ?? "")?.[1] ?? (await embedder.embed(["ready"], "query"))[0]?.length);
  const file = path.join(folder, `${name}-${dimension}.vectors`);
  const torn = existsSync(file) ? statSync(file).size % (KEY_BYTES + 4 * dimension) : 0;
  if (torn > 0) truncateSync(file, statSync(file).size - torn);
  const known = existsSync(file) ? read(readFileSync(file), dimension) : new Map<string, Float32Array>();
  return {
    identity: embedder.identity,
    async embed(texts, kind, signal) {
      const keys = texts.map((text) => keyOf(kind, text));
      const missing = keys.flatMap((key, index) => (known.has(key) ? [] : [index]));
      for (let at = 0; at < missing.length; at += 64) {
        const some = missing.slice(at, at + 64);
        const vectors = await embedder.embed(
          some.map((index) => texts[index] ?? ""),
          kind,
          signal,
        );
        const records = some.flatMap((index, nth) => {
          const vector = vectors[nth];
          const key = keys[index];
          if (vector === undefined || key === undefined) return [];
          known.set(key, vector);
          return [Buffer.from(key, "hex"), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)];
        });
        appendFileSync(file, Buffer.concat(records));
      }
      return keys.map((key) => known.get(key) ?? new Float32Array(dimension));
    },
    close: () => embedder.close(),
  };
}

function keyOf(kind: string, text: string): string {
  return createHash("sha256")
    .update(`${kind}\0${text}`)
    .digest("hex")
    .slice(0, 2 * KEY_BYTES);
}

function read(bytes: Buffer, dimension: number): Map<string, Float32Array> {
  const size = KEY_BYTES + 4 * dimension;
  const known = new Map<string, Float32Array>();
  for (let at = 0; at + size <= bytes.length; at += size) {
    const key = bytes.subarray(at, at + KEY_BYTES).toString("hex");
    const floats = bytes.buffer.slice(bytes.byteOffset + at + KEY_BYTES, bytes.byteOffset + at + size) as ArrayBuffer;
    known.set(key, new Float32Array(floats));
  }
  return known;
}
