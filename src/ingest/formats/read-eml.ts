// The reader of e-mails saved as .eml: newsletters and statements. Text as its writer sent it; quoted earlier letters, signatures and attachments
// are left out (attachments are named in a warning). Loads nothing that the letter points to.
import { Failure } from "../../failure.ts";
import { commandsWarning, withoutCommands } from "../commands-to-programs.ts";
import { composeText, type Piece } from "../compose.ts";
import { withoutHidden } from "../hidden-characters.ts";
import type { ReadHints, ReadResult } from "../reading.ts";
import { isFurniture } from "../web/boilerplate.ts";
import { parsePage } from "../web/dom.ts";
import { segmentsOf } from "../web/segments.ts";
import { statedDate } from "../web/stated-dates.ts";
import { dropInvisible } from "../web/visibility.ts";

const MAX_BYTES = 50_000_000;

/** Failure `input_encrypted`, `input_broken`, `input_no_text`, `input_too_large`. `published` is the letter's Date line. */
export async function readEml(bytes: Uint8Array, _hints: ReadHints): Promise<ReadResult> {
  if (bytes.byteLength > MAX_BYTES)
    throw new Failure("input_too_large", "Not read: the e-mail is larger than 50 MB.", "Save its text alone.");
  const { default: PostalMime } = await import("postal-mime");
  let mail: Awaited<ReturnType<typeof PostalMime.parse>>;
  try {
    mail = await PostalMime.parse(bytes.slice());
  } catch (cause) {
    throw new Failure("input_broken", "Not read: the file is not a whole e-mail.", "Save it from the mail program again.", {
      cause,
    });
  }
  const header = (name: string): string | null => mail.headers.find(({ key }) => key === name)?.value ?? null;
  if (/multipart\/encrypted|smime-type\s*=\s*"?enveloped/i.test(header("content-type") ?? "")) {
    throw new Failure("input_encrypted", "Not read: the e-mail is encrypted.", "Save it decrypted from your mail program.");
  }
  const warnings: string[] = [];
  const fromHtml = mail.html === undefined || mail.html.trim() === "" ? [] : await htmlPieces(mail.html, warnings);
  const fromText = mail.text === undefined ? [] : textPieces(mail.text);
  const long = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  const chosen = long(fromHtml) >= long(fromText) * 0.5 ? fromHtml : fromText;
  const pieces = chosen.map((piece) => ({ ...piece, ...withoutCommands(withoutHidden(piece.text).text) }));
  warnings.push(...commandsWarning(pieces.reduce((sum, { removed }) => sum + removed, 0)));
  const { text, blocks } = composeText(pieces);
  if (text.length < 20)
    throw new Failure(
      "input_no_text",
      "Not read: the e-mail holds no text of its own.",
      "If its text is in an attachment, save and ingest that.",
    );
  const files = mail.attachments.filter((file) => file.disposition !== "inline" && file.related !== true);
  if (files.length > 0)
    warnings.push(
      `Attachments not read: ${files
        .map((file) => file.filename ?? file.mimeType)
        .join(", ")
        .slice(0, 300)}.`,
    );
  const subject = mail.subject?.replace(/\s+/g, " ").trim() ?? "";
  const title = subject.replace(/^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+/i, "");
  const sender = mail.from?.name?.trim() ?? "";
  const sent = header("date");
  const published = sent === null ? null : statedDate(sent);
  return {
    title: title === "" ? null : title,
    publisher: null,
    author: sender === "" || /@/.test(sender) ? null : sender,
    published,
    updated: null,
    genre: null,
    url: null,
    language: /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.exec(header("content-language") ?? "")?.[0] ?? null,
    text,
    blocks,
    evidence: {
      ...(title === "" ? {} : { title: "e-mail Subject" }),
      ...(sender === "" ? {} : { author: "e-mail From" }),
      ...(published === null ? {} : { published: `e-mail Date: "${sent}"` }),
    },
    warnings,
    extra: {
      ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
      ...(mail.from?.address === undefined ? {} : { from: mail.from.address }),
    },
  };
}

async function htmlPieces(html: string, warnings: string[]): Promise<Piece[]> {
  const page = await parsePage(html);
  const hidden = dropInvisible(page);
  if (hidden.count > 0) warnings.push(`Hidden text left out: ${hidden.count} ${hidden.count === 1 ? "piece" : "pieces"}.`);
  for (const quoted of page.querySelectorAll(
    "blockquote[type=cite],.gmail_quote,.gmail_signature,.moz-cite-prefix,.moz-signature",
  ))
    quoted.remove();
  const root = page.body ?? page.documentElement;
  return root === null
    ? []
    : segmentsOf(root)
        .filter((segment) => !isFurniture(segment) && !UNSUBSCRIBE.test(segment.text))
        .map(({ kind, text }) => ({ kind, text }));
}

const UNSUBSCRIBE =
  /^.{0,160}\b(?:unsubscribe|view (?:this (?:e-?mail|message)|it)? ?in (?:your )?browser|update your preferences|manage your subscription|you (?:are receiving|received) this (?:e-?mail|message)|newsletter abbestellen)\b.{0,160}$/i;

function textPieces(text: string): Piece[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const signature = lines.findIndex((line) => line === "-- " || line === "--");
  const own = (signature > 0 ? lines.slice(0, signature) : lines).filter((line) => !line.startsWith(">"));
  const wrote = own.findIndex((line) => /^(?:on|am|le|el)\b.{8,120}(?:wrote|schrieb|a écrit|escribió)\s?:\s*$/i.test(line));
  const shown = wrote > 0 ? own.slice(0, wrote) : own;
  return shown
    .join("\n")
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== "" && !UNSUBSCRIBE.test(part))
    .map((part) => ({ kind: /^[-*•]\s/.test(part) ? "item" : "paragraph", text: part }));
}
