// One line of Markdown or of a saved page reduced to the words that people read. Linear: every pattern is bounded.

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  copy: "©",
};

/** As reference links and their definitions are matched. */
export const labelOf = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();

const NONE: ReadonlySet<string> = new Set();

/** `labels` are those that the text defines: only they make reference links. White space folded; in Markdown links become their text, images and footnote marks go, emphasis loses its marks. */
export function inlineText(line: string, markdown: boolean, labels: ReadonlySet<string> = NONE): string {
  let text = line;
  if (markdown) {
    text = text
      .replace(/!\[[^\]\n]{0,500}\](?:\([^()\s]{0,2000}(?:\s"[^"\n]{0,300}")?\)|\[[^\]\n]{0,100}\])/g, " ")
      .replace(/\[([^\][\n]{1,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s"[^"\n]{0,300}")?\)/g, "$1")
      .replace(/\[([^\][\n]{1,500})\]\[([^\][\n]{0,100})\]/g, (whole, text: string, label: string) =>
        labels.has(labelOf(label === "" ? text : label)) ? text : whole,
      )
      .replace(/\[\^[^\]\s]{1,40}\]/g, "")
      .replace(/<(https?:\/\/[^\s>]{1,2000})>/g, "$1")
      .replace(/(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])/g, "$2")
      .replace(/(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])/g, "$2")
      .replace(/~~([^~\n]{1,1000})~~/g, "$1")
      .replace(/`{1,3}([^`\n]{1,1000})`{1,3}/g, "$1")
      .replace(/(?: {2,}|\\)$/, "")
      .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, "$1");
  }
  return text
    .replace(
      /<\/?(?:a|abbr|b|br|center|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|small|span|strong|sub|sup|u|ul)(?:\s[^<>]{0,1000})?\/?>/gi,
      " ",
    )
    .replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number(decimal);
      return code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : " ";
    })
    .replace(/\s+/g, " ")
    .trim();
}
