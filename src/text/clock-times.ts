// The time of day that stands beside a date: "23:03", "11.03 p.m. GMT", "T08:15:00+05:00". Pure.
// A zone's abbreviation that names two zones (IST, BST, CST) gives no offset: the local time is kept as it stands.

export interface ClockTime {
  /** `HH:MM` or `HH:MM:SS`, then `Z`, `±HH:MM` or nothing. */
  value: string;
  start: number;
  end: number;
}

const OFFSETS: Readonly<Record<string, string>> = {
  Z: "Z",
  UTC: "Z",
  GMT: "Z",
  UT: "Z",
  EST: "-05:00",
  EDT: "-04:00",
  CDT: "-05:00",
  MDT: "-06:00",
  MST: "-07:00",
  PST: "-08:00",
  PDT: "-07:00",
  WET: "Z",
  CET: "+01:00",
  MEZ: "+01:00",
  CEST: "+02:00",
  MESZ: "+02:00",
  EET: "+02:00",
  EEST: "+03:00",
  SAST: "+02:00",
  EAT: "+03:00",
  MSK: "+03:00",
  TRT: "+03:00",
  IRST: "+03:30",
  GST: "+04:00",
  AFT: "+04:30",
  PKT: "+05:00",
  NPT: "+05:45",
  HKT: "+08:00",
  SGT: "+08:00",
  AWST: "+08:00",
  JST: "+09:00",
  KST: "+09:00",
  AEST: "+10:00",
  AEDT: "+11:00",
  NZST: "+12:00",
  NZDT: "+13:00",
};

const CLOCK =
  "(?<hour>[01]?\\d|2[0-3])(?:[:.h](?<minute>[0-5]\\d))(?::(?<second>[0-5]\\d)(?:[.,]\\d{1,9})?)?(?:\\s?(?<half>[apAP])\\.?\\s?[mM]\\b\\.?)?";
const ZONE =
  "(?:\\s?\\(?(?:(?:UTC|GMT)\\s?)?(?<offset>[+\\-\u2212](?:0?\\d|1[0-4])(?::?[0-5]\\d)?)(?!\\d)|\\s?\\(?(?<zone>Z|[A-Z]{2,4})\\)?(?![\\p{L}\\p{N}]))?";
const AFTER = new RegExp(
  `(?:T|\\s?,?\\s{0,3}(?:(?:[Aa]t|AT|um|à|a las|alle|[-–—|•·@/])\\s{0,3})?)(?<![\\d.])${CLOCK}(?![\\d:])${ZONE}`,
  "uy",
);
const BEFORE = new RegExp(`(?<![\\p{L}\\p{N}:.,])${CLOCK}${ZONE}\\s?,?\\s{0,3}(?:(?:[Oo]n|am|le|[-–—|•·/])\\s{0,3})?$`, "u");

/** The time that follows a date ending at `at`, or null. */
export function timeAfter(text: string, at: number): ClockTime | null {
  AFTER.lastIndex = at;
  const match = AFTER.exec(text);
  if (match === null) return null;
  return fromMatch(match, at, at + match[0].length);
}

/** The time that leads up to a date starting at `at` ("23:03, 31 October"), or null. */
export function timeBefore(text: string, at: number): ClockTime | null {
  const from = Math.max(0, at - 40);
  const match = BEFORE.exec(text.slice(from, at));
  if (match === null || /\n/.test(match[0])) return null;
  return fromMatch(match, from + match.index, at);
}

function fromMatch(match: RegExpExecArray, start: number, end: number): ClockTime | null {
  const { hour = "", minute = "", second, half, offset, zone } = match.groups ?? {};
  // "31 October 2025 10.5" is no time, and a dot alone is too little to tell a time from a number
  if (/^\d{1,2}\.\d\d/.test(match[0].replace(/^[^\d]*/, "")) && half === undefined) return null;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  const clock = [String(hours).padStart(2, "0"), minute, ...(second === undefined ? [] : [second])].join(":");
  const known = offset === undefined ? (zone === undefined ? "" : (OFFSETS[zone] ?? "")) : offsetOf(offset);
  // a word in capitals that is no zone ("23:03 WORLD") is not part of the time
  const cut = zone !== undefined && known === "" && !/^(?:IST|BST|CST|ET|PT|CT|MT|AST|PKST|LT)$/.test(zone);
  return { value: clock + known, start, end: cut ? start + match[0].lastIndexOf(zone) : end };
}

function offsetOf(text: string): string {
  const [, sign = "+", hours = "", minutes = "00"] = /^([+\-\u2212])(\d{1,2}):?(\d\d)?$/.exec(text) ?? [];
  const offset = `${sign === "+" ? "+" : "-"}${hours.padStart(2, "0")}:${minutes}`;
  return /^[+-]00:00$/.test(offset) ? "Z" : offset;
}
