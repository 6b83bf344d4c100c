// The whole words that a sentence model's tokenizer knows: some twenty thousand common ones, enough to tell a rare word or a slip from an
// ordinary word. Read when it is first asked.
import { readFileSync } from "node:fs";
import path from "node:path";

/** For a folder with tokenizer.json. A list of another make, or none that can be read, knows every word: then nothing passes for a slip. */
export function wordListOf(folder: string): (word: string) => boolean {
  let words: ReadonlySet<string> | null = null;
  return (word) => {
    words ??= load(folder);
    return words.size === 0 || words.has(word);
  };
}

function load(folder: string): ReadonlySet<string> {
  try {
    const { model } = JSON.parse(readFileSync(path.join(folder, "tokenizer.json"), "utf8")) as {
      model?: { type?: string; vocab?: object };
    };
    const vocabulary = model?.vocab ?? {};
    return new Set(model?.type === "WordPiece" && !Array.isArray(vocabulary) ? Object.keys(vocabulary) : []);
  } catch {
    return new Set(); // the model itself reports what is wrong with its folder
  }
}
