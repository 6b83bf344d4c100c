// Dates of a claim: each must stand in the source, be what its relative words mean, or be the day of publication. Parts may be left out, never changed.
import { valueInstead } from "./belonging.ts";
import type { DateParts } from "./date-parts.ts";
import type { Finding } from "./facts.ts";
import type { ReadSentence, ReadSource } from "./reading.ts";

export function checkDates(claim: ReadSentence, source: ReadSource): Finding[] {
  const years = new Set([...source.sentences, ...source.known].flatMap(({ dates }) => dates.flatMap(({ year }) => year ?? [])));
  return claim.dates.flatMap((date): Finding[] => {
    const stands = (other: DateParts): boolean => mayBe(date, other, years);
    const stated = source.sentences.flatMap(({ dates }) => dates);
    // "1250 flats" where the source has 1,250
    if (/^\d{4}$/.test(date.text) && source.quantities.some(({ kind, value }) => kind !== "year" && value === date.year))
      return [];
    if (source.dates.some(stands)) {
      const others = claim.dates.filter((own) => own !== date);
      const rival = valueInstead(
        claim,
        date,
        source,
        ({ dates }) => dates.filter((other) => sharesPart(date, other) && !others.some((own) => mayBe(own, other, years))),
        stands,
      );
      return rival === null || !stated.some(stands) ? [] : [objection(date, rival)];
    }
    const kin = (other: DateParts): boolean => sharesPart(date, other) && differs(date, other);
    const other =
      valueInstead(
        claim,
        date,
        source,
        ({ dates }) => dates.filter(kin),
        () => false,
      ) ??
      stated.find(kin) ??
      // the year that "July 22" is taken to mean may be another
      (stated.some((other) => sharesPart(date, other)) ? undefined : source.meant.find(kin));
    return [other === undefined ? missing(date) : objection(date, other)];
  });
}

const objection = (date: DateParts, other: DateParts): Finding => ({
  kind: "date",
  contradicted: true,
  reason: `says ${date.text}, the source says ${other.text}`,
});

const missing = ({ text }: DateParts): Finding => ({
  kind: "date",
  contradicted: false,
  reason: `date not in the source: ${text}`,
});

/** Whether the source's date may be the claim's: no part differs; a year that the claim adds is named elsewhere. */
function mayBe(claim: DateParts, source: DateParts, years: ReadonlySet<number>): boolean {
  if (claim.day !== null && source.day !== claim.day) return false;
  if (claim.month !== null && source.month !== claim.month) return false;
  if (claim.year !== null && source.year !== null && source.year !== claim.year) return false;
  if (claim.year !== null && source.year === null && !(claim.month !== null && years.has(claim.year))) return false;
  return claim.weekday === null || source.weekday === claim.weekday;
}

/** Both give one of the same parts, so one of them is wrong about it. */
const sharesPart = (a: DateParts, b: DateParts): boolean =>
  (a.year !== null && b.year !== null) || (a.month !== null && b.month !== null) || (a.weekday !== null && b.weekday !== null);
/** What only lacks a part says nothing else. */
const differs = (a: DateParts, b: DateParts): boolean =>
  (["year", "month", "day", "weekday"] as const).some((part) => a[part] !== null && b[part] !== null && a[part] !== b[part]);
