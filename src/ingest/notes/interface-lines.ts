// Tells lines that belong to a page's controls, notices and lists from lines of its text, by their vocabulary and shape alone.
// Judges whole lines: a sentence that merely contains such words is never one. What a line's place adds is typed-lines.ts's matter.

const list = (text: string): string[] => text.split(/\s+/);

/** Section names, and with CONTROLS what the commonest of short lines on news pages are made of. */
export const SECTION_NAMES: ReadonlySet<string> = new Set(
  list(`news world asia europe africa americas middle east uk nation national international global regional local politics diplomacy government economy
  business markets finance industry energy tech technology science health environment climate education society culture arts entertainment lifestyle life
  style fashion food travel sport sports football books film music tv religion crime security opinion opinions editorial columns analysis commentary letters
  interview interviews exclusive features magazine blog blogs multimedia video videos новости`),
);
const CONTROLS: ReadonlySet<string> = new Set(
  list(`share shares tweet print copy comment comments reply replies like follow subscribe newsletter newsletters log login sign register account menu search
  home close skip next more read also view views hits all show main content navigation advertisement ads sponsored related recommended popular latest trending
  author image photo gallery caption tags topics about contact privacy policy terms cookies accept rights copyright loading back button articles stories app
  download google play leave jobs rss email facebook twitter instagram youtube linkedin whatsapp min minutes hour looking hours day days ago published teilen
  impressum kontakt anzeige комментарии меню реклама контакты`),
);
/** Words that hold controls together and say nothing by themselves. */
const JOINING: ReadonlySet<string> = new Set(
  list("link top a the this to for on of in by up our my your you and with now most may get it what are"),
);

/** What pages say about themselves, calls, credits and labels; each begins a line in which nobody speaks. */
const NOTICE = new RegExp(
  `^(?:${[
    "(?:please )?(?:follow|like|join|find|connect with|subscribe to|support|contact) (?:us|our)\\b|follow .{1,40} on |like this story",
    "(?:share|print|liked?) (?:this|it|the story)\\b.{0,80}$",
    "(?:sign ?up|subscribe|register|log ?in|donate|download)\\b.{0,30}\\b(?:to|for|now|here|our|via|app)\\b",
    "(?:get|receive|keep) .{0,80}\\b(?:inbox|newsletter|notifications?|alerts|on google play)\\b",
    "(?:we|(?:this|our|the) (?:web)?site) (?:uses?|is protected)\\b.{0,20}\\b(?:cookies|akismet|recaptcha)",
    "by (?:using|clicking|subscribing|signing up)\\b.{0,120}\\b(?:terms|policy)\\b",
    "your e-?mail address will not be|save my name",
    "©|\\(c\\)\\s?\\d|copyright\\b|.{0,80}\\ball rights reserved|.{1,60}©\\s?(?:\\d|copyright)|any use of (?:the )?materials?\\b",
    "(?:read|see|watch|listen)(?: (?:also|more|on))?\\s?[:>»|–—-]|listen to .{1,60}(?:live|here)",
    "(?:related|don['’]t miss)\\b(?: \\w+){0,3}\\s?[:>»|]|(?:more|related|comments?|advertisement|continue reading)[:.!…]?$",
    "(?:more|top|trending|popular|recent) (?:news |stories |articles )?(?:from|on|in) .{1,40}$",
    "(?:click|scroll) (?:here|the|to)\\b|image \\d+ of .{0,8}$",
    "(?:you must|please) (?:log ?in|be logged in|enable)\\b",
    "(?:photo|image|video|photograph)s?(?: (?:credit|source))*\\s?[:|©/]|(?:photo|image)s? (?:by|via)\\b|source\\s*[:©/|].{1,160}$",
    ".{0,160}\\((?:image|photo)s?\\s*:.{1,60}\\)$|\\(?(?:reporting|editing) by .{2,120}$|by:? \\p{L}[^.!?]{1,90}$",
    "(?:first )?(?:published|updated|posted)(?: (?:on|at))?:?\\s.{4,90}$",
    "(?:tags?|topics?|categories|filed under|phone|fax|e-?mail)\\s?:|(?:contact|reach|e-?mail|write to) (?:(?:the )?reporters?|.{1,60}@)",
    "story continues\\b|share your|[gh](?:ot|ave) a (?:tip|story)|join the conversation|start your day with",
    "(?:https?:\\/\\/|www\\.)\\S+$|\\S+@\\S+\\.\\w{2,8}$",
    "(?:ссылка|подпис|читайте)[^.!?]{0,120}$",
  ].join("|")})`,
  "iu",
);

/** Lines that open a part of the page that is not the article's: comments, lists of other articles. */
const OPENS_OTHER =
  /^(?:\d{0,5}\s?(?:comments?|replies)|leave a reply|you may (?:also )?like|related|recommended|most (?:read|popular)|more (?:from|on|stories)|(?:read|up) next|trending|popular|latest|top (?:stories|news)|recent posts|don['’]t miss|follow us|subscribe|newsletter)\b.{0,40}$/iu;
const HANDLE =
  /^(?:@[\w.]{2,40}|#[\p{L}\p{N}_]{2,60}|(?:https?:\/\/|www\.)\S{3,300}|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,20}|icon-\w+)[,;]?$/u;
const LONGEST = 320;
const LONGEST_WORDING = 40;

export const isNotice = (line: string): boolean => line.length <= LONGEST && NOTICE.test(line);

/** True for a line that belongs to the page and not to its text, wherever it stands. */
export function looksLikeInterface(line: string): boolean {
  if (line.length > LONGEST) return false;
  if (!/\p{L}/u.test(line)) return true;
  const text = line.replace(/^(?:(?!©)[\s\p{Po}\p{S}\p{Pd}])+(?=[\p{L}\p{N}@#])/u, "").trim();
  // "share-lineLiked the story?": a button's name run together with what follows it
  const behind = text.replace(/^[\p{L}_-]{2,24}?\p{Ll}(?=\p{Lu}\p{Ll})/u, "");
  if (NOTICE.test(text) || NOTICE.test(behind)) return true;
  return isVocabulary(line) || isMenu(line) || isCode(line);
}

export const opensOtherPart = (line: string): boolean => line.length <= 80 && OPENS_OTHER.test(line.trim());

export const isControl = (word: string): boolean => CONTROLS.has(word) || SECTION_NAMES.has(word);

/** The whole line is made of such words: "Share Tweet Print", "3 min read", "WorldPolitics". A sentence's full stop saves it. */
function isVocabulary(line: string): boolean {
  const words = line.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length > LONGEST_WORDING || (/[.!?]$/.test(line) && words.length > 3 && !line.endsWith(" ?"))) return false;
  const controls = words.filter(isControl).length;
  // small words alone are nobody's control, and many of them make a sentence
  return (
    controls > 0 &&
    words.every((word) => isControl(word) || JOINING.has(word)) &&
    (words.length <= 5 || controls * 2 >= words.length)
  );
}

/** "Home > News > Asia", "WorldPoliticsEconomyHarbour": short parts of which most begin with known words, or that nobody set apart. */
function isMenu(line: string): boolean {
  if (/[.!?]["”’)]?$/.test(line)) return false;
  const seams = line.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  if (seams >= 3 && seams >= line.split(/\s+/).length * 0.5) return true;
  const parts = line.toLowerCase().split(/\s*[|»›>•·→/]\s*/);
  return parts.length >= 3 && parts.filter(isControl).length * 2 >= parts.filter((part) => part !== "").length;
}

/** Identifiers, handles, addresses, a word or two letters alone on a line: nothing that anybody wrote to be read. */
function isCode(line: string): boolean {
  if (line.split(/\s+/).every((word) => HANDLE.test(word))) return true;
  return /^(?:[a-z]+(?:[_-][a-z]+)*_[a-z_]+|\S*[{};=]\S*|[\p{Script=Latin}\p{Script=Cyrillic}\p{N}+-]{1,3})$/u.test(line);
}
