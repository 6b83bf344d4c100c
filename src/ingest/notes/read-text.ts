// The reader of text and Markdown: notes written by hand, wire copy, pages saved as text with everything around the article.
// The stored text holds the article's own words only; what the page says about itself becomes values of the document.
import { Failure } from "../../failure.ts";
import { languageOf } from "../../text/language-of.ts";
import { cleanPieces, invisibleWarning } from "../clean-pieces.ts";
import { composeText, type Piece } from "../compose-text.ts";
import { decodeText } from "../decode.ts";
import { withoutHidden } from "../hidden-characters.ts";
import type { ReadHints, ReadResult } from "../read-result.ts";
import { readFrontMatter } from "./front-matter.ts";
import { genreOf } from "./genre.ts";
import { looksLikeMarkdown, readLines } from "./lines.ts";
import { factsOf } from "./note-facts.ts";
import { interviewTurns } from "./speakers.ts";
import { typeLines, type TypedText, type TypedLine } from "./typed-lines.ts";

/** Throws Failure `input_empty` or `input_binary`. */
export async function readText(bytes: Uint8Array, hints: ReadHints): Promise<ReadResult> {
  const charset = /charset=["']?([\w.:-]+)/i.exec(hints.contentType ?? "")?.[1] ?? null;
  const decoded = await decodeText(bytes, charset);
  return readPlainText(decoded.text, hints, decoded.warnings);
}

/** The same for text that is already decoded (the body of a mail, the text of a PDF's pages). `text` has line feeds only. */
export async function readPlainText(given: string, hints: ReadHints, before: readonly string[] = []): Promise<ReadResult> {
  const { text: visible, hidden } = withoutHidden(given);
  const front = await readFrontMatter(visible);
  const named = /\.(?:md|markdown|mdown|mkd)$/i.test(hints.path ?? "") || /^text\/markdown/i.test(hints.contentType ?? "");
  const markdown = named || looksLikeMarkdown(front.body);
  const firstLine = visible.slice(0, visible.length - front.body.length).split("\n").length;
  const lines = readLines(front.body, markdown, firstLine);
  const curated = front.present || (markdown && lines.some((line) => line.kind === "heading"));
  const layout = typeLines(lines, { title: front.values.title ?? null, curated });
  const facts = factsOf(layout);
  const { pieces, interview } = piecesOf(layout, front.values.title ?? facts.title);
  const clean = cleanPieces(pieces);
  const composed = composeText(clean.pieces);
  if (composed.text === "" && clean.warnings.length > 0)
    throw new Failure(
      "input_no_text",
      "it holds instructions to programs only, which are left out",
      "Give a file with running text.",
    );
  if (composed.text === "")
    throw new Failure("input_no_text", "no article text was found in it", "Give a file with running text.");
  const publisher = front.values.publisher ?? facts.publisher;
  const title = front.values.title ?? facts.title;
  const genre =
    front.values.genre === undefined ? genreOf({ title, labels: facts.labels, text: composed.text, interview }) : null;
  const language = front.values.language ?? languageOf(composed.text);
  const evidence: ReadResult["evidence"] = { ...facts.evidence };
  if (genre !== null) evidence.genre = genre.evidence;
  if (front.values.language === undefined && language !== null) evidence.language = "wording";
  for (const key of Object.keys(front.values) as (keyof typeof front.values)[]) evidence[key] = "front matter";
  return {
    title,
    publisher,
    author: front.values.author ?? facts.author,
    published: front.values.published ?? facts.published,
    updated: front.values.updated ?? facts.updated,
    genre: front.values.genre ?? genre?.genre ?? null,
    url: front.values.url ?? facts.url,
    language,
    text: composed.text,
    blocks: composed.blocks,
    evidence,
    warnings: [...before, ...front.warnings, ...clean.warnings, ...invisibleWarning(hidden)],
    extra: front.extra,
  };
}

/** The kept lines with their speakers: those of a symposium's parts or of an interview's turns. */
function piecesOf(layout: TypedText, title: string | null): { pieces: Piece[]; interview: boolean } {
  const heads = new Map(layout.heads.map((head) => [head.at, head]));
  const kept = layout.lines.map((line, at) => ({ line, at })).filter(({ line, at }) => line.keep || heads.has(at));
  // a text of fragments only has no prose to tell the page's lines from: better all of it than nothing
  const used =
    kept.length > 0 ? kept : layout.lines.map((line, at) => ({ line, at })).filter(({ line }) => line.look === "short");
  const turns = new Map(
    (heads.size > 0
      ? []
      : interviewTurns(
          used.map(({ line }) => line.text),
          title,
        )
    ).map((turn) => [turn.at, turn]),
  );
  let voice: { speaker: string | null; role: string | null } = { speaker: null, role: null };
  const pieces = used.map(({ line, at }, index): Piece => {
    const head = heads.get(at);
    if (head !== undefined) {
      voice = { speaker: head.speaker, role: head.role };
      return { kind: "heading", text: head.speaker ?? line.text, ...voice };
    }
    const turn = turns.get(index);
    if (turn !== undefined) voice = { speaker: turn.speaker, role: turn.role };
    if (turns.size > 0 && /^(?:this|the|our) (?:interview|conversation|transcript)\b/i.test(line.text))
      voice = { speaker: null, role: null };
    const text = turn === undefined ? line.text : line.text.slice(turn.label);
    return { kind: kindOf(line), text, ...voice };
  });
  return { pieces, interview: turns.size > 0 };
}

function kindOf(line: TypedLine): Piece["kind"] {
  if (line.kind === "heading" || line.kind === "item") return line.kind;
  const titled = line.look === "short" && line.words <= 16 && !/[.,;:!…]["”’)]*$/.test(line.text);
  return titled || (line.look === "date" && line.part === "body") ? "heading" : "paragraph";
}
