// A stretch of text as a source, with what is known of its document: out of a passage, or as `verify` is handed it: texts in a row, each with
// lines of front matter above it ("published: 2025-10-31"). Without such lines it is one text of which nothing is known.
import { type CitedText, GENRES, type Passage } from "../domain.ts";

const FIELDS = ["title", "publisher", "author", "published", "genre", "heading", "speaker", "role"] as const;
type Field = (typeof FIELDS)[number];
/** So many lines of that form in a row, with nothing but an empty line before them, are lines about a document, not of its text. */
const LEAST_LINES = 2;
const ABOUT = new RegExp(`(?:^|\\n\\s*\\n)((?:(?:${FIELDS.join("|")}): .*(?:\\n|$)){${LEAST_LINES},})`, "g");

export function citedTexts(source: string): CitedText[] {
  const heads = [...source.matchAll(ABOUT)];
  if (heads.length === 0 || source.slice(0, heads[0]?.index).trim() !== "") return [cited(source, new Map())];
  return heads.map(({ 0: whole, 1: lines = "", index }, at) => {
    const fields = new Map(
      lines
        .trim()
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf(":")) as Field, line.slice(line.indexOf(":") + 1).trim()]),
    );
    return cited(source.slice(index + whole.length, heads[at + 1]?.index).trim(), fields);
  });
}

function cited(text: string, fields: ReadonlyMap<Field, string>): CitedText {
  const field = (name: Field): string | null => fields.get(name) ?? null;
  const [speaker = null, ...role] = field("speaker")?.split(", ") ?? [];
  const published = field("published");
  return {
    text,
    title: titleOf(field("title"), field("heading")),
    publisher: field("publisher"),
    author: field("author"),
    published: published !== null && /^\d{4}/.test(published) ? published : null,
    genre: GENRES.find((genre) => genre === field("genre")) ?? null,
    speaker,
    role: field("role") ?? (role.length === 0 ? null : role.join(", ")),
  };
}

/** Words of a passage; the heading they stand under counts as title. */
export function citedFrom({ document, heading, speaker, role }: Passage, text: string): CitedText {
  const { publisher, author, published, genre } = document;
  return { text, title: titleOf(document.title, heading), publisher, author, published, genre, speaker, role };
}

function titleOf(title: string | null, heading: string | null): string | null {
  const parts = [title, heading].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" / ");
}
