// Time zones by their IANA names: which are known, and which one somebody may have meant. The list is the one of the runtime.
import { Failure } from "../../failure.ts";

const fold = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .trim();

let names: readonly string[] | null = null;

/** All names that the runtime lists, with UTC, in alphabetical order. */
export function zoneNames(): readonly string[] {
  names ??= [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
  return names;
}

/** Whether the runtime knows the name; aliases and any capitals count, offsets such as +02:00 do not: they know no summer time. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Zone names like the query, best first: for autocomplete, and for hints. An empty query gives the beginning of the list. */
export function nearZones(query: string, limit: number): string[] {
  const wanted = fold(query.slice(0, 60));
  if (wanted === "") return zoneNames().slice(0, limit);
  return zoneNames()
    .map((name) => ({ name, score: likeness(wanted, name) }))
    .filter((zone) => zone.score >= 0.4)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map((zone) => zone.name);
}

/** Throws Failure `zone_unknown` (exit 2), with the nearest names. */
export function mustBeZone(name: string): void {
  if (isZone(name)) return;
  const near = nearZones(name, 3);
  throw new Failure(
    "zone_unknown",
    `This time zone is not known: ${name.slice(0, 60) || "(empty)"}`,
    near.length > 0 ? `Did you mean ${near.join(", ")}?` : "Use an IANA name, e.g. Europe/Berlin, America/New_York or UTC.",
    { exit: 2 },
  );
}

/** 0..1. A beginning of the city counts most, then any part, then shared pairs of letters. */
function likeness(wanted: string, name: string): number {
  const whole = fold(name);
  const city = whole.slice(whole.lastIndexOf("/") + 1);
  if (whole === wanted || city === wanted) return 1;
  if (city.startsWith(wanted) || whole.startsWith(wanted)) return 0.95;
  if (whole.includes(wanted)) return 0.9;
  const asked = wanted.slice(wanted.lastIndexOf("/") + 1);
  return 0.85 * Math.max(shared(wanted, whole), shared(asked, city) * (asked === wanted ? 1 : 0.95));
}

/** Dice's coefficient of letter pairs. */
function shared(a: string, b: string): number {
  const pairs = (text: string): string[] => Array.from({ length: text.length + 1 }, (_, at) => ` ${text} `.slice(at, at + 2));
  const left = pairs(a);
  const right = pairs(b);
  let common = 0;
  for (const pair of left) {
    const at = right.indexOf(pair);
    if (at === -1) continue;
    common += 1;
    right.splice(at, 1);
  }
  return (2 * common) / (left.length + b.length + 1);
}
