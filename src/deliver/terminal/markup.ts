// The terminal's markup: emphasis where there is colour, dates in words, addresses behind their labels.
import { createColors } from "picocolors";
import { dateInWords } from "../../text/date-words.ts";
import type { Markup } from "../layout.ts";
import { plain } from "./output.ts";

export function terminalMarkup({ colour }: { colour: boolean }): Markup {
  const c = createColors(colour);
  return {
    plain,
    strong: c.bold,
    small: c.dim,
    day: dateInWords,
    link: (label, url) => `${plain(label)} ${plain(url)}`,
    quote: (text) => `“${plain(text.trim().replace(/\s+/g, " "))}”`,
  };
}
