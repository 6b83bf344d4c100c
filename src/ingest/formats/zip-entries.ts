// What a ZIP container says it holds, and single entries of it unpacked within a limit. Writes nothing to disk, follows no name as a path.
import { inflateRawSync } from "node:zlib";

export interface ZipEntry {
  name: string;
  encrypted: boolean;
  /** Throws an error with code `ERR_BUFFER_TOO_LARGE` where it is more than that, and others where it is damaged. */
  unpack(maxBytes: number): Uint8Array;
}

const MAX_ENTRIES = 10_000;

/** Throws RangeError where the container is broken. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const floor = Math.max(0, end - 65_536);
  while (end >= floor && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < floor) throw new RangeError("no central directory");
  const count = Math.min(view.getUint16(end + 10, true), MAX_ENTRIES);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError("broken central directory");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const packed = view.getUint32(at + 20, true);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const local = view.getUint32(at + 42, true);
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString("utf8");
    entries.push({
      name,
      encrypted: (flags & 1) === 1,
      unpack(maxBytes) {
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        const data = bytes.subarray(start, start + packed);
        if (method === 0 && data.length > maxBytes)
          throw Object.assign(new RangeError("too large"), { code: "ERR_BUFFER_TOO_LARGE" });
        return method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(1, maxBytes) });
      },
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}
