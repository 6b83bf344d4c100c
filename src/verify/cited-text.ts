// A stretch of text as a source: with what is known of its document, or with nothing known.
import type { CitedText, Passage } from "../domain.ts";

export const bareText = (text: string): CitedText => ({
  text,
  title: null,
  publisher: null,
  author: null,
  published: null,
  genre: null,
  speaker: null,
  role: null,
});

/** Words of a passage; the heading they stand under counts as title. */
export function citedFrom({ document, heading, speaker, role }: Passage, text: string): CitedText {
  const { publisher, author, published, genre } = document;
  const title = [document.title, heading].filter((part) => part !== null).join(" / ");
  return { text, title: title === "" ? null : title, publisher, author, published, genre, speaker, role };
}
