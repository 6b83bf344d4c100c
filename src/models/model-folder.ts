// What a folder with an ONNX sentence model holds: its files, how long a text it reads, the words that its tokenizer knows, and a name for it.
import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, readdirSync } from "node:fs";
import path from "node:path";

/** The most tokens, whatever a model's configuration says: a passage has some 250. */
const MOST_TOKENS = 512;
const LIMITS = [
  ["sentence_bert_config.json", "max_seq_length"],
  ["tokenizer_config.json", "model_max_length"],
  ["config.json", "max_position_embeddings"],
] as const;
const END_BYTES = 65_536;

/** Empty where the file is not there; an error that names it where it is no JSON. */
export function jsonIn(folder: string, name: string): Record<string, unknown> {
  const file = path.join(folder, name);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`${name} is not JSON`, { cause });
  }
}

export function maxTokensOf(folder: string): number {
  const stated = LIMITS.map(([name, key]) => jsonIn(folder, name)[key]).find((value) => typeof value === "number" && value > 0);
  return Math.min(typeof stated === "number" ? stated : MOST_TOKENS, MOST_TOKENS);
}

/** Any *.onnx in the folder or in its onnx/; a quantised one first, as it is smaller and faster. */
function modelFile(folder: string): string {
  const [first] = [folder, path.join(folder, "onnx")]
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => path.join(place, name)))
    .filter((file) => file.endsWith(".onnx"))
    .toSorted((a, b) => Number(/int8|quant/.test(b)) - Number(/int8|quant/.test(a)) || (a < b ? -1 : 1));
  if (first === undefined) throw new Error(`no .onnx file in ${folder}`);
  return first;
}

/** A model's bytes: the folder's own, or the one of that name. Where a folder ships SHA256SUMS, one that differs is an error: it would give wrong vectors without a word. */
export function modelBytes(folder: string, named?: string): Buffer {
  const file = named === undefined ? modelFile(folder) : path.join(folder, named);
  const bytes = readFileSync(file);
  const name = path.basename(file);
  const sums = path.join(folder, "SHA256SUMS");
  const lines = existsSync(sums) ? readFileSync(sums, "utf8").split("\n") : [];
  const expected = lines.find((line) => line.trim().endsWith(name))?.split(/\s+/)[0];
  if (expected !== undefined && expected !== createHash("sha256").update(bytes).digest("hex"))
    throw new Error(`${name} is damaged: its checksum is not the one in SHA256SUMS`);
  return bytes;
}

/** Folder name and a hash over sizes and both ends of its model files: another file is another identity, without reading gigabytes. */
export function identityOf(folder: string): string {
  const hash = createHash("sha256");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.onnx$|tokenizer\.json$|^1_Pooling/.test(name))
    .toSorted();
  for (const name of names) {
    const handle = openSync(path.join(folder, name), "r");
    try {
      const facts = fstatSync(handle);
      if (facts.size === 0 || facts.isDirectory()) continue;
      const bytes = Buffer.alloc(END_BYTES);
      hash.update(`${name} ${facts.size}\n`);
      for (const from of [0, Math.max(0, facts.size - bytes.length)])
        hash.update(bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, from)));
    } finally {
      closeSync(handle);
    }
  }
  return `onnx:${path.basename(folder)}-${hash.digest("hex").slice(0, 12)}`;
}

/**
 * The whole words that the tokenizer knows, some twenty thousand common ones: enough to tell a rare word or a slip from an ordinary word. A list
 * of another make, or none that can be read, knows every word: then nothing passes for a slip. Read when it is first asked.
 */
export function wordListOf(folder: string): (word: string) => boolean {
  let words: ReadonlySet<string> | null = null;
  const load = (): ReadonlySet<string> => {
    try {
      const { model } = jsonIn(folder, "tokenizer.json") as { model?: { type?: string; vocab?: object } };
      const vocabulary = model?.vocab ?? {};
      return new Set(model?.type === "WordPiece" && !Array.isArray(vocabulary) ? Object.keys(vocabulary) : []);
    } catch {
      return new Set(); // the model itself reports what is wrong with its folder
    }
  };
  return (word) => {
    words ??= load();
    return words.size === 0 || words.has(word);
  };
}
