// The reader of text and Markdown: notes written by hand, wire copy, pages saved as text with everything around the article.
// The stored text holds the article's own words only; what the page says about itself becomes values of the document.
import type { Voice } from "../../domain.ts";
import { languageOf } from "../../text/language-of.ts";
import { cleanPieces, invisibleWarning, withoutHidden } from "../clean-pieces.ts";
import { composeText, type Piece } from "../compose-text.ts";
import { decodeText } from "../decode.ts";
import { foundAt, notRead, resultOf, type Facts, type ReadHints, type ReadResult } from "../read-result.ts";
import { readFrontMatter } from "./front-matter.ts";
import { genreOf } from "./genre.ts";
import { looksLikeMarkdown, readLines } from "./lines.ts";
import { factsOf, labelsOf } from "./note-facts.ts";
import { interviewTurns } from "./speakers.ts";
import { typeLines, type TypedText, type TypedLine } from "./typed-lines.ts";

/** Throws Failure `input_empty` or `input_binary`. */
export async function readText(bytes: Uint8Array, hints: ReadHints): Promise<ReadResult> {
  const charset = /charset=["']?([\w.:-]+)/i.exec(hints.contentType ?? "")?.[1] ?? null;
  const decoded = await decodeText(bytes, charset);
  return readPlainText(decoded.text, hints, decoded.warnings);
}

/** The same for text that is already decoded. `text` has line feeds only. */
export async function readPlainText(given: string, hints: ReadHints, before: readonly string[] = []): Promise<ReadResult> {
  const { text: visible, hidden } = withoutHidden(given);
  const front = await readFrontMatter(visible);
  const named = /\.(?:md|markdown|mdown|mkd)$/i.test(hints.path ?? "") || /^text\/markdown/i.test(hints.contentType ?? "");
  const markdown = named || looksLikeMarkdown(front.body);
  const firstLine = visible.slice(0, visible.length - front.body.length).split("\n").length;
  const lines = readLines(front.body, markdown, firstLine);
  const curated = front.present || (markdown && lines.some((line) => line.kind === "heading"));
  const layout = typeLines(lines, { title: front.facts.title?.value ?? null, curated });
  const found = factsOf(layout);
  const title = (front.facts.title ?? found.title)?.value ?? null;
  const { pieces, interview } = piecesOf(layout, title);
  const clean = cleanPieces(pieces);
  const composed = composeText(clean.pieces);
  if (composed.text === "") {
    const why =
      clean.warnings.length > 0 ? "it holds instructions to programs only, which are left out" : "it holds no article text";
    throw notRead("input_no_text", why, "Give a file with running text.");
  }
  const told: Facts = { ...found, language: foundAt(languageOf(composed.text), "wording"), ...front.facts };
  told.genre ??= genreOf({ title, labels: labelsOf(layout.lines), text: composed.text, interview });
  const warnings = [...before, ...front.warnings, ...clean.warnings, ...invisibleWarning(hidden)];
  return resultOf(told, composed, warnings, front.extra);
}

/** The kept lines with their speakers: those of a symposium's parts or of an interview's turns. */
function piecesOf(layout: TypedText, title: string | null): { pieces: Piece[]; interview: boolean } {
  const heads = new Map(layout.heads.map((head) => [head.at, head]));
  const all = layout.lines.map((line, at) => ({ line, at }));
  const kept = all.filter(({ line, at }) => line.keep || heads.has(at));
  // a text of fragments only has no prose to tell the page's lines from: better all of it than nothing
  const used = kept.length > 0 ? kept : all.filter(({ line }) => line.look === "short");
  const texts = used.map(({ line }) => line.text);
  const turns = new Map((heads.size > 0 ? [] : interviewTurns(texts, title)).map((turn) => [turn.at, turn]));
  let voice: Voice = { speaker: null, role: null };
  const pieces = used.map(({ line, at }, index): Piece => {
    const head = heads.get(at);
    const turn = turns.get(index);
    const next = head ?? turn;
    if (next !== undefined) voice = { speaker: next.speaker, role: next.role };
    if (head !== undefined) return { kind: "heading", text: head.speaker ?? line.text, ...voice };
    if (turns.size > 0 && /^(?:this|the|our) (?:interview|conversation|transcript)\b/i.test(line.text))
      voice = { speaker: null, role: null };
    return { kind: kindOf(line), text: line.text.slice(turn?.label ?? 0), ...voice };
  });
  return { pieces, interview: turns.size > 0 };
}

function kindOf({ kind, look, part, words, text }: TypedLine): Piece["kind"] {
  if (kind !== "plain") return kind;
  const titled = look === "short" && words <= 16 && !/[.,;:!…]["“”’)]*$/.test(text);
  return titled || (look === "date" && part === "body") ? "heading" : "paragraph";
}
