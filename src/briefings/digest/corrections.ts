// What became of documents that had been told: corrected or withdrawn, in a sentence of ours that names who did it, with the publisher's
// own line and the new wording where they still stand in the text. It says no more than the notice does, and guesses no reason.
import { createHash } from "node:crypto";
import { cited, quoted, type SourceList, type Statement } from "../../answer/citations.ts";
import type { Document, Filter, Notice, Passage } from "../../domain.ts";
import type { Correction } from "../../results.ts";
import { asPattern } from "../../text/words.ts";

interface CorrectedLibrary {
  documents(filter: Filter): Promise<readonly Document[]>;
  passagesOf(documentId: string): Promise<Passage[]>;
}

/** Characters of an old wording that are shown. */
const LONGEST_BEFORE = 400;

/** Those of documents that the filter lets through, oldest first. */
export async function correctionsOf(
  notices: readonly Notice[],
  library: CorrectedLibrary,
  filter: Filter,
  sources: SourceList,
): Promise<Correction[]> {
  const wanted = new Map(notices.map((notice) => [keyOf(notice), notice]));
  if (wanted.size === 0) return [];
  const ids = [...new Set([...wanted.values()].map(({ document }) => document))];
  const documents = new Map(
    (await library.documents({ ...filter, documents: ids, undated: true })).map((each) => [each.id, each]),
  );
  const found: Correction[] = [];
  for (const [id, { document: documentId, kind, at, before, after, reason }] of wanted) {
    const document = documents.get(documentId);
    // what was deleted here or is not for this reader is not spoken of
    if (document === undefined) continue;
    const passages = await library.passagesOf(documentId);
    const replaced = before === null ? null : onlyLine(after, reason);
    const lines = replaced === null ? [reason] : [reason, replaced];
    const sentences = lines.flatMap((line) => placed(line, passages) ?? []).map((statement) => cited(statement, sources));
    const was = kind === "corrected" ? onlyLine(before) : null;
    found.push({
      id,
      document: documentId,
      kind,
      noticed: at,
      text: sentenceOf(kind, reason, document),
      sentences,
      before: was === null || was.length > LONGEST_BEFORE ? null : was,
    });
  }
  return found;
}

const keyOf = ({ document, kind, at }: Notice): string =>
  createHash("sha256").update(`${document}|${kind}|${at}`).digest("hex").slice(0, 16);

/** One sentence against one: where several changed, nobody can say which took whose place. */
function onlyLine(lines: string | null, but?: string): string | null {
  const others = (lines ?? "").split("\n").filter((line) => line !== "" && line !== but);
  return others.length === 1 ? (others[0] ?? null) : null;
}

/** The place where the line stands, whatever its white space. */
function placed(line: string, passages: readonly Passage[]): Statement | null {
  const words = line.trim().split(/\s+/).map(asPattern);
  if (words.length < 3) return null;
  const pattern = new RegExp(words.join("\\s+"));
  for (const passage of passages) {
    const hit = pattern.exec(passage.text);
    if (hit === null) continue;
    const start = passage.start + hit.index;
    return { parts: [quoted({ passage, start, end: start + hit[0].length })] };
  }
  return null;
}

function sentenceOf(kind: "corrected" | "withdrawn", reason: string, { publisher, title }: Document): string {
  const what = title === null ? "a report" : `“${title}”`;
  const whose = publisher === null ? what : `${what} (${publisher})`;
  if (kind === "corrected") return publisher === null ? `${capital(what)} was corrected.` : `${publisher} has corrected ${what}.`;
  if (reason.startsWith("noindex")) return `${capital(whose)} asks not to be listed any more.`;
  const status = /\((\d{3})\)/.exec(reason)?.[1];
  if (status !== undefined) return `${capital(whose)} is no longer at its address (${status}).`;
  return publisher === null ? `${capital(what)} was withdrawn.` : `${publisher} has withdrawn ${what}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
