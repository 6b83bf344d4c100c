// The graph on disk: vectors.hnsw, and vectors.json that says what it is, written last. A snapshot that is not whole, not of this store or
// not of this model is as good as none: it is never an error.
import { createReadStream, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { reasonOf } from "../../../failure.ts";
import type { HnswIndex, HnswLibrary } from "./hnsw-index.ts";
import { readHnswIndex } from "./hnsw-index.ts";

/** What a snapshot must be of to be used. */
export interface SnapshotOf {
  /** Random name of the database: ids begin anew in a rebuilt one. */
  store: string;
  embedder: string;
  dimension: number;
}

interface SnapshotManifest extends SnapshotOf {
  crc32: number;
}

const CHUNK = 1 << 20;

export interface SnapshotPlace {
  /** Null where there is none to use; `problem` is told once a file is there but cannot be used. */
  read(library: HnswLibrary, of: SnapshotOf, problem: (reason: string) => void): Promise<HnswIndex | null>;
  write(index: HnswIndex, of: SnapshotOf): Promise<void>;
}

export function createSnapshotPlace(folder: string): SnapshotPlace {
  const file = path.join(folder, "vectors.hnsw");
  const manifestFile = path.join(folder, "vectors.json");
  return {
    async read(library, of, problem) {
      if (!existsSync(file) && !existsSync(manifestFile)) return null;
      try {
        const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as SnapshotManifest;
        const other = manifest.store !== of.store || manifest.embedder !== of.embedder || manifest.dimension !== of.dimension;
        if (other) throw new Error("it is of another index");
        if ((await checksum(file)) !== manifest.crc32) throw new Error("it is not whole");
        return await readHnswIndex(library, of.dimension, file);
      } catch (error) {
        problem(reasonOf(error));
        return null;
      }
    },
    async write(index, of) {
      const fresh = `${file}.${process.pid}.tmp`;
      const freshManifest = `${manifestFile}.${process.pid}.tmp`;
      try {
        await index.save(fresh);
        const manifest: SnapshotManifest = { ...of, crc32: await checksum(fresh) };
        renameSync(fresh, file);
        writeFileSync(freshManifest, `${JSON.stringify(manifest)}\n`);
        renameSync(freshManifest, manifestFile);
      } finally {
        rmSync(fresh, { force: true });
        rmSync(freshManifest, { force: true });
      }
    },
  };
}

/** In chunks: the event loop runs between them. */
async function checksum(file: string): Promise<number> {
  let sum = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) sum = crc32(chunk as Buffer, sum);
  return sum;
}
