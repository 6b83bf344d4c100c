// The sentence gate: what a source supports, what it contradicts, what it does not hold. Made-up news.
import { describe, expect, test } from "vitest";
import { verifyClaim } from "../../../src/answer/gate/verify-claim.ts";

const SOURCE = `Talks between Norland and Sudria collapsed in Vesterby on Friday, 14 March 2025, after three days of argument over fishing rights.
"The Sudrian side kept changing the subject," Norland's Fisheries Minister, Ida Vestergaard, said.
At least 14 sailors were injured when the Sudrian navy attacked a Norland trawler in 2023, and the damage cost $2.5 million.
The Coastal Workers Union (CWU) did not accept the offer, and its leader Omar Haddad called for a strike.
Exports fell by 12 per cent last year, the ministry said.`;

const outcome = (claim: string): string => verifyClaim(claim, SOURCE).outcome;

describe("supports true sentences in other words", () => {
  test.each([
    "Norland and Sudria's talks collapsed in Vesterby on 14 March 2025.",
    "After three days of argument over fishing rights, talks between Norland and Sudria failed in Vesterby.",
    "Fourteen or more sailors were hurt when the Sudrian navy attacked a Norland trawler in 2023.",
    "The damage cost two and a half million dollars.",
    "Ida Vestergaard said the Sudrian side kept changing the subject.",
    "The Coastal Workers Union refused to accept the offer.",
    "CWU leader Omar Haddad called for a strike.",
    "Exports dropped 12% last year.",
    'Fisheries Minister Ida Vestergaard said: "The Sudrian side kept changing the subject."',
    "A Norland trawler was attacked by the Sudrian navy in 2023.",
  ])("%s", (claim) => expect(verifyClaim(claim, SOURCE)).toMatchObject({ supported: true, reasons: [expect.any(String)] }));
});

describe("objects to planted errors, and says why", () => {
  test.each([
    ["At least 41 sailors were injured when the Sudrian navy attacked a Norland trawler in 2023.", "number"],
    ["The damage cost $2.5 billion.", "number"],
    ["Exports fell by 21 per cent last year, the ministry said.", "number"],
    ["Talks between Norland and Sudria collapsed in Vesterby on 15 March 2025.", "date"],
    ["Talks between Norland and Sudria collapsed in Vesterby on Monday.", "date"],
    ["At least 14 sailors were injured when the Sudrian navy attacked a Norland trawler in 2021.", "date"],
    ["Talks between Norland and Sudria collapsed in Hamborg on Friday.", "name"],
    ["Its leader Karim Aziz called for a strike.", "name"],
    ["The Coastal Workers Union accepted the offer.", "negation"],
    ["Exports did not fall by 12 per cent last year, the ministry said.", "negation"],
    ["Talks between Norland and Sudria succeeded in Vesterby.", "outcome"],
    ["Exports rose by 12 per cent last year, the ministry said.", "outcome"],
    ['"The Sudrian side kept changing the subject," Omar Haddad said.', "speaker"],
    ["Omar Haddad said the Sudrian side kept changing the subject.", "speaker"],
    ['Ida Vestergaard said: "The Sudrian side keeps changing the subject."', "quote"],
    ["The Norland navy attacked a Sudria trawler in 2023.", "role"],
    ["The central bank raised interest rates to curb inflation.", "content"],
  ])("%s (%s)", (claim, about) => {
    const verdict = verifyClaim(claim, SOURCE);
    expect(verdict.supported).toBe(false);
    expect(verdict.findings.map((finding) => finding.about)).toContain(about);
    expect(verdict.reasons.length).toBeGreaterThan(0);
  });
});

test("tells a contradiction from silence", () => {
  expect(outcome("Talks between Norland and Sudria succeeded in Vesterby.")).toBe("contradicted");
  expect(outcome("The central bank raised interest rates to curb inflation.")).toBe("not_found");
});

describe("a frame passes only with the metadata that it names", () => {
  const claim =
    'Eva Holm, in The Harbour Gazette (15 March 2025, opinion): "At least 14 sailors were injured when the Sudrian navy attacked a Norland trawler in 2023"';
  const context = { author: "Eva Holm", publisher: "The Harbour Gazette", published: "2025-03-15", genre: "opinion" };

  test("right", () => expect(verifyClaim(claim, SOURCE, { context })).toMatchObject({ supported: true, method: "framed quote" }));
  test.each([
    ["no metadata", {}],
    ["another author", { ...context, author: "Jan Berg" }],
    ["another publisher", { ...context, publisher: "Morning Bell" }],
    ["another date", { ...context, published: "2025-03-16" }],
  ])("%s", (_, wrong) => expect(verifyClaim(claim, SOURCE, { context: wrong }).supported).toBe(false));
});
