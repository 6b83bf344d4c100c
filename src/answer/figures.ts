// The numbers of a sentence that are no dates, and whether another sentence gives them. It does not say who is right.
import { findEventTimes } from "../text/event-times.ts";
import { findQuantities, type Quantity, sameQuantity } from "../text/numbers.ts";
import { createRecent } from "../text/recent.ts";

const remembered = createRecent<Quantity[]>(3000);

function figuresIn(text: string): Quantity[] {
  return remembered(text, () => {
    const times = findEventTimes(text, null);
    return findQuantities(text).filter(
      ({ start, end, weak, kind }) =>
        !weak &&
        kind !== "ordinal" &&
        !times.some((time) => start < time.end && time.start < end) &&
        /\d/.test(text.slice(start, end)),
    );
  });
}

/** Both give numbers, and not one of them is the same. */
export function givesOtherFigures(a: string, b: string): boolean {
  const [own, theirs] = [figuresIn(a), figuresIn(b)];
  return own.length > 0 && theirs.length > 0 && !own.some((one) => theirs.some((other) => sameQuantity(one, other)));
}
