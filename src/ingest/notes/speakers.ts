// Several voices in one text: a symposium (name, role, then that person's paragraphs, at least twice) or an interview (labels before
// the paragraphs). Only the pattern is trusted: a single name above a paragraph is not a voice of its own.
import type { Voice } from "../../domain.ts";
import { isPersonName, isRole, PARTICLES } from "../bylines.ts";
import type { TypedLine } from "./typed-lines.ts";

/** `at`: the line where a part begins. */
export type PartVoice = Voice & { at: number };

/** A name and below it an office, each in a line, over running text. Empty unless two different people have a part each. */
export function symposiumHeads(lines: readonly Pick<TypedLine, "text" | "look">[]): PartVoice[] {
  const heads = lines.flatMap(({ text: speaker }, at): PartVoice[] => {
    const role = lines[at + 1]?.text ?? "";
    return isPersonName(speaker) && isRole(role) && lines[at + 2]?.look === "prose" ? [{ at, speaker, role }] : [];
  });
  return new Set(heads.map((head) => head.speaker)).size >= 2 ? heads : [];
}

const ASKS = /^(?:Q(?:uestion)?|Interviewer|Host|Moderator)\b/;
const LABEL = new RegExp(
  `^(?:(?<turn>(?:Q(?:uestion)?|A(?:nswer)?)\\.?\\s?\\d{0,2}|Interviewer|Host|Moderator)|(?<name>\\p{Lu}[\\p{L}.'’-]*(?:\\s(?:${PARTICLES}|\\p{Lu}[\\p{L}.'’-]*)){0,3}))\\s?:\\s+(?=\\S)`,
  "u",
);

/** Paragraphs that begin with "Q:", "A:" or a name and a colon, with the length of that label; empty unless they alternate and make up much of the text. */
export function interviewTurns(lines: readonly string[], title: string | null): (PartVoice & { label: number })[] {
  const turns = lines.flatMap((line, at) => {
    const match = LABEL.exec(line.slice(0, 80));
    if (match === null) return [];
    const name = (match.groups?.["turn"]?.replace(/[.\s\d]/g, "") ?? match.groups?.["name"] ?? "").trim();
    return [{ at, name, label: match[0].length }];
  });
  const regular = turns.filter(({ name }) => turns.filter((other) => other.name === name).length >= 2);
  const names = new Set(regular.map(({ name }) => name));
  const changes = regular.filter(({ name }, index) => index > 0 && name !== regular[index - 1]?.name).length;
  if (names.size < 2 || names.size > 8 || regular.length < 4) return [];
  if (changes < regular.length / 2 || regular.length < lines.length * 0.25) return [];
  const intro = [title ?? "", ...lines.slice(0, Math.max(1, regular[0]?.at ?? 1))].join("\n").slice(0, 6000);
  return regular.map(({ at, name, label }) => ({ at, label, speaker: fullName(name, intro), role: null }));
}

function fullName(label: string, intro: string): string | null {
  if (ASKS.test(label)) return null;
  if (/^A(?:nswer)?$/.test(label)) return guestIn(intro);
  const initials = (name: string): string => name.replace(/(\S)\S*\s*/g, "$1");
  const isIt = (name: string): boolean =>
    /^\p{Lu}{2,4}$/u.test(label) ? initials(name) === label : name.split(/\s+/).includes(label);
  return label.includes(" ") ? label : (namesIn(intro).find(isIt) ?? label);
}

const TALKS_WITH =
  /\b(?:interview(?:ed)?(?: with)?|(?:spoke|talked|speaks|talks) (?:to|with)|conversation with|sat down with|questions (?:to|for)|asked)\s+([^\n]{3,120})/iu;
const guestIn = (intro: string): string | null => namesIn(TALKS_WITH.exec(intro)?.[1] ?? "")[0] ?? null;

const namesIn = (text: string): string[] =>
  [...text.matchAll(/\p{Lu}[\p{L}'’-]+(?:\s(?:al-|bin |de |van |von )?\p{Lu}[\p{L}.'’-]+){1,3}/gu)]
    .map(([name]) => name.replace(/[.,'’]+$/, ""))
    .filter(isPersonName);
