// Reads the noun phrase in front of "said": a person with a role, a body ("the foreign ministry"), an outlet ("the Asia Times piece"),
// or people in general ("analysts"). It refuses phrases that cannot speak. Pure; English.

/** `people` is a group without names ("analysts"), `pronoun` is he, she, they, it. */
export type SpeakerKind = "person" | "body" | "outlet" | "people" | "pronoun";

const ROLE =
  /\b(?:ministers?|presidents?|premier|chancellor|secretary|spokes(?:man|woman|person)|ambassador|envoy|director|professor|lecturer|senator|mayor|governor|general|colonel|commander|chief|chair(?:man|woman|person)?|head|leader|lawyer|judge|analyst|economist|expert|researcher|scientist|fellow|author|editor|adviser|advisor|official|officer|diplomat|captain|coach|manager|owner|founder|lawmaker|commissioner|resident|farmer|doctor|engineer|activist|historian|king|queen|prince|executive|CEO|MP)\b/iu;
const OUTLET =
  /\b(?:piece|article|paper|newspaper|daily|weekly|magazine|report|editorial|op-ed|column|outlet|website|broadcaster|news agency|wire|study|survey|review|essay|commentary|Times|Post|Herald|Gazette|Tribune|Journal|Guardian|Telegraph|Press|News|Reuters|AFP|BBC|CNN|Courier|Observer|Chronicle|Independent|Standard|Mail|Dispatch|Echo|Argus)\b/u;
const BODY =
  /\b(?:ministry|government|police|army|military|office|department|agency|council|court|committee|commission|bank|company|union|party|parliament|authority|university|institute|centre|center|group|firm|board|embassy|delegation|administration|association|federation|club|bureau|service|navy|force|forces|side|systems|labs|laboratories|holdings?|industries|technologies|motors|airlines|White House|Kremlin)\b/iu;
const PEOPLE =
  /\b(?:analysts|experts|officials|critics|observers|residents|witnesses|sources|authorities|supporters|scientists|researchers|economists|diplomats|lawyers|police|protesters|doctors|farmers|aides|lawmakers|ministers|leaders|activists|people|investigators|prosecutors|organisers|organizers|engineers|historians|campaigners|locals|opponents|members|workers|unions)\b/iu;
/** What a text calls a house or person, no part of the name. */
const EPITHET = /^(?:(?:[Aa]rch-)?[Rr]ival|[Cc]ompetitor|[Ff]ellow|[Ff]ormer|[Vv]eteran|[Pp]arent|[Nn]ewcomer)\s+(?=\p{Lu})/u;
const PRONOUN = /^(?:he|she|they|it|we|i|you)$/i;

/** Speaker, role and kind of a phrase, or null where it does not name someone who could speak. */
export function parseSpeaker(phrase: string): { speaker: string; role: string | null; kind: SpeakerKind } | null {
  const text = phrase
    .trim()
    .replace(/^(?:and|but|so|yet|however|meanwhile|also|still|then|later)\b,?\s+/i, "")
    .replace(EPITHET, "")
    .replace(/[,\s]+$/, "");
  if (text === "" || text.split(/\s+/).length > 16) return null;
  if (PRONOUN.test(text)) return { speaker: text, role: null, kind: "pronoun" };
  const pieces = text.split(/,\s+/);
  const named = pieces.findIndex((piece) => isPersonName(piece));
  if (named >= 0) {
    const others = pieces.filter((piece, index) => index !== named && (ROLE.test(piece) || index > named));
    return { speaker: bare(pieces[named] ?? ""), role: others.length > 0 ? others.join(", ") : null, kind: "person" };
  }
  const last = pieces.at(-1) ?? text;
  for (const piece of pieces.length > 1 && ROLE.test(last) ? [pieces[0] ?? last, last] : [last]) {
    const split = roleThenName(piece);
    if (split !== null) return { ...split, role: split.role, kind: "person" };
  }
  const subject = bare(last);
  if (subject.split(/\s+/).length > 9 || /^(?:this|that|these|those|there|which|who|what|such)\b/i.test(subject)) return null;
  const capital = /\p{Lu}/u.test(subject);
  if (OUTLET.test(subject) && (capital || /^(?:the|an?)\s/i.test(last)))
    return { speaker: outletName(subject), role: null, kind: "outlet" };
  if (BODY.test(subject)) return { speaker: subject, role: null, kind: "body" };
  if (PEOPLE.test(subject)) return { speaker: subject, role: null, kind: "people" };
  if (ROLE.test(subject)) return { speaker: subject, role: null, kind: "person" };
  if (/^\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:of|and|for|al|de|van|von|bin)\s+)?\p{Lu}[\p{L}.'’-]*)*$/u.test(subject))
    return { speaker: subject, role: null, kind: "body" };
  return null;
}

const HONORIFIC = /^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Gen|Col|Capt|Sen|Rep)\.?\s+/u;

/** Two or more capitalised words (or an honorific and one) without an office, an outlet or a body among them. */
function isPersonName(piece: string): boolean {
  const text = piece.trim();
  if (HONORIFIC.test(text)) return /^\S+\s+\p{Lu}/u.test(text) && text.split(/\s+/).length <= 5;
  return (
    /^\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:al|de|van|von|der|bin|ibn|da|del|di|ben|ter)[\s-]+)?\p{Lu}[\p{L}.'’-]*){1,3}$/u.test(text) &&
    !ROLE.test(text) &&
    !OUTLET.test(text) &&
    !BODY.test(text) &&
    !PEOPLE.test(text.split(/\s+/).at(-1) ?? "") &&
    !/['’]s\b/.test(text)
  );
}

/** "Kestrel's transport minister Ana Ruiz": the name that ends the phrase after an office. */
function roleThenName(piece: string): { speaker: string; role: string | null } | null {
  const match =
    /^(.*?\p{L})\s+((?:(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col)\.?\s+)?\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:al|de|van|von|der|bin|da|del|di)\s+)?\p{Lu}[\p{L}.'’-]*){0,3})$/u.exec(
      piece.trim(),
    );
  if (match === null) return null;
  let role = match[1] ?? "";
  const words = (match[2] ?? "").split(/\s+/);
  while (words.length > 1 && (ROLE.test(words[0] ?? "") || (!ROLE.test(role) && words.slice(1).some((word) => ROLE.test(word)))))
    role += ` ${words.shift()}`;
  const name = words.join(" ");
  if (!ROLE.test(role) || ROLE.test(name) || /\b(?:of|for|at|in|from|the)$/i.test(role)) return null;
  return { speaker: name, role: bare(role) };
}

/** "the Asia Times opinion piece" -> "Asia Times"; "the paper" stays. */
function outletName(subject: string): string {
  const name = /^(?:[Tt]he\s+)?(\p{Lu}[\p{L}.&'’-]*(?:\s+\p{Lu}[\p{L}.&'’-]*)*)/u.exec(subject)?.[1];
  return name === undefined || /^The$/.test(name) ? subject : name;
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^(?:the|an?)\s+(?=\p{Lu})/u, "")
    .replace(/^The\s+/u, "the ")
    .replace(/^(?:the|an?) (?=[\p{Ll}]+ (?:minister|spokes))/u, "");
}
