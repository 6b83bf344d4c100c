// When two quantities say the same: unit conversion, rounding, and the bounds of "about", "more than", "up to". Pure.
import { UNITS } from "./number-words.ts";
import type { Quantity } from "./numbers.ts";

/** Whether the source's quantity supports the claim's: same kind and unit, same value, rounded only where the claim says so ("about", "more than"). */
export function sameQuantity(claim: Quantity, source: Quantity): boolean {
  const [a, b] = [comparable(claim), comparable(source)];
  if (a.dimension !== b.dimension && !(a.dimension === "count" && looselyCounted(source))) return false;
  const converted = claim.unit !== source.unit && claim.unit !== null && source.unit !== null;
  const tolerance = converted ? 0.06 : claim.kind === "fraction" && source.kind === "percent" ? 0.02 : 1e-9;
  const [want, have] = [a.value, b.value];
  const near = (share: number): boolean => Math.abs(want - have) <= share * Math.max(Math.abs(want), Math.abs(have));
  if (claim.bound === source.bound && claim.kind !== "vague" && source.kind !== "vague") return near(tolerance);
  if (claim.kind === "vague") return have >= want * (source.kind === "vague" ? 1 : 1.5) && have <= want * 20;
  if (source.kind === "vague") return near(1e-9) && claim.bound !== "exact";
  if (claim.bound === "about") return near(Math.max(0.06, tolerance)) || rounded(have, want) === want;
  if (claim.bound === "over") {
    return near(tolerance) ? source.bound !== "under" : have > want && have <= want * 1.3 && source.bound !== "under";
  }
  if (claim.bound === "under") {
    return near(tolerance) ? source.bound !== "over" : have < want && have >= want * 0.75 && source.bound !== "over";
  }
  return near(tolerance);
}

/** The value at as many significant digits as the claim's number shows. */
function rounded(value: number, like: number): number {
  const digits = like.toExponential().replace(/e.*|\D/g, "").length;
  return Number(value.toPrecision(Math.max(1, Math.min(digits, 12))));
}

/** A bare number may stand for a measured or dated one ("the three" for "three days"); never for a percentage, an ordinal or money. */
const looselyCounted = (quantity: Quantity): boolean => quantity.kind === "measure" || quantity.kind === "year";

function comparable(quantity: Quantity): { dimension: string; value: number } {
  const { kind, unit, value } = quantity;
  if (kind === "measure" && unit !== null) {
    const known = [...UNITS.values()].find(([name]) => name === unit);
    if (known !== undefined) return { dimension: known[1], value: value * known[2] };
  }
  if (kind === "money") return { dimension: `money ${unit ?? ""}`, value };
  if (kind === "percent") return { dimension: "share", value };
  if (kind === "fraction") return { dimension: "share", value: value * 100 };
  return { dimension: kind === "cardinal" || kind === "vague" ? "count" : kind, value };
}
