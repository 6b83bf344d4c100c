// Lays a message out the way Discord does, as HTML: for looking at answers without a Discord, and as an independent reader of what takes
// effect in a text. Follows the client's rules for escapes, links, mentions, timestamps and blocks.

/** One thing that a text does besides being read. */
export interface Effect {
  kind: string;
  value: string;
}

export interface Rendered {
  html: string;
  /** What a person reads, without markup. */
  text: string;
  effects: Effect[];
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

interface Rule {
  kind: string;
  pattern: RegExp;
  html: (match: RegExpExecArray, inner: (text: string) => string) => string;
  text: (match: RegExpExecArray, inner: (text: string) => string) => string;
}

const wrap = (kind: string, pattern: RegExp, tag: string): Rule => ({
  kind,
  pattern,
  html: (match, inner) => `<${tag}>${inner(match[1] ?? "")}</${tag}>`,
  text: (match, inner) => inner(match[1] ?? ""),
});

const literal = (kind: string, pattern: RegExp, show: (match: RegExpExecArray) => string, style: string): Rule => ({
  kind,
  pattern,
  html: (match) => `<span class="${style}">${escapeHtml(show(match))}</span>`,
  text: (match) => show(match),
});

const RULES: Rule[] = [
  { kind: "", pattern: /^\\([^0-9A-Za-z\s])/, html: (match) => escapeHtml(match[1] ?? ""), text: (match) => match[1] ?? "" },
  literal("fence", /^```(?:[\w+-]*\n)?([^]*?)```/, (match) => match[1] ?? "", "code"),
  literal("code", /^`+([^`]+?)`+(?!`)/, (match) => match[1] ?? "", "code"),
  {
    kind: "masked-link",
    pattern: /^\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s>)]+)>?(?:\s+"[^"]*")?\)/,
    html: (match, inner) => `<a href="${escapeHtml(match[2] ?? "")}">${inner(match[1] ?? "")}</a>`,
    text: (match, inner) => inner(match[1] ?? ""),
  },
  literal("timestamp", /^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/, (match) => day(Number(match[1])), "stamp"),
  literal("user-mention", /^<@!?(\d+)>/, (match) => `@user ${match[1]}`, "mention"),
  literal("role-mention", /^<@&(\d+)>/, (match) => `@role ${match[1]}`, "mention"),
  literal("channel-mention", /^<#(\d+)>/, (match) => `#channel ${match[1]}`, "mention"),
  literal("command-mention", /^<\/[^:>]+:\d+>/, (match) => match[0], "mention"),
  literal("guide-mention", /^<id:\w+>/, (match) => match[0], "mention"),
  literal("emoji", /^<a?:(\w+):\d+>/, (match) => `:${match[1]}:`, "emoji"),
  literal("everyone", /^@(?:everyone|here)/, (match) => match[0], "mention"),
  literal("shortcode", /^:([a-z_+-][\w+-]*):/i, (match) => match[0], "emoji"),
  literal("link", /^<((?:https?|discord):\/\/[^\s>]+|mailto:[^\s>]+|tel:[^\s>]+)>/, (match) => match[1] ?? "", "link"),
  literal("link", /^(?:https?|discord|steam):\/\/[^\s<>"]+/, (match) => match[0], "link"),
  literal("invite", /^(?:discord\.(?:gg|new|gift)|discord(?:app)?\.com\/invite)\/[\w-]+/i, (match) => match[0], "link"),
  wrap("bold", /^\*\*((?:\\.|[^\\])+?)\*\*(?!\*)/, "b"),
  wrap("underline", /^__((?:\\.|[^\\])+?)__(?!_)/, "u"),
  wrap("italic", /^\*(?=\S)((?:\\.|\*\*|[^\\*])+?)\*(?!\*)/, "i"),
  wrap("italic", /^_((?:\\.|[^\\_])+?)_(?!\w)/, "i"),
  wrap("strike", /^~~((?:\\.|[^\\])+?)~~(?!_)/, "s"),
  wrap("spoiler", /^\|\|((?:\\.|[^\\])+?)\|\|/, "del"),
];

const BLOCKS: [string, RegExp, string][] = [
  ["heading", /^\s*#{1,3}\s+(.+)$/, "h3"],
  ["small", /^\s*-#\s+(.+)$/, "small"],
  ["quote", /^\s*>(?:>>)? (.*)$/, "blockquote"],
  ["list", /^\s*[-*]\s+(.+)$/, "li"],
  ["list", /^\s*\d+\.\s+(.+)$/, "li"],
];

export function renderMessage(content: string): Rendered {
  const effects: Effect[] = [];
  const inline = (text: string, as: "html" | "text"): string => {
    let out = "";
    let rest = text;
    let before = "";
    while (rest !== "") {
      const found = firstRule(rest, before);
      const taken = found?.match[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 32);
      if (found === null) out += as === "html" ? escapeHtml(taken) : taken;
      else {
        if (found.rule.kind !== "" && as === "text") effects.push({ kind: found.rule.kind, value: taken });
        out += found.rule[as](found.match, (inner) => inline(inner, as));
      }
      before = taken.slice(-1);
      rest = rest.slice(taken.length);
    }
    return out;
  };
  const lines: { html: string; text: string }[] = [];
  // fences reach over lines, everything else is laid out line by line
  for (const piece of content.split(/(```[^]*?```)/)) {
    const whole = piece.startsWith("```") && piece.length > 5;
    for (const line of whole ? [piece] : piece.split("\n")) {
      const block = whole
        ? undefined
        : BLOCKS.map(([kind, pattern, tag]) => ({ kind, tag, match: pattern.exec(line) })).find((each) => each.match !== null);
      if (block !== undefined) effects.push({ kind: block.kind, value: line });
      const body = block?.match?.[1] ?? line;
      const html = inline(body, "html");
      lines.push({
        html: block === undefined ? `<div>${html || "&nbsp;"}</div>` : `<${block.tag}>${html || "&nbsp;"}</${block.tag}>`,
        text: inline(body, "text"),
      });
    }
  }
  return { html: lines.map((line) => line.html).join("\n"), text: lines.map((line) => line.text).join("\n"), effects };
}

function firstRule(text: string, before: string): { rule: Rule; match: RegExpExecArray } | null {
  for (const rule of RULES) {
    // an underscore inside a word is no emphasis
    if (rule.kind === "italic" && text.startsWith("_") && /\w/.test(before)) continue;
    const match = rule.pattern.exec(text);
    if (match !== null) return { rule, match };
  }
  return null;
}

function day(unix: number): string {
  const date = new Date(unix * 1000);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Ground, text, lesser text, links, edge of a quotation, ground of a date, of code, of a mention and of a button, text of a button. */
const COLOURS = {
  dark: ["#313338", "#dbdee1", "#949ba4", "#00a8fc", "#4e5058", "#3f4147", "#2b2d31", "#3c4270", "#4e5058", "#ffffff"],
  light: ["#ffffff", "#313338", "#5c5e66", "#006ce7", "#c4c9ce", "#ebedef", "#f2f3f5", "#e6e8fd", "#e3e5e8", "#2e3035"],
} as const;

/** A page with the messages as a phone (or, wider, a desktop) shows them. */
export function messagePage(
  messages: readonly { content: string; buttons: readonly string[] }[],
  width = 390,
  theme: keyof typeof COLOURS = "dark",
): string {
  const [ground, text, small, link, edge, stamp, code, mention, button, label] = COLOURS[theme];
  const shown = messages.map(
    ({ content, buttons }) =>
      `<article><b class="name">Briefing</b> <span class="app">APP</span>${renderMessage(content).html}<p>${buttons.map((name) => `<button>${escapeHtml(name)}</button>`).join(" ")}</p></article>`,
  );
  return `<!doctype html><meta charset="utf-8"><style>
body{background:${ground};color:${text};font:16px/1.375 "Noto Sans",Helvetica,Arial,sans-serif;width:${width - 32}px;margin:16px;overflow-wrap:anywhere}
a,.link{color:${link};text-decoration:none}small{display:block;font-size:13px;color:${small}}blockquote{margin:0;padding:0 8px 0 12px;border-left:4px solid ${edge}}
.stamp{background:${stamp};border-radius:3px;padding:0 2px}.mention{background:${mention}}.code{background:${code};font-family:monospace;white-space:pre-wrap}
.app{background:#5865f2;color:#fff;font-size:10px;padding:1px 4px;border-radius:3px}h3{margin:4px 0}button{background:${button};color:${label};border:0;border-radius:4px;padding:8px 14px;font-size:14px}
article{margin-bottom:8px}</style>${shown.join("\n")}`;
}
