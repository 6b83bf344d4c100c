// Names in running text, and which spellings mean the same.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countryOf, governmentOf } from "../../src/text/countries.ts";
import { findAcronyms, findNames } from "../../src/text/names.ts";
import { sameName } from "../../src/text/same-name.ts";
import { fold } from "../../src/text/words.ts";

const names = (text: string): string[] =>
  findNames(text)
    .filter(({ certain }) => certain)
    .map((name) => name.text);

test.each([
  [
    "In spring Norland President Ida Vestergaard met the Ministry of Fisheries in Oslo.",
    ["Norland", "Ida Vestergaard", "Ministry of Fisheries", "Oslo"],
  ],
  ["However, Abdul Rahim al-Karimi said the U.S. would not pay.", ["Abdul Rahim al-Karimi", "U.S."]],
  ["Officials thanked Ursula van der Berg and Mr Hale's lawyer.", ["Ursula van der Berg", "Hale"]],
  ["The Harakat-e-Zameen Front (HZF) left.", ["Harakat-e-Zameen Front", "HZF"]],
  ["Prices fell. Nearly all shops closed.", []],
])("%s", (text, expected) => expect(names(text)).toEqual(expected));

test.each([
  ["Økland", "okland"],
  ["Đorđević", "dordevic"],
  ["Großmann", "grossmann"],
  ["Łukasz Wróbel", "lukasz wrobel"],
  ["Þór Ægisson", "thor aegisson"],
  ["Işık", "isik"],
])("%s is typed as %s", (written, typed) => expect(fold(written)).toBe(typed));

test("acronyms that the text explains", () => {
  expect([...findAcronyms("The Harakat-e-Zameen Front (HZF) and the Office of Harbour Safety (OHS) met (see below).")]).toEqual([
    ["HZF", "Harakat-e-Zameen Front"],
    ["OHS", "Office of Harbour Safety"],
  ]);
});

describe("sameName", () => {
  test.each([
    ["Mohammed Hadi", "Muhammad Hadi", true],
    ["Tehreek-e-Zameen", "Tehrik-i-Zameen", true],
    ["HZF", "Harakat-e-Zameen Front", true],
    ["Vestergaard", "Ida Vestergaard", true],
    ["Ida Vestergaard", "Eva Vestergaard", false],
    ["Iran", "Iraq", false],
    ["Niger", "Nigeria", false],
    ["Afghans", "Afghanistan", true],
    ["U.S.", "United States", true],
    ["Kiev", "Kyiv", true],
    ["Hale's", "Hale", true],
    ["Sigrun Okland", "Sigrún Økland", true],
    ["Marie Lund", "Mario Lund", false],
  ])("%s / %s: %s", (a, b, same) => {
    expect(sameName(a, b)).toBe(same);
    expect(sameName(b, a)).toBe(same);
  });
});

test("countries and their capitals", () => {
  expect(countryOf("French")).toBe(countryOf("France"));
  expect(governmentOf("Kabul")).toBe(countryOf("Afghan"));
  expect(countryOf("Atlantis")).toBeNull();
});

test("names are slices of the text, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (noise) => {
      const text = `${noise} Then Ida Vestergaard spoke. ${noise}`;
      for (const name of findNames(text)) expect(text.slice(name.start, name.end)).toBe(name.text);
    }),
  );
});
