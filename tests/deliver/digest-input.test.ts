import { expect, test } from "vitest";
import { readDigestInput } from "../../src/deliver/filter-input.ts";

test("reads day, zone, topic and filters; empty ones are left out", () => {
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
])("refuses %j", (input, code) => {
  expect(() => readDigestInput(input)).toThrow(expect.objectContaining({ code, exit: 2 }));
});
