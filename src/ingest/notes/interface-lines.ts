// Tells lines that belong to a page's controls, notices and lists from lines of its text, by their vocabulary and shape alone.
// Judges whole lines: a sentence that merely contains such words is never one. What a line's place adds is note-layout.ts's matter.
import { INTERFACE_PHRASES, JOINING_WORDS, LONGEST_PHRASE, SECTION_NAMES } from "./interface-words.ts";

/** Longer lines are never interface. */
const LONGEST = 320;

/** Sentences that pages say about themselves. Each must begin the line (or a sentence of a short line). */
const NOTICES: readonly RegExp[] = [
  /^(?:your|e-?mail) (?:e-?mail )?address will not be (?:published|shared)/i,
  /^required fields are marked/i,
  /^(?:please )?(?:follow|like|join|find|connect with|subscribe to|support|contact) (?:us|our|the \w+ (?:channel|page|newsletter)|.{0,40}\bour\b)\b(?!.{0,160}\b(?:said|says|told|added|quoted)\b).{0,160}$/i,
  /^(?:.{0,24}\b)?(?:share|send|forward|tweet|repost) (?:this|it|that|the (?:article|story|post|page|news|link))(?: (?:article|story|post|page|news|link|video))?(?: (?:on|via|with|to|by|in) .{0,60})?[.!]?$/i,
  /^(?:did you )?(?:like|liked|enjoy|enjoyed|love|loved) (?:the|this|what) .{0,40}(?:[?!]|share)/i,
  /^(?:sign ?up|subscribe|register|log ?in|sign ?in|create (?:an|a free) account|become a (?:member|subscriber|patron)|donate|download (?:the|our) .{0,30}\bapp)\b.{0,30}\b(?:to|for|now|today|here|our|your|on|via|with|and)\b(?!.{0,160}\b(?:said|says|told|added|quoted)\b).{0,160}$/i,
  /^(?:get|receive|stay|never miss|don['’]t miss|keep) .{0,80}\b(?:inbox|newsletter|notifications?|alerts|up to date|updated with|breaking news|our app|the app|daily briefing)\b.{0,80}$/i,
  /^(?:we|this (?:web)?site|our (?:web)?site|the (?:web)?site) (?:and our partners )?uses? (?:cookies|akismet|essential cookies)/i,
  /^by (?:continuing|using|clicking|subscribing|signing up|browsing|submitting|registering|proceeding)\b.{0,120}\b(?:you|agree|accept|consent|terms|policy|cookies)\b/i,
  /^(?:learn|find out|read|see) (?:more about )?how (?:your|we|to) .{0,60}\b(?:data|processed|cookies)\b/i,
  /^(?:©|\(c\)\s?\d|copyright\s?(?:©|\(c\)|\d|by|notice|policy)|all (?:rights|content|materials?)\b.{0,60}\b(?:reserved|protected|copyright)|.{0,80}\ball rights reserved)/i,
  /^.{1,60}©\s?(?:\d{4}|[A-Z])/,
  /^(?:any|the|all|full or partial|no part|reproduction|republication|reprinting|when using|copying|use of|unauthori[sz]ed)\b.{0,60}\b(?:use|using|reproduc\w+|reprint\w*|republi\w+|copying|materials?|content|part of this)\b.{0,160}\b(?:hyperlink|permission|prohibited|allowed|consent|permitted|reference to|link to|credit)\b/i,
  /^(?:also )?(?:read|see|watch|listen|view|check out)(?: (?:also|more|next|on|here|now|it|this|full story|the full story))?\s?[:>»|–—-]/i,
  /^(?:related|recommended|suggested|trending|must read|don['’]t miss|more (?:from|on|about|in)|editor['’]?s?['’]? (?:pick|choice|note on comments)|latest on|most read|popular)\b(?: \w+){0,3}\s?[:>»|]/i,
  /^(?:more|latest|top|trending|popular|recent|other|all) (?:news |stories |articles |posts )?(?:from|by|on|in) .{1,40}$/i,
  /^(?:click|tap|swipe|scroll|press) (?:here|on|the|to|down|below|left|right)\b.{0,100}$/i,
  /^(?:please )?(?:enable|turn on|disable|turn off|allow) (?:javascript|cookies|notifications|your ad ?blocker|ad ?block)/i,
  /^(?:you need to|you must|please) (?:enable|log ?in|be logged in|sign ?in|register|subscribe|wait|try again|confirm|enter|fill|check your (?:inbox|email))\b.{0,100}$/i,
  /^(?:to|in order to) (?:post|leave|add|write) (?:a )?comments?\b/i,
  /^(?:save|remember) my (?:name|email|details)/i,
  /^(?:the )?(?:views|opinions) expressed (?:in|by|here|on)\b.{0,220}\b(?:reflect|represent|views?|policy|position|own|author)/i,
  /^(?:this|the) (?:article|story|post|content|page|video|site) (?:is|was|has been) (?:protected|available (?:only )?(?:to|for) subscribers|for subscribers|sponsored|brought to you|not available)/i,
  /^(?:photo|image|picture|video|graphic|illustration|photograph|credit|file photo|screengrab|image source|image credit|photo credit|cover image|featured image|infographic|cartoon)s?(?: (?:by|credit|courtesy(?: of)?|source|via))?\s?[:|©/]\s?.{1,120}$/i,
  /^(?:photo|image|picture|photograph|illustration)s? (?:by|courtesy of|via)\b.{1,80}$/i,
  /^(?:tags?|topics?|categor(?:y|ies)|filed under|posted in|keywords?|labels?|sections?|in this (?:article|story))\s?:.{0,250}$/i,
  /^(?:tel|phone|fax|e-?mail|address|whatsapp|hotline|call us|write to us|contact)\s?[:.]\s?.{1,120}$/i,
  /^(?:story|article|text) continues (?:below|after)/i,
  /^(?:be the first|leave your|share your (?:thoughts|opinion)|what do you think|have your say|join the (?:conversation|discussion|debate)|got a (?:tip|story)|have a (?:tip|story)|see something wrong|found (?:a|an) (?:mistake|error|typo)|noticed? (?:a|an) (?:mistake|error|typo)|if you (?:find|found|notice|noticed) an? (?:error|mistake|typo))\b.{0,160}$/i,
  /^(?:select|highlight) (?:the )?(?:text|fragment|it) (?:with the error )?and press/i,
  /^(?:a|an|the) (?:link|password|confirmation|email) (?:has been|will be|was) (?:sent|copied|e-?mailed)/i,
  /^(?:ссылка|подпис|следите|читайте|поделит|при использовании|использование материалов|все права|нажмите|мы в|наш (?:канал|телеграм))[^.!?]{0,120}[.!?]?$/iu,
  /^(?:folgen sie|teilen sie|abonnieren sie|suivez|abonnez|partagez|síguenos|suscríbete|siga|inscreva|seguici|iscriviti|bizi takip|abone ol)\b.{0,120}$/iu,
];

/** Counts and measures beside a control. */
const COUNT =
  /^(?:[\p{P}\p{S}\s]*)(?:(?:views?|reads?|shares?|likes?|comments?|hits|visits|followers|subscribers|replies|retweets|votes|total views|post views|view count|times read|просмотр\w*|просмотров|прочтений|görüntülenme|baxış|vues|vistas|aufrufe|lectures)\s?[:\-–]?\s?[\d.,\s]+[kKmM]?|[\d.,\s]+[kKmM]?\s?(?:\+\s?)?(?:views?|reads?|shares?|likes?|comments?|hits|visits|followers|subscribers|replies|retweets|votes|fans|просмотр\w*|vues|vistas|aufrufe|comentarios|commentaires|kommentare))[\p{P}\p{S}\s]*$/iu;
const READING_TIME =
  /^(?:(?:estimated )?reading time|read time|read|time to read|lesedauer|temps de lecture|tiempo de lectura)?\s?[:\-–]?\s?\d{1,3}[ -]?(?:min(?:ute)?s?|mins?|m)\.?(?: (?:read|reading|listen|watch|to read|lesezeit|de lecture|de lectura))?$/iu;
const AGO =
  /^(?:published |posted |updated |last updated )?(?:about )?(?:\d{1,3}|an?|one|two|a few) (?:second|sec|minute|min|hour|hr|day|week|month|year)s? ago$/i;
const ICON =
  /^(?:icons?|fa[bsrl]?|btn|button|nav|menu|ico|svg|img|logo|share|social|material|glyphicon|arrow|chevron)[-_](?:[\w-]{2,})/i;
const HANDLE =
  /^(?:@[\w.]{2,40}|#[\p{L}\p{N}_]{2,60}|https?:\/\/\S{3,300}|www\.\S{3,200}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,20})[,;]?$/u;

/** Lines that open a part of the page that is not the article's: comments, lists of other articles. */
const OPENS_OTHER =
  /^(?:\d{0,5}\s?(?:comments?|replies|responses)(?:\s?\(?\d*\)?)?|leave a (?:reply|comment)|post a comment|join the (?:discussion|conversation)|(?:you (?:may|might) (?:also )?like|related|recommended|similar|most (?:read|popular|viewed|shared)|more (?:from|on|news|stories|articles)|read (?:next|also|more)|also read|up next|trending|popular|latest|top (?:stories|news|headlines)|recent (?:posts|news|articles)|other (?:news|articles|stories)|don['’]t miss|editor['’]?s['’]? (?:picks?|choice)|see also|what to read next|in other news|follow us|subscribe|newsletter|the most important)(?: .{0,40})?|читайте также|новости по теме|похожие новости|lesen sie auch|lire aussi|à lire aussi|lea también|leia também|leggi anche|ilgili haberler)\s?[:»>]?$/iu;

/** True for a line that belongs to the page and not to its text, wherever it stands. */
export function looksLikeInterface(line: string): boolean {
  if (line.length > LONGEST) return false;
  if (!/[\p{L}]/u.test(line)) return true;
  const text = line.replace(/^(?:(?!©)[\s\p{Po}\p{S}\p{Pd}])+(?=[\p{L}\p{N}@#])/u, "").trim();
  if (COUNT.test(text) || READING_TIME.test(text) || AGO.test(text)) return true;
  if (isNotice(text) || isVocabulary(line) || isMenu(line) || isTagSoup(line) || isCode(line)) return true;
  // "share-lineLiked the story?", "ShareTweet": a button's name run together with what follows it
  const seam = /^[\p{L}_-]{2,24}?\p{Ll}(?=\p{Lu}\p{Ll})/u.exec(text)?.[0];
  return seam !== undefined && (isNotice(text.slice(seam.length)) || isVocabulary(text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")));
}

function isNotice(text: string): boolean {
  return NOTICES.some((notice) => notice.test(text));
}

/** True for the line above comments or a list of other articles. */
export function opensOtherPart(line: string): boolean {
  return line.length <= 80 && OPENS_OTHER.test(line.trim());
}

function wordsOfLine(line: string): string[] {
  return line
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/[_]+/g, " ")
    .split(/[^\p{L}\p{N}\p{M}@.&+'-]+/u)
    .map((word) => (/^[a-z]?[+-]$/.test(word) ? word : word.replace(/^[.'&-]+|[.'&-]+$/g, "").replaceAll("'", " ")))
    .flatMap((word) => word.split(" "))
    .filter((word) => word !== "" && !/^\d+$/.test(word));
}

/** The whole line is made of such phrases: "Share Tweet Print", "icon-facebook icon-twitter", "WORLD". A sentence's full stop saves it. */
function isVocabulary(line: string): boolean {
  const words = wordsOfLine(line);
  if (words.length === 0) return true;
  if (words.length > 40 || (/[.!?]$/.test(line) && words.length > 3 && !INTERFACE_PHRASES.has(words.join(" ")))) return false;
  let at = 0;
  let controls = 0;
  while (at < words.length) {
    let taken = 0;
    for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0 && taken === 0; length -= 1) {
      const phrase = words.slice(at, at + length).join(" ");
      if (INTERFACE_PHRASES.has(phrase) || (length === 1 && (ICON.test(phrase) || phrase === "&"))) taken = length;
    }
    controls += taken;
    if (taken === 0 && !JOINING_WORDS.has(words[at] ?? "")) return false;
    at += Math.max(1, taken);
  }
  // small words alone are nobody's control, and many of them make a sentence
  return controls > 0 && (words.length <= 5 || controls * 2 >= words.length);
}

/** "Home | World | Contact", "Home > News > Asia": short parts between separators, most of them known or all of them tiny. */
function isMenu(line: string): boolean {
  const parts = line.split(/\s*[|»›>•·→/]\s*|\s{2,}|\t/).filter((part) => part !== "");
  if (parts.length < 3 || /[.!?]$/.test(line)) return false;
  const known = parts.filter((part) => SECTION_NAMES.has(part.toLowerCase()) || INTERFACE_PHRASES.has(part.toLowerCase())).length;
  return known >= 2 || known >= parts.length / 2;
}

/** Labels run together without a space: "WorldPoliticsEconomySociety". */
function isTagSoup(line: string): boolean {
  if (/[.!?]["”’)]?$/.test(line)) return false;
  const seams = line.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  return seams >= 3 && seams >= line.split(/\s+/).length * 0.5;
}

/** Identifiers, handles, addresses, keyboard-short words alone on a line: nothing that anybody wrote to be read. */
function isCode(line: string): boolean {
  const words = line.split(/\s+/);
  if (words.every((word) => HANDLE.test(word) || ICON.test(word))) return true;
  if (words.length > 1) return false;
  return (
    /^[a-z]+(?:[_-][a-z]+)*_[a-z_]+$/.test(line) ||
    /^[\p{Script=Latin}\p{Script=Cyrillic}\p{N}+-]{1,3}$/u.test(line) ||
    /[{};=]|^[.#][\w-]+$/.test(line)
  );
}
