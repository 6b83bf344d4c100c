import { expect, test } from "vitest";
import { mentionedEvent } from "../../../src/briefings/timeline/mentioned-event.ts";
import { findEventTimes } from "../../../src/text/event-times.ts";

function mention(text: string): string | null {
  const [time] = findEventTimes(text, "2033-06-15");
  const span = time === undefined ? null : mentionedEvent(text, time);
  return span === null ? null : text.slice(span.start, span.end);
}

test.each([
  ["Since the army's coup in Sarn in May 2029, exports have fallen.", "the army's coup in Sarn in May 2029"],
  ["Melde regained its foothold after the 2029 Sarn coup, where it had invested before.", "the 2029 Sarn coup"],
  ["Attempts such as the 2031 Mell accord on fish show that talks can help.", "the 2031 Mell accord on fish"],
  ["It lost influence when the rebels took Orsk in 2030.", "the rebels took Orsk in 2030"],
  ["Nothing was built before the collapse of Cole Bank in 2028.", "the collapse of Cole Bank in 2028"],
])("what a sentence mentions: %s", (text, words) => expect(mention(text)).toBe(words));

test.each([
  "In May 2029 the army of Sarn took power.",
  "Since May 2029, Melde has shown patience with Sarn.",
  "Melde and Sarn signed a treaty in 2029.",
  "The talks led to a ceasefire in June 2030.",
  "After the fire, in 2030, Melde built a new port.",
  "Since the coup in 2029 Melde has been silent.",
])("what it tells itself, or what would not be understood alone: %s", (text) => expect(mention(text)).toBeNull());
