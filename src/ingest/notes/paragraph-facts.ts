// What the paragraphs of a printed page or a Word file say of themselves above the text: title, author, publisher, dates. The lines that say
// it are no sentences of the text. A document's properties are asked only where the page says nothing: programs fill them in.
import type { Piece } from "../compose-text.ts";
import { factsOf, type PageFacts } from "./note-facts.ts";
import { typeLines } from "./typed-lines.ts";

export interface StatedProperties {
  title: string | null;
  author: string | null;
  /** What such a property is called for people: "PDF property". */
  name: string;
}

/** Names that programs give to documents nobody named. */
const UNNAMED =
  /\.(?:docx?|pdf|indd|tex|odt|rtf|xlsx?)$|^(?:microsoft word|untitled|document ?\d*|powerpoint|presentation ?\d*|template|print)\b/i;
/** Beyond this, a page speaks of something else than itself. */
const MOST = 400;

export function paragraphFacts<T extends Piece>(
  pieces: readonly T[],
  stated: StatedProperties,
): Pick<PageFacts, "title" | "author" | "publisher" | "published" | "updated" | "evidence"> & { pieces: T[] } {
  const lines = pieces.slice(0, MOST).map(({ kind, text }, at) => ({
    text: text.replace(/\s+/g, " ").trim(),
    kind: kind === "paragraph" ? ("plain" as const) : kind,
    level: kind === "heading" ? 1 : 0,
    gap: true,
    number: at + 1,
  }));
  const layout = typeLines(lines, { title: null, curated: true });
  const facts = factsOf(layout);
  const property = stated.title !== null && !UNNAMED.test(stated.title) ? stated.title : null;
  const heading = lines.find((line, at) => line.kind === "heading" && layout.lines[at]?.part === "head")?.text ?? null;
  const fuller = heading !== null && property?.startsWith(heading) === true;
  const title = (fuller ? property : heading) ?? property ?? facts.title;
  const person =
    stated.author !== null && /^\p{Lu}[\p{L}.'’-]+(?:[ ,]+[\p{L}.'’-]+){1,8}$/u.test(stated.author) ? stated.author : null;
  const author = facts.author ?? person;
  const evidence = { ...facts.evidence };
  if (title === null) delete evidence.title;
  else
    evidence.title = title === heading ? "first heading" : title === property ? `${stated.name} title` : (evidence.title ?? "");
  if (facts.author === null && person !== null) evidence.author = `${stated.name} author`;
  const own = pieces.filter((_, at) => {
    const line = layout.lines[at];
    if (line === undefined || line.part !== "head") return true;
    return !(line.look === "byline" || line.look === "date" || line.text === facts.author);
  });
  const { publisher, published, updated } = facts;
  return { title, author, publisher, published, updated, evidence, pieces: own };
}
