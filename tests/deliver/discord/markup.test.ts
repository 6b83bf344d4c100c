// Text from outside reads the same and does nothing: checked by laying it out as Discord does.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { discordMarkup, plainText, unixDay } from "../../../src/deliver/discord/discord-markup.ts";
import { renderMessage } from "../../support/render-message.ts";

const TRICKS = [
  "@everyone",
  "@here",
  "<@123456789012345678>",
  "<@!123456789012345678>",
  "<@&123456789012345678>",
  "<#123456789012345678>",
  "</ask:123456789012345678>",
  "<id:customize>",
  "<:wave:123456789012345678>",
  "<a:wave:123456789012345678>",
  ":smile:",
  "<t:1700000000:R>",
  "https://evil.example/x",
  "<https://evil.example>",
  "[click](https://evil.example)",
  "[click](<https://evil.example>)",
  "discord.gg/abc",
  "discord.com/invite/abc",
  "discordapp.com/invite/abc",
  "**bold**",
  "__under__",
  "*it*",
  "_it_",
  "~~gone~~",
  "||hidden||",
  "`code`",
  "```js\ncode\n```",
  "# Title",
  "### Title",
  "-# small",
  "> quote",
  ">>> quote",
  "- item",
  "* item",
  "1. item",
  "\\",
  "\\*",
  "[1]",
  "\n",
  " ",
  "a",
  ".",
  "(",
  ")",
  "<mailto:a@b.example>",
];

const invisible = /[\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g;

function effectsOf(text: string): string[] {
  return renderMessage(text).effects.map((effect) => effect.kind);
}

describe("text from outside", () => {
  test("the tricks do take effect when they are not made harmless", () => {
    const inert = TRICKS.filter((trick) => trick.length > 3 && effectsOf(trick).length === 0);
    expect(inert).toEqual([]);
  });

  test.each(TRICKS)("%j does nothing", (trick) => {
    expect(effectsOf(plainText(trick))).toEqual([]);
    expect(effectsOf(plainText(`before ${trick} after`))).toEqual([]);
  });

  test("nothing takes effect in any mixture, and it reads as it was", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...TRICKS), fc.string({ maxLength: 12, unit: "grapheme" })), { maxLength: 12 }),
        (pieces) => {
          const text = pieces.join("").replace(invisible, "");
          const rendered = renderMessage(plainText(text));
          expect(rendered.effects).toEqual([]);
          expect(rendered.text.replace(invisible, "")).toBe(text);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a quotation is nothing but quoted lines", () => {
    const rendered = renderMessage(discordMarkup.quote("First @everyone.\n# Second\n> Third"));
    expect(new Set(rendered.effects.map((effect) => effect.kind))).toEqual(new Set(["quote"]));
    expect(rendered.text.replace(invisible, "")).toBe("First @everyone.\n# Second\n> Third");
  });

  test("a link's label and address cannot leave the link", () => {
    const link = discordMarkup.link("a](https://evil.example) [b", "https://good.example/a>b)c?q=<x>#:~:text=one%20two,-three");
    const { effects, html } = renderMessage(link);
    expect(effects.map((effect) => effect.kind)).toEqual(["masked-link"]);
    expect(html).toContain("https://good.example/a%3Eb%29c?q=%3Cx%3E#:~:text=one%20two,-three");
    expect(discordMarkup.link("x", "javascript:alert(1)")).toBe("x");
  });

  test.each([
    ["The Hill (US)"],
    ["C|Net"],
    ["9to5_Mac"],
    ["No. 1 [Wire]", "No. 1 (Wire)"],
    ["1. FC Blog"],
    ["AT#T *Star*"],
    ["a_b_c __d"],
    ["~~Left~~ ||Right||", "~~Left~~ ||Right||"],
    ["# Loud -> <b>", "# Loud -> <b>"],
    ["8"],
  ])("the label %s reads as it is written, without a backslash or a bracket", (label, read = label) => {
    const link = discordMarkup.link(label, "https://good.example/");
    const { effects, text } = renderMessage(`[1] ${link}`);
    expect(link.slice(1, link.indexOf("](<"))).not.toMatch(/[[\]\\]/);
    expect(effects.map(({ kind }) => kind)).toEqual(["masked-link"]);
    expect(text.replace(invisible, "").replace(/\u02cd/g, "_")).toBe(`[1] ${read}`);
  });

  test("no label does anything but name its link", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...TRICKS), fc.string({ maxLength: 12, unit: "grapheme" })), { maxLength: 8 }),
        (pieces) => {
          const link = discordMarkup.link(pieces.join(""), "https://good.example/");
          expect(link.slice(1, link.indexOf("](<"))).not.toMatch(/[[\]\\]/);
          expect(renderMessage(`[1] ${link}`).effects.map(({ kind }) => kind)).toEqual(["masked-link"]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("dates", () => {
  test("a day without a time is noon UTC, so that it is the same day for readers from -12 to +11", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2035-12-31"), noInvalidDate: true }),
        fc.integer({ min: -12, max: 11 }),
        (date, offset) => {
          const given = date.toISOString().slice(0, 10);
          const seen = new Date(((unixDay(given) ?? 0) + offset * 3600) * 1000);
          expect(seen.toISOString().slice(0, 10)).toBe(given);
        },
      ),
    );
  });

  test("an instant keeps its time, a month and a year are words", () => {
    expect(discordMarkup.day("2025-10-31T23:03:00+04:00")).toBe(`<t:${Date.parse("2025-10-31T19:03:00Z") / 1000}:D>`);
    expect(discordMarkup.day("2025-10")).toBe("Oct 2025");
    expect(discordMarkup.day("2025")).toBe("2025");
  });
});
