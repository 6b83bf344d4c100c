// The reader of e-mails saved as .eml: newsletters and statements. Text as its writer sent it; quoted earlier letters, signatures and attachments
// are left out (attachments are named in a warning). Loads nothing that the letter points to.
import { isOutlet, isPersonName, readByline } from "../bylines.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeEnough, type Piece } from "../compose-text.ts";
import { windowsMarks } from "../decode.ts";
import { folded, parsePage } from "../html/dom.ts";
import { isFurniture } from "../html/main-content.ts";
import { siteOf } from "../html/page-title.ts";
import { piecesOf, segmentsOf } from "../html/segments.ts";
import { statedDate } from "../html/stated-dates.ts";
import { dropInvisible } from "../html/visibility.ts";
import { paragraphFacts } from "../notes/note-facts.ts";
import { firstRead, foundAt, languageTag, notRead, resultOf, type ReadHints, type ReadResult } from "../read-result.ts";

/** Failure `input_encrypted`, `input_broken`, `input_no_text`. `published` is the letter's Date line. */
export async function readEml(bytes: Uint8Array, _hints: ReadHints): Promise<ReadResult> {
  const { default: PostalMime } = await import("postal-mime");
  const mail = await PostalMime.parse(readable(bytes)).catch((cause: unknown) => {
    throw notRead("input_broken", "the file is not a whole e-mail", "Save it from the mail program again.", cause);
  });
  const header = (name: string): string | null => mail.headers.find(({ key }) => key === name)?.value ?? null;
  if (/multipart\/encrypted|smime-type\s*=\s*"?enveloped/i.test(header("content-type") ?? ""))
    throw notRead("input_encrypted", "the e-mail is encrypted", "Save it decrypted from your mail program.");
  const subject = folded(windowsMarks(mail.subject ?? ""));
  const fromHtml = await htmlParagraphs(windowsMarks(mail.html ?? ""), subject);
  const fromText = textParagraphs(windowsMarks(mail.text ?? ""));
  const long = (paragraphs: readonly Piece[]): number => paragraphs.reduce((sum, { text }) => sum + text.length, 0);
  const whole = long(fromHtml.paragraphs) >= long(fromText) * 0.5 ? fromHtml.paragraphs : fromText;
  const { paragraphs, forwarded, outlet } = ownLetter(whole, subject);
  const clean = cleanPieces(paragraphs, fromHtml.hidden);
  const { facts, pieces } = paragraphFacts(clean.pieces, {}, subject.replace(REPLY, ""));
  const wayOut = "If its text is in an attachment, save and ingest that.";
  const text = composeEnough(pieces, 20, "the e-mail holds no text of its own", wayOut);
  const files = mail.attachments.filter((file) => file.disposition !== "inline" && file.related !== true);
  const names = files.map((file) => file.filename ?? file.mimeType).join(", ");
  const warnings = files.length > 0 ? [`Attachments not read: ${names.slice(0, 300)}.`] : [];
  const from = { name: windowsMarks(mail.from?.name?.trim() ?? ""), address: mail.from?.address ?? "" };
  const { name, address, ...letter } = forwarded ?? { ...from, sent: header("date"), subject };
  const place = forwarded === null ? "e-mail" : "forwarded message:";
  const sender = foundAt(/@/.test(name) ? "" : name, `${place} From`);
  const isList = forwarded === null && header("list-unsubscribe") !== null;
  const isHouse = isOutlet(name) || isNamedAs(name, address) || (isList && !isPersonName(name));
  return resultOf(
    {
      title: foundAt((letter.subject ?? subject).replace(REPLY, ""), `${place} Subject`),
      author: facts.author ?? (isHouse ? null : sender),
      publisher: isHouse ? sender : (foundAt(outlet, "signature") ?? facts.publisher ?? null),
      published: firstRead([foundAt(letter.sent, `${place} Date`)], (date) => statedDate(date.replace(/\sat\s/, " "))),
      language: foundAt(languageTag(header("content-language")), "e-mail Content-Language"),
    },
    text,
    [...clean.warnings, ...warnings],
  );
}

/** Whether the sender's domain is written like the sender: a house that writes from its own, and no person whose mailbox bears a name. */
function isNamedAs(name: string, address: string): boolean {
  const [box = "", domain = ""] = address.toLowerCase().split("@");
  const isOwn = name
    .toLowerCase()
    .split(/\s+/)
    .some((word) => box.includes(word));
  return domain !== "" && !isOwn && siteOf([`https://${domain}/`])(name);
}

/** Header lines hold letters of their charset as they are in old mails; they are read as the parser wants them. */
function readable(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.slice(0, end));
    return bytes.slice();
  } catch {
    return Uint8Array.from(Buffer.concat([Buffer.from(windowsMarks(text.slice(0, end))), bytes.slice(end)]));
  }
}

const SIGNATURES = ".gmail_signature,.moz-signature";
const QUOTED = `blockquote[type=cite],.gmail_quote,.moz-cite-prefix,${SIGNATURES}`;

async function htmlParagraphs(html: string, subject: string): Promise<{ paragraphs: Piece[]; hidden: string[] }> {
  const page = await parsePage(html);
  const hidden = dropInvisible(page);
  const passedOn = FORWARD.test(subject) || MARKER.test(page.body.textContent ?? "");
  for (const element of page.querySelectorAll(passedOn ? SIGNATURES : QUOTED)) element.remove();
  const own = segmentsOf(page.body).filter((one) => !isFurniture(one) || isHeaderLine(one.text) || readByline(one.text));
  return { paragraphs: piecesOf(own), hidden };
}

const UNSUBSCRIBE =
  /^.{0,160}\b(?:unsubscribe|(?:view|read) (?:(?:this (?:e-?mail|message|post)|it) )?(?:in (?:your )?browser|on the web|online)|update your preferences|manage your subscription|you (?:are receiving|received) this (?:e-?mail|message)|(?:become|upgrade|you(?:['’]re| are))\b.{0,50}\b(?:free list|paid|paying)|subscribe for free|newsletter abbestellen)\b.{0,160}$/i;

function textParagraphs(text: string): Piece[] {
  const paragraphs: Piece[] = [];
  let lines: string[] = [];
  const close = (): void => {
    const part = lines.join("\n").trim();
    if (part !== "") paragraphs.push({ kind: /^[-*•]\s/.test(part) ? "item" : "paragraph", text: part });
    lines = [];
  };
  let passedOn = false;
  for (const written of text.split(/\r\n?|\n/)) {
    // what was passed on may stand behind the marks of a quotation
    const line = passedOn ? written.replace(/^>+ ?/, "") : written;
    passedOn ||= MARKER.test(line);
    if (line.startsWith(">")) continue;
    const stands = SIGNATURE.test(line) || MARKER.test(line);
    if (line.trim() === "" || stands) close();
    if (stands) paragraphs.push({ kind: "paragraph", text: line });
    else lines.push(line);
  }
  close();
  return paragraphs;
}

const REPLY = /^(?:(?:re|fwd?|aw|wg|tr|rv|i|sv|vb|vs|enc)\s*:\s*)+/i;
const FORWARD = /^(?:fwd?|wg|tr|rv|i|vb|vs|enc)\s*:/i;
const MARKER =
  /(?:^|\n)[\s>*_-]*(?:(?:begin )?forwarded message|(?:original message|ursprüngliche nachricht)(?=\s?-)|weitergeleitete nachricht|message transféré|mensaje reenviado)\b[\s:*_-]*/i;
const SIGNATURE = /^--\s?$/;
const HEAD = {
  from: "from|von|de|da|från|fra|van",
  sent: "date|datum|sent|gesendet|envoyé|enviado|fecha|data|inviato|skickat|sendt|verzonden",
  subject: "subject|betreff|objet|asunto|oggetto|ämne|emne|onderwerp",
};
const LABELS = `\\*?(${Object.values(HEAD).join("|")}|to|an|à|para|a|till|til|aan|cc|kopie|reply-to)\\*?:\\*?\\s+`;
const WROTE = /^(?:on|am|le|el)\b.{8,120}(?:wrote|schrieb|a écrit|escribió)\s?:\s*$/is;
/** How letters end, and what stands below that. */
const FAREWELL =
  /^(?:(?:best|kind|warm|with best) (?:regards|wishes)|regards|sincerely|yours (?:sincerely|truly|faithfully)|cheers|all the best|mit freundlichen grüßen|viele grüße|cordialement|saludos)\s?[,.!]?(?:\n.{0,200})?$/is;

type Head = Record<"name" | "address", string> & Record<"sent" | "subject", string | null>;

/** What the letter itself says: of one that was passed on, the innermost message; without header blocks, earlier letters and signatures. */
function ownLetter(paragraphs: readonly Piece[], subject: string) {
  let forwarded: Head | null = null;
  let own: Piece[] = [];
  let marked = FORWARD.test(subject);
  let over = false;
  let outlet: string | null = null;
  for (let at = 0; at < paragraphs.length; at += 1) {
    const { kind, text } = paragraphs[at] as Piece;
    let end = at;
    let block = text.replace(MARKER, "");
    marked ||= block !== text;
    // every line of the block may be a paragraph of its own
    while (end - at < 8 && (block === "" || isHeaderLine(paragraphs[end + 1]?.text ?? "")))
      block = `${block} ${paragraphs[(end += 1)]?.text ?? ""}`.trim();
    const found: Head | null = marked || over ? headerBlock(block) : null;
    if (found !== null && paragraphs.slice(end + 1).some((each) => each.text.length > 40)) {
      if (!marked) break;
      [forwarded, own, over, outlet] = [found, [], false, null];
      at = end;
    } else if (block === "") continue;
    else if (SIGNATURE.test(text) || (own.length > 0 && (WROTE.test(text) || FAREWELL.test(text)))) over = true;
    else if (over) {
      const lines = text.split(/\n|,\s/).map((line) => line.trim());
      outlet ??= lines.find((line) => isOutlet(line) && line.includes(" ")) ?? null;
    } else if (!UNSUBSCRIBE.test(folded(text))) own.push({ kind, text });
  }
  return { paragraphs: own, forwarded, outlet };
}

const isHeaderLine = (text: string): boolean => text.length < 300 && new RegExp(`^${LABELS}`, "i").test(text);

/** Author, day and subject of a header block; null where the lines are none. */
function headerBlock(block: string): Head | null {
  const text = folded(block);
  const labels = [...text.matchAll(new RegExp(`(?:^|\\s)${LABELS}`, "gi"))];
  if (labels.length < 3 || labels[0]?.index !== 0 || text.length > 1_500) return null;
  const field = (names: string): string | null => {
    const index = labels.findIndex(([, label = ""]) => names.split("|").includes(label.toLowerCase()));
    const label = labels[index];
    return label === undefined ? null : text.slice(label.index + label[0].length, labels[index + 1]?.index).trim();
  };
  const from = field(HEAD.from);
  if (from === null) return null;
  const name = from.replace(/[<[(]?\s?(?:mailto:)?\S+@\S+/g, "").replace(/^["'\s]+|["'\s\][<>()]+$/g, "");
  const address = /[\w.+-]+@[\w.-]+\w/.exec(from)?.[0] ?? "";
  return { name, address, sent: field(HEAD.sent), subject: field(HEAD.subject) };
}
