import { expect, test } from "vitest";
import { countsOtherwise } from "../../../src/briefings/digest/figures.ts";

test.each([
  ["A storm left 34 homes around Orlow without power.", "About 58 homes around Orlow lost power, the operator said.", true],
  ["A storm left 34 homes without power.", "In the dark: 34 homes had no light after the storm.", false],
  ["The bank cuts 8,700 jobs.", "The works council counted 10,500 jobs that the bank wants to cut.", true],
  ["The bank cuts 8,700 jobs.", "The bank wants to do without 8700 jobs.", false],
  ["Prices rose by 5 per cent.", "The bank was fined 7 per cent of its turnover.", false],
  ["The match ended after 12 March.", "It began on 11 March.", false],
  ["Some 12 people were hurt and 3 people died.", "3 people lost their lives.", false],
  ["Six people were hurt.", "The tower is 60 metres high.", false],
])("%s · %s", (one, other, expected) => {
  expect(countsOtherwise(one, other)).toBe(expected);
});
