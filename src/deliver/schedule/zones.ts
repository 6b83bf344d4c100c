// Time zones by their IANA names: which are known, and which one somebody may have meant. The list is the one of the runtime.
import { misuse } from "../../failure.ts";
import { shareOf } from "../../text/shingles.ts";
import { fold } from "../../text/words.ts";

let names: readonly string[] | null = null;

/** All names that the runtime lists, with UTC, in alphabetical order. */
export function zoneNames(): readonly string[] {
  names ??= [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
  return names;
}

/**
 * Where people mean their clock to run when they write an abbreviation, the most first. The runtime knows some of these names, and takes EST for
 * a clock without summer time and IST for India alone.
 */
const MEANT_BY = new Map(
  `PST America/Los_Angeles Asia/Manila
  MST America/Denver America/Phoenix
  CST America/Chicago Asia/Shanghai America/Havana
  EST America/New_York America/Toronto America/Panama
  AST America/Halifax America/Puerto_Rico Asia/Riyadh
  NST America/St_Johns
  HST Pacific/Honolulu
  AKST America/Anchorage
  ART America/Argentina/Buenos_Aires
  BRT America/Sao_Paulo
  BST Europe/London Asia/Dhaka
  IST Asia/Kolkata Europe/Dublin Asia/Jerusalem
  CEST Europe/Berlin Europe/Paris Europe/Madrid
  EEST Europe/Athens Europe/Kyiv Europe/Helsinki
  WEST Europe/Lisbon Atlantic/Canary
  MSK Europe/Moscow
  TRT Europe/Istanbul
  CAT Africa/Maputo Africa/Harare
  EAT Africa/Nairobi Africa/Addis_Ababa
  WAT Africa/Lagos Africa/Kinshasa
  SAST Africa/Johannesburg
  GST Asia/Dubai
  PKT Asia/Karachi
  SGT Asia/Singapore
  SST Pacific/Pago_Pago
  HKT Asia/Hong_Kong
  PHT Asia/Manila
  WIB Asia/Jakarta
  JST Asia/Tokyo
  KST Asia/Seoul
  ACST Australia/Adelaide Australia/Darwin
  AEST Australia/Sydney Australia/Brisbane
  AWST Australia/Perth
  NZST Pacific/Auckland`
    .split(/\n\s*/)
    .map((line) => line.split(" "))
    .map(([short = "", ...zones]) => [short, zones]),
);

/** An abbreviation of a clock (PST, PDT, EST5EDT), which is not the name of a zone, other than those that the zone database gives to a place. */
const isAbbreviation = (name: string): boolean =>
  /^(?!(?:utc|gmt|uct|[cemw]et|gb|nz|prc|roc|rok|cuba|eire|iran|zulu)$)[A-Z]{2,4}(?:\d[A-Z]{3})?$/i.test(name);

/** IANA names that an abbreviation stands for; PDT and PT mean those of PST. */
function meantBy(name: string): readonly string[] {
  const short = name
    .trim()
    .toUpperCase()
    .replace(/\d[A-Z]{3}$/, "");
  return MEANT_BY.get(short) ?? MEANT_BY.get(short.replace(/D?T$/, "ST")) ?? [];
}

/** Whether the runtime knows the name; aliases and any capitals count, abbreviations and offsets such as +02:00 do not: they know no summer time. */
export function isZone(name: string): boolean {
  return /^[A-Za-z][\w+/-]*$/.test(name) && !isAbbreviation(name) && ranAs(name) !== null;
}

/** The zone that the runtime takes a name for, an abbreviation too: schedules from before these were refused. Null for what it does not know. */
export function ranAs(name: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Zone names like the query, best first: for autocomplete, and for hints. An empty query gives the beginning of the list. */
export function nearZones(query: string, limit: number): string[] {
  const wanted = spelled(query.slice(0, 60));
  if (wanted === "") return zoneNames().slice(0, limit);
  const like = zoneNames()
    .map((name) => ({ name, score: likeness(wanted, name) }))
    .filter(({ score }) => score >= 0.4)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  return [...new Set([...meantBy(wanted), ...like.map(({ name }) => name)])].slice(0, limit);
}

/** Throws Failure `zone_unknown` (exit 2), with the nearest names. */
export function mustBeZone(name: string): void {
  if (isZone(name)) return;
  const short = isAbbreviation(name);
  const meant = short ? meantBy(name) : [];
  const near = meant.length > 0 ? meant : nearZones(name, 3);
  const what = short
    ? `${name.toUpperCase()} is an abbreviation, not the name of a time zone.`
    : `This time zone is not known: ${name.slice(0, 60) || "(empty)"}`;
  const usual = "Use an IANA name, e.g. Europe/Berlin, America/New_York or UTC.";
  throw misuse("zone_unknown", what, near.length > 0 ? `Did you mean ${near.join(", ")}?` : usual);
}

/** 0..1. A beginning of the city counts most, then any part, then shared pairs of letters. */
function likeness(wanted: string, name: string): number {
  const whole = spelled(name);
  const city = cityOf(whole);
  if (whole === wanted || city === wanted) return 1;
  if (city.startsWith(wanted) || whole.startsWith(wanted)) return 0.95;
  if (whole.includes(wanted)) return 0.9;
  const [asked, there] = [pairsOf(cityOf(wanted)), pairsOf(city)];
  return 0.425 * (shareOf(asked, there) + shareOf(there, asked));
}

const spelled = (name: string): string =>
  fold(name)
    .replace(/[\s_-]+/g, " ")
    .trim();
const cityOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);
const pairsOf = (text: string): Set<string> =>
  new Set(Array.from({ length: text.length + 1 }, (_, at) => ` ${text} `.slice(at, at + 2)));
