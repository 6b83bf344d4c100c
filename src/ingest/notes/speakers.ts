// Several voices in one text: a symposium (name, role, then that person's paragraphs, at least twice) or an interview (labels before
// the paragraphs). Only the pattern is trusted: a single name above a paragraph is not a voice of its own.
import { isPersonName, isRole } from "../bylines.ts";

export interface Voice {
  speaker: string | null;
  role: string | null;
}

/** At which lines a part begins: its head takes `lines` lines (0 for a label inside the paragraph). */
export interface VoiceHead extends Voice {
  at: number;
  lines: number;
}

export interface LabelledLine extends Voice {
  at: number;
  /** How much of the line is the label. */
  label: number;
}

/** `isProse(i)` tells whether line i is running text. Empty unless two different people have a part each. */
export function symposiumHeads(lines: readonly string[], isProse: (at: number) => boolean): VoiceHead[] {
  const heads: VoiceHead[] = [];
  for (let at = 0; at + 1 < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.length > 260) continue;
    const next = lines[at + 1] ?? "";
    if (isPersonName(line) && isRole(next) && isProse(at + 2)) {
      heads.push({ at, lines: 2, speaker: line, role: next });
      at += 1;
      continue;
    }
    const [, name = "", role = ""] =
      /^([^,(—–|:]{4,60}?)(?:\s*,\s+|\s*\(|\s+[—–|-]\s+|\s*:\s+)(.{3,200}?)\)?:?$/u.exec(line) ?? [];
    if (isPersonName(name) && isRole(role) && !isProse(at) && isProse(at + 1)) heads.push({ at, lines: 1, speaker: name, role });
  }
  return new Set(heads.map((head) => head.speaker)).size >= 2 ? heads : [];
}

const LABEL =
  /^(?:(?<turn>Q(?:uestion)?\.?\s?\d{0,2}|A(?:nswer)?\.?\s?\d{0,2}|Interviewer|Host|Moderator)|(?<name>\p{Lu}[\p{L}.'’-]*(?:\s(?:al|bin|de|van|von|\p{Lu}[\p{L}.'’-]*)){0,3}))\s?:\s+(?=\S)/u;

/** Paragraphs that begin with "Q:", "A:" or a name and a colon; empty unless they alternate and make up much of the text. */
export function interviewTurns(lines: readonly string[], title: string | null): LabelledLine[] {
  const turns = lines.flatMap((line, at) => {
    const match = LABEL.exec(line.slice(0, 80));
    if (match === null) return [];
    const label = (match.groups?.["turn"]?.replace(/[.\s\d]/g, "") ?? match.groups?.["name"] ?? "").trim();
    return [{ at, label, length: match[0].length, asks: /^(?:Q|Question|Interviewer|Host|Moderator)$/.test(label) }];
  });
  const counts = new Map<string, number>();
  for (const turn of turns) counts.set(turn.label, (counts.get(turn.label) ?? 0) + 1);
  const regular = turns.filter((turn) => (counts.get(turn.label) ?? 0) >= 2);
  const labels = new Set(regular.map((turn) => turn.label));
  const changes = regular.filter((turn, index) => index > 0 && turn.label !== regular[index - 1]?.label).length;
  if (
    labels.size < 2 ||
    labels.size > 8 ||
    regular.length < 4 ||
    changes < regular.length / 2 ||
    regular.length < lines.length * 0.25
  )
    return [];
  const intro = [title ?? "", ...lines.slice(0, Math.max(1, regular[0]?.at ?? 1))].join("\n").slice(0, 6000);
  const guest = guestIn(intro);
  return regular.map((turn) => ({
    at: turn.at,
    label: turn.length,
    speaker: fullName(turn.label, turn.asks, intro, guest),
    role: null,
  }));
}

function fullName(label: string, asks: boolean, intro: string, guest: string | null): string | null {
  if (asks) return null;
  if (/^(?:A|Answer)$/.test(label)) return guest;
  if (label.includes(" ")) return label;
  const names = namesIn(intro);
  if (/^\p{Lu}{2,4}$/u.test(label)) {
    return (
      names.find(
        (name) =>
          name
            .split(/\s+/)
            .map((word) => word.charAt(0))
            .join("") === label,
      ) ?? label
    );
  }
  return names.find((name) => name.split(/\s+/).includes(label)) ?? label;
}

function guestIn(intro: string): string | null {
  const match =
    /\b(?:interview(?:ed)?(?: with)?|spoke (?:to|with)|talked (?:to|with)|speaks (?:to|with)|talks (?:to|with)|conversation with|sat down with|questions (?:to|for)|asked)\s+(?<rest>[^\n]{3,120})/iu.exec(
      intro,
    );
  return namesIn(match?.groups?.["rest"] ?? "")[0] ?? null;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/\p{Lu}[\p{L}'’-]+(?:\s(?:al-|bin |de |van |von )?\p{Lu}[\p{L}.'’-]+){1,3}/gu)]
    .map((match) => match[0].replace(/[.,'’]+$/, ""))
    .filter((name) => isPersonName(name));
}
