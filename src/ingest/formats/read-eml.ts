import { isOutlet } from "../bylines.ts";
// The reader of e-mails saved as .eml: newsletters and statements. Text as its writer sent it; quoted earlier letters, signatures and attachments
// are left out (attachments are named in a warning). Loads nothing that the letter points to.
import { cleanPieces } from "../clean-pieces.ts";
import { composeText, type Piece } from "../compose-text.ts";
import { windowsMarks } from "../entities.ts";
import { isFurniture } from "../html/boilerplate.ts";
import { parsePage } from "../html/dom.ts";
import { segmentsOf } from "../html/segments.ts";
import { statedDate } from "../html/stated-dates.ts";
import { dropInvisible } from "../html/visibility.ts";
import { languageTag, notRead, type ReadHints, type ReadResult } from "../read-result.ts";

/** Failure `input_encrypted`, `input_broken`, `input_no_text`. `published` is the letter's Date line. */
export async function readEml(bytes: Uint8Array, _hints: ReadHints): Promise<ReadResult> {
  const { default: PostalMime } = await import("postal-mime");
  let mail: Awaited<ReturnType<typeof PostalMime.parse>>;
  try {
    mail = await PostalMime.parse(readable(bytes));
  } catch (cause) {
    throw notRead("input_broken", "the file is not a whole e-mail", "Save it from the mail program again.", cause);
  }
  const header = (name: string): string | null => mail.headers.find(({ key }) => key === name)?.value ?? null;
  if (/multipart\/encrypted|smime-type\s*=\s*"?enveloped/i.test(header("content-type") ?? "")) {
    throw notRead("input_encrypted", "the e-mail is encrypted", "Save it decrypted from your mail program.");
  }
  let unseen = 0;
  const subject = windowsMarks(mail.subject ?? "")
    .replace(/\s+/g, " ")
    .trim();
  const fromHtml =
    mail.html === undefined || mail.html.trim() === ""
      ? []
      : await htmlParagraphs(mail.html, subject, (count) => (unseen = count));
  const fromText = mail.text === undefined ? [] : textParagraphs(mail.text);
  const long = (paragraphs: readonly Piece[]): number => paragraphs.reduce((sum, { text }) => sum + text.length, 0);
  const letter = ownLetter(long(fromHtml) >= long(fromText) * 0.5 ? fromHtml : fromText, subject);
  const clean = cleanPieces(
    letter.paragraphs.map((piece) => ({ ...piece, text: windowsMarks(piece.text) })),
    { count: unseen, texts: [] },
  );
  const { text, blocks } = composeText(clean.pieces);
  const warnings = clean.warnings;
  if (text.length < 20)
    throw notRead(
      "input_no_text",
      "the e-mail holds no text of its own",
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
  const { forwarded } = letter;
  const title = (forwarded?.subject ?? subject).replace(REPLY, "");
  const sender = forwarded === null ? windowsMarks(mail.from?.name?.trim() ?? "") : forwarded.from;
  const sent = forwarded === null ? header("date") : forwarded.sent;
  const published = sent === null ? null : statedDate(sent.replace(/\sat\s/, " "));
  const person = sender === "" || /@/.test(sender) ? null : sender;
  const publisher = person !== null && isOutlet(person) ? person : letter.outlet;
  const author = person === publisher ? null : person;
  const place = forwarded === null ? "e-mail" : "forwarded message:";
  return {
    title: title === "" ? null : title,
    publisher,
    author,
    published,
    updated: null,
    genre: null,
    url: null,
    language: languageTag(header("content-language")),
    text,
    blocks,
    evidence: {
      ...(title === "" ? {} : { title: `${place} Subject` }),
      ...(author === null ? {} : { author: `${place} From` }),
      ...(publisher === null ? {} : { publisher: publisher === person ? `${place} From` : "signature" }),
      ...(published === null ? {} : { published: `${place} Date: "${sent}"` }),
    },
    warnings,
    extra: {
      ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
      ...(mail.from?.address === undefined ? {} : { from: mail.from.address }),
    },
  };
}

/** Header lines hold letters of their charset as they are in old mails; they are read as the parser wants them. */
function readable(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const head = bytes.slice(0, end);
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head);
    return bytes.slice();
  } catch {
    return Uint8Array.from(Buffer.concat([Buffer.from(windowsMarks(text.slice(0, end))), bytes.slice(end)]));
  }
}

async function htmlParagraphs(html: string, subject: string, onHidden: (count: number) => void): Promise<Piece[]> {
  const page = await parsePage(html);
  onHidden(dropInvisible(page).count);
  const root = page.body ?? page.documentElement;
  if (root === null) return [];
  const passedOn = FORWARD.test(subject) || MARKER.test(root.textContent ?? "");
  const quoted = passedOn ? ".gmail_signature,.moz-signature" : QUOTED;
  for (const element of page.querySelectorAll(quoted)) element.remove();
  return segmentsOf(root)
    .filter((segment) => !isFurniture(segment) || LABELS.test(segment.text))
    .map(({ kind, text }) => ({ kind, text }));
}

const QUOTED = "blockquote[type=cite],.gmail_quote,.gmail_signature,.moz-cite-prefix,.moz-signature";

const UNSUBSCRIBE =
  /^.{0,160}\b(?:unsubscribe|view (?:this (?:e-?mail|message)|it)? ?in (?:your )?browser|update your preferences|manage your subscription|you (?:are receiving|received) this (?:e-?mail|message)|newsletter abbestellen)\b.{0,160}$/i;

function textParagraphs(text: string): Piece[] {
  const paragraphs: Piece[] = [];
  let lines: string[] = [];
  const close = (): void => {
    const part = lines.join("\n").trim();
    if (part !== "") paragraphs.push({ kind: /^[-*•]\s/.test(part) ? "item" : "paragraph", text: part });
    lines = [];
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    if (line.startsWith(">")) continue;
    if (line.trim() === "" || SIGNATURE.test(line) || MARKER.test(line)) close();
    if (SIGNATURE.test(line) || MARKER.test(line)) paragraphs.push({ kind: "paragraph", text: line });
    else lines.push(line);
  }
  close();
  return paragraphs;
}

const REPLY = /^(?:(?:re|fwd?|aw|wg|tr|rv|i)\s*:\s*)+/i;
const FORWARD = /^(?:fwd?|wg|tr|rv|i)\s*:/i;
const MARKER =
  /(?:^|\n)[\s>*_-]*(?:begin forwarded message|forwarded message|(?:original message|ursprüngliche nachricht)(?=\s?-)|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato)\b[\s:*_-]*/i;
const SIGNATURE = /^--\s?$/;
const LABELS =
  /(?:^|\s)\*?(from|von|de|da|date|datum|sent|gesendet|envoyé|enviado|fecha|data|inviato|to|an|à|para|a|cc|kopie|reply-to|subject|betreff|objet|asunto|oggetto)\*?:\*?\s+/gi;
const WROTE = /^(?:on|am|le|el)\b.{8,120}(?:wrote|schrieb|a écrit|escribió)\s?:\s*$/is;
/** How letters end, and what stands below that. */
const FAREWELL =
  /^(?:(?:best|kind|warm|with best) (?:regards|wishes)|regards|sincerely|yours (?:sincerely|truly|faithfully)|cheers|all the best|mit freundlichen grüßen|viele grüße|cordialement|saludos)\s?[,.!]?(?:\n.{0,200})?$/is;

interface Forwarded {
  from: string;
  sent: string | null;
  subject: string | null;
}

/** What the letter itself says: of one that was passed on, the innermost message; without header blocks, earlier letters and signatures. */
function ownLetter(
  paragraphs: readonly Piece[],
  subject: string,
): { paragraphs: Piece[]; forwarded: Forwarded | null; outlet: string | null } {
  let forwarded: Forwarded | null = null;
  let own: Piece[] = [];
  let marked = FORWARD.test(subject);
  let over = false;
  let outlet: string | null = null;
  for (let at = 0; at < paragraphs.length; at += 1) {
    const { kind, text } = paragraphs[at] as Piece;
    let end = at;
    let block = text.replace(MARKER, "");
    if (block !== text) marked = true;
    // every line of the block may be a paragraph of its own
    while (end - at < 8 && (block === "" || isHeaderLine(paragraphs[end + 1]?.text ?? "")))
      block = `${block} ${paragraphs[(end += 1)]?.text ?? ""}`.trim();
    const found: Forwarded | null = marked || over ? headerBlock(block) : null;
    if (found !== null && paragraphs.slice(end + 1).some((each) => each.text.length > 40)) {
      if (marked) [forwarded, own, over, outlet] = [found, [], false, null];
      else break;
      at = end;
    } else if (block === "") continue;
    else if (WROTE.test(text) && own.length > 0) over = true;
    else if (SIGNATURE.test(text) || (FAREWELL.test(text) && own.length > 0)) over = true;
    else if (over)
      outlet ??=
        text
          .split(/\n|,\s/)
          .map((line) => line.trim())
          .find((line) => isOutlet(line) && line.includes(" ")) ?? null;
    else if (!UNSUBSCRIBE.test(text.replace(/\s+/g, " "))) own.push({ kind, text });
  }
  return { paragraphs: own, forwarded, outlet };
}

const isHeaderLine = (text: string): boolean => text.length < 300 && new RegExp(`^${LABELS.source}`, "i").test(text);

/** Author, day and subject of a header block; null where the lines are none. */
function headerBlock(block: string): Forwarded | null {
  const text = block.replace(/\s+/g, " ").trim();
  const labels = [...text.matchAll(LABELS)];
  if (labels.length < 3 || (labels[0]?.index ?? 1) > 0 || text.length > 1_500) return null;
  const field = (names: RegExp): string | null => {
    const index = labels.findIndex(([, label]) => names.test(label ?? ""));
    const label = labels[index];
    return label === undefined ? null : text.slice(label.index + label[0].length, labels[index + 1]?.index ?? text.length).trim();
  };
  const from = field(/^(?:from|von|de|da)$/i);
  if (from === null) return null;
  const name = from.replace(/[<[(]?\s?(?:mailto:)?\S+@\S+/g, "").replace(/^["'\s]+|["'\s\][<>()]+$/g, "");
  return {
    from: name,
    sent: field(/^(?:date|datum|sent|gesendet|envoyé|enviado|fecha|data|inviato)$/i),
    subject: field(/^(?:subject|betreff|objet|asunto|oggetto)$/i),
  };
}
