// The terminal's markup, and how rendered blocks are laid between its edges.
import { createColors } from "picocolors";
import { dateInWords } from "../../text/date-words.ts";
import type { Markup } from "../render/markup.ts";
import { plain, wrap } from "./output.ts";

export interface Look {
  colour: boolean;
  width: number;
}

export function terminalMarkup({ colour }: Pick<Look, "colour">): Markup {
  const c = createColors(colour);
  return {
    plain,
    strong: c.bold,
    small: c.dim,
    day: dateInWords,
    link: plain,
    quote: (text) => c.dim(`“${plain(text.trim().replace(/\s+/g, " "))}”`),
    under: (line) => `      ${line}`,
    roomy: true,
  };
}

/** What `render` makes for this markup, wrapped: a line's own spaces stand before its further lines too, and what it is marked with hangs out. */
export function page(look: Look, render: (markup: Markup) => string): string {
  const lines = render(terminalMarkup(look)).split("\n");
  return lines
    .map((line) => {
      const [, lead = "", mark = ""] = /^( *)(\[\d|• |(?:ok  |FAIL) |\d+\. )?/.exec(line) ?? [];
      return wrap(line.slice(lead.length), look.width, lead + " ".repeat(mark.startsWith("[") ? 4 : mark.length), lead);
    })
    .join("\n");
}
