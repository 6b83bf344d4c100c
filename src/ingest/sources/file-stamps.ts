// Which files were read already, told by size and times without opening them, so that ten thousand unchanged files cost next to nothing.
// A stamp is only a shortcut to a fingerprint: lost or damaged stamps mean reading again, never a wrong result.
import type { Stats } from "node:fs";
import { READER_VERSION } from "../article.ts";
import { storedJson, type NamedValues } from "../feeds/feed-memory.ts";

export type FileStamps = Awaited<ReturnType<typeof loadStamps>>;

const KEY = "files:stamps";
const MOST = 200_000;
/** Within one tick of a coarse file system clock a second write may leave the same times. */
const SETTLED_MS = 2_000;

/** Null for a file that was written a moment ago: it may be written again within the same tick. */
export const stampOf = ({ size, mtimeMs, ctimeMs, ino }: Stats, nowMs: number): string | null =>
  nowMs - Math.max(mtimeMs, ctimeMs) < SETTLED_MS ? null : `${READER_VERSION}:${size}:${mtimeMs}:${ctimeMs}:${ino}`;

export async function loadStamps(values: NamedValues) {
  // lost or damaged: the files are read again
  const stored = await storedJson(values, KEY).catch(() => null);
  const known = new Map(Object.entries((stored ?? {}) as Record<string, [stamp: string, fingerprint: string]>));
  /** The fingerprint that the file had when its stamp was noted; null where it may have changed since. */
  const fingerprint = (absolute: string, stamp: string): string | null => {
    const entry = known.get(absolute);
    return entry?.[0] === stamp ? entry[1] : null;
  };
  let changed = false;
  return {
    fingerprint,
    note(absolute: string, stamp: string, own: string): void {
      if (fingerprint(absolute, stamp) === own) return;
      known.delete(absolute);
      known.set(absolute, [stamp, own]);
      changed = true;
    },
    /** Keeps what was noted, where anything was. */
    async save(): Promise<void> {
      if (!changed) return;
      changed = false;
      await values.setValue(KEY, JSON.stringify(Object.fromEntries([...known].slice(-MOST))));
    },
  };
}
