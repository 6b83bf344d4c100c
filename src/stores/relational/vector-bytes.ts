// A vector as the database keeps it: the bytes of its 32-bit floats.

export function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A copy: the bytes may not stand where a Float32Array may begin. */
export function toVector(bytes: Buffer): Float32Array {
  const copy = new Float32Array(bytes.length / 4);
  Buffer.from(copy.buffer).set(bytes);
  return copy;
}
