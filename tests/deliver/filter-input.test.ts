import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readDigestInput, readFilter } from "../../src/deliver/filter-input.ts";
import { Failure } from "../../src/failure.ts";

function codeOf(input: Parameters<typeof readFilter>[0]): string {
  try {
    readFilter(input);
    return "fine";
  } catch (cause) {
    return cause instanceof Failure ? `${cause.code} ${cause.exit}` : "crash";
  }
}

test("partial dates span their whole month or year, blanks are left out", () => {
  expect(
    readFilter({ since: "2025-10", until: "2025", asOf: "2024-02", publisher: "  ", genre: "Opinion", k: "7", undated: true }),
  ).toEqual({
    since: "2025-10-01",
    until: "2025-12-31",
    asOf: "2024-02-29",
    genre: "opinion",
    k: 7,
    undated: true,
  });
});

test.each([
  [{ since: "yesterday-ish" }, "date_invalid 2"],
  [{ since: "2025-02-30" }, "date_invalid 2"],
  [{ since: "2025-11-01", until: "2025-10-31" }, "dates_reversed 2"],
  [{ since: "2025-10", until: "2025-10" }, "fine"],
  [{ genre: "poem" }, "genre_unknown 2"],
  [{ mode: "fuzzy" }, "mode_unknown 2"],
  [{ k: 0 }, "k_invalid 2"],
  [{ k: 51 }, "k_invalid 2"],
  [{ k: "1e1" }, "k_invalid 2"],
  [{ publisher: ["a"] }, "value_invalid 2"],
])("%j: %s", (input, expected) => {
  expect(codeOf(input)).toBe(expected);
});

test("whatever stands in a batch line, the outcome is a filter or one Failure", () => {
  fc.assert(
    fc.property(
      fc.record({
        since: fc.anything(),
        until: fc.anything(),
        publisher: fc.anything(),
        genre: fc.anything(),
        k: fc.anything(),
        mode: fc.anything(),
      }),
      (input) => {
        expect(codeOf(input)).not.toBe("crash");
      },
    ),
  );
});

test("a digest: reads day, zone, topic and filters; empty ones are left out", () => {
  expect(readDigestInput({ date: " 2025-10-31 ", zone: "Asia/Kabul", topic: " dam ", publisher: "Coast Wire", k: 3 })).toEqual({
    date: "2025-10-31",
    zone: "Asia/Kabul",
    topic: "dam",
    publisher: "Coast Wire",
  });
  expect(readDigestInput({ date: "", topic: null })).toEqual({});
});

test.each([
  [{ date: "2025-02-29" }, "date_invalid"],
  [{ date: "2025-10" }, "date_invalid"],
  [{ date: 20251031 }, "date_invalid"],
  [{ date: { year: 2025 } }, "value_invalid"],
  [{ zone: "Mars/Olympus" }, "zone_unknown"],
  [{ zone: "+02:00" }, "zone_unknown"],
  [{ zone: "EST" }, "zone_unknown"],
  [{ topic: "x".repeat(2000) }, "topic_long"],
])("a digest: refuses %j", (input, code) => {
  expect(() => readDigestInput(input)).toThrow(expect.objectContaining({ code, exit: 2 }));
});
