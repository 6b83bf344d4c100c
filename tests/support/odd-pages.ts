// Pages whose marks mislead or are missing: what a reader of each would say its title, authors and date are. Made by code, all names made up.
import type { SavedPage } from "./saved-pages.ts";

const BODY = [
  "The lighthouse on the northern mole will shine again from Thursday, eleven weeks after a storm broke two of its windows and flooded the lamp room.",
  "Workers of the harbour office carried the new glass up the tower by hand, because the lift has been out of order since the spring of the year before.",
  "Fishermen had asked for the light to be repaired before the herring season, when most boats leave the harbour long before sunrise and come home after dark.",
]
  .map((text) => `<p>${text}</p>`)
  .join("\n");
const T = "Lighthouse on the northern mole shines again";

interface Page {
  head?: string;
  /** Between the site's header and the text; `H` stands for the headline's element. */
  top?: string;
  end?: string;
  lang?: string;
  name?: string;
  body?: string;
}

const html = ({
  head = `<title>${T}</title>`,
  top = "H",
  end = "",
  lang = "en",
  name = "Mole Gazette",
  body = BODY,
}: Page): string =>
  `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8">${head}</head><body><header><a href="/">${name}</a><nav><a href="/n">News</a> <a href="/s">Sport</a></nav></header><main>${top.replace("H", `<h1>${T}</h1>`)}<div class="text">${body}</div>${end}</main><footer><p>Imprint and contact</p></footer></body></html>`;
const ld = (data: unknown): string =>
  `<script type="application/ld+json">${typeof data === "string" ? data : JSON.stringify(data)}</script>`;
const meta = (name: string, content: string): string => `<meta name="${name}" property="${name}" content="${content}">`;
const TEASERS =
  '<section class="related"><article><h3><a href="/a">Ferry runs late</a></h3><time datetime="2019-05-05">5 May 2019</time><span class="author">Rolf Other</span></article><article><h3><a href="/b">Gulls counted</a></h3><time datetime="2018-05-05">5 May 2018</time><span class="author">Ina Other</span></article></section>';

type Row = [name: string, page: Page | string, author: string | null, published: string | null, title?: string, url?: string];

const ROWS: Row[] = [
  ["names that end like words", { top: 'H<p class="byline">By Mike Cason and Leah Herron</p>' }, "Mike Cason, Leah Herron", null],
  [
    "three signatures",
    { top: 'H<p class="byline">By Ana Ruiz, Bo Lind and Carl von Ense</p>' },
    "Ana Ruiz, Bo Lind, Carl von Ense",
    null,
  ],
  [
    "signature glued to its word",
    { top: 'H<div class="author"><span>By</span><a href="/x">Nora Lind</a><span>3 May 2024</span></div>' },
    "Nora Lind",
    "2024-05-03",
  ],
  [
    "boxes one under the other",
    { top: 'H<div class="byline"><div>By</div><div>Nora Lind</div><div>Harbour reporter</div><div>May 3, 2024</div></div>' },
    "Nora Lind",
    "2024-05-03",
  ],
  ["signature without a class", { top: "H<div><div><span>By <a>Nora Lind</a></span></div></div>" }, "Nora Lind", null],
  [
    "link to the author alone",
    { top: 'H<div><a href="/author/nora-lind">Nora Lind</a> · 3 May 2024</div>' },
    "Nora Lind",
    "2024-05-03",
  ],
  [
    "author as an address in meta",
    {
      head: `<title>${T}</title>${meta("article:author", "https://www.facebook.com/nora")}`,
      top: 'H<p class="byline">By Nora Lind</p>',
    },
    "Nora Lind",
    null,
  ],
  [
    "the owner in meta, the author on the page",
    { head: `<title>${T}</title>${meta("author", "Northern Press House")}`, top: 'H<span rel="author">Nora Lind</span>' },
    "Nora Lind",
    null,
  ],
  [
    "several meta authors",
    { head: `<title>${T}</title>${meta("citation_author", "Lind, Nora")}${meta("citation_author", "Ruiz, Ana")}` },
    "Nora Lind, Ana Ruiz",
    null,
  ],
  ["author with a degree", { top: 'H<p class="byline">By Nora Lind, PhD, and Ana Ruiz, MD</p>' }, "Nora Lind, Ana Ruiz", null],
  [
    "author and outlet",
    { head: `<title>${T}</title>${meta("author", "Nora Lind, Mole Gazette")}${meta("og:site_name", "Mole Gazette")}` },
    "Nora Lind",
    null,
  ],
  ["authors of teasers are not the page's", { end: TEASERS }, null, null],
  [
    "an author card",
    { top: 'H<div class="author-card"><a href="/author/nora"><div>Nora Lind</div></a></div>' },
    "Nora Lind",
    null,
  ],
  [
    "parsely",
    { head: `<title>${T}</title>${meta("parsely-author", "Nora Lind")}${meta("parsely-pub-date", "2024-05-03T10:00:00Z")}` },
    "Nora Lind",
    "2024-05-03T10:00:00Z",
  ],
  [
    "sailthru",
    { head: `<title>${T}</title>${meta("sailthru.author", "Nora Lind")}${meta("sailthru.date", "2024-05-03 10:00:00 +0200")}` },
    "Nora Lind",
    "2024-05-03T10:00:00+02:00",
  ],
  [
    "Dublin Core",
    { head: `<title>${T}</title>${meta("DC.creator", "Nora Lind")}${meta("DC.date.issued", "2024-05-03")}` },
    "Nora Lind",
    "2024-05-03",
  ],
  [
    "RDFa",
    { top: 'H<span property="dc:date dc:created" content="2024-05-03T10:00:00+02:00">Fri, 3 May</span>' },
    null,
    "2024-05-03T10:00:00+02:00",
  ],
  [
    "microdata",
    {
      top: 'H<span itemprop="author" itemscope><span itemprop="name">Nora Lind</span></span><meta itemprop="datePublished" content="2024-05-03">',
    },
    "Nora Lind",
    "2024-05-03",
  ],
  [
    "an odd zone",
    { head: `<title>${T}</title>${meta("article:published_time", "2024-05-03T10:00:00.000+0545")}` },
    null,
    "2024-05-03T10:00:00+05:45",
  ],
  [
    "a list in the data",
    {
      head: `<title>${T}</title>${ld([{ "@type": "BreadcrumbList" }, { "@type": ["Article", "NewsArticle"], headline: T, datePublished: "2024-05-03T10:00:00Z", author: [{ name: "Nora Lind" }, { name: "Ana Ruiz" }] }])}`,
    },
    "Nora Lind, Ana Ruiz",
    "2024-05-03T10:00:00Z",
  ],
  [
    "a graph with only the page in it",
    { head: `<title>${T}</title>${ld({ "@graph": [{ "@type": "WebPage", datePublished: "2024-05-03T10:00:00+00:00" }] })}` },
    null,
    "2024-05-03T10:00:00Z",
  ],
  [
    "data with a comma too many",
    {
      head: `<title>${T}</title>${ld(`{"@type":"NewsArticle","headline":"${T}","datePublished":"2024-05-03T10:00:00Z","author":{"name":"Nora Lind",},}`)}`,
    },
    "Nora Lind",
    "2024-05-03T10:00:00Z",
  ],
  [
    "data with a line break in a text",
    {
      head: `<title>${T}</title>${ld(`{"@type":"NewsArticle","headline":"${T}","description":"a\nb","datePublished":"2024-05-03T10:00:00Z"}`)}`,
    },
    null,
    "2024-05-03T10:00:00Z",
  ],
  [
    "data of other articles",
    {
      head: `<title>${T}</title>${ld([
        { "@type": "NewsArticle", headline: "Ferry runs late", datePublished: "2019-05-05" },
        { "@type": "NewsArticle", headline: "Gulls counted", datePublished: "2018-05-05" },
      ])}`,
      top: 'H<p class="date">3 May 2024</p>',
    },
    null,
    "2024-05-03",
  ],
  [
    "an organisation as author in the data",
    {
      head: `<title>${T}</title>${meta("og:site_name", "Mole Gazette")}${ld({ "@type": "NewsArticle", headline: T, author: { "@type": "Organization", name: "Mole Gazette" } })}`,
    },
    null,
    null,
  ],
  [
    "a forum's member in small letters",
    {
      head: `<title>${T}</title>${ld({ "@type": "DiscussionForumPosting", headline: T, datePublished: "2024-05-03T10:00:00Z", author: { "@type": "Person", name: "mole_keeper" } })}`,
    },
    "mole_keeper",
    "2024-05-03T10:00:00Z",
  ],
  [
    "an agency as author",
    {
      head: `<title>${T}</title>${ld({ "@type": "NewsArticle", headline: T, author: { "@type": "Organization", name: "Coastal Agency Wire" } })}`,
      top: "H",
    },
    null,
    null,
  ],
  ["updated before published", { top: 'H<p class="meta">Updated: 9 May 2024 | Published: 3 May 2024</p>' }, null, "2024-05-03"],
  ["only updated", { top: 'H<p class="meta">Last updated on 9 May 2024</p>' }, null, null],
  ["a bare line", { top: "H<div>03.05.2024</div>", lang: "de" }, null, "2024-05-03"],
  ["a bare line over the headline", { top: "<div>03.05.2024</div>H", lang: "de" }, null, "2024-05-03"],
  ["a bare line with a section", { top: "H<p>3. Mai 2024 | Hafen</p>", lang: "de" }, null, "2024-05-03"],
  ["figures in two orders without a language", { top: 'H<p class="date">04/05/2024</p>', lang: "" }, null, null],
  ["figures in two orders, American", { top: 'H<p class="date">04/05/2024</p>', lang: "en-US" }, null, "2024-04-05"],
  ["figures in two orders, British", { top: 'H<p class="date">04/05/2024</p>', lang: "en-GB" }, null, "2024-05-04"],
  [
    "month in the address, day on the page",
    { top: "H<p>Posted 05/03/2024 in Harbour</p>" },
    null,
    "2024-05-03",
    T,
    "https://mole-gazette.org/2024/05/lighthouse/",
  ],
  ["day in the address", {}, null, "2024-05-03", T, "https://mole-gazette.org/2024/may/03/lighthouse"],
  ["only a month in the address", {}, null, "2024-05", T, "https://mole-gazette.org/2024/05/lighthouse/"],
  ["end of the article", { end: '<p class="post-footer">Posted by Nora Lind on May 3, 2024</p>' }, "Nora Lind", "2024-05-03"],
  ["dates of teasers only", { end: TEASERS }, null, null],
  ["the clock of the page", { top: "<div>Aktuelle Zeit: 14.10.2025, 12:18</div>H", lang: "de" }, null, null],
  ["a date in a sentence", { top: "H<p>The tower was built on 4 May 1911.</p>" }, null, null],
  [
    "data that contradict each other",
    {
      head: `<title>${T}</title>${meta("article:published_time", "2021-05-03T10:00:00Z")}${ld({ "@type": "NewsArticle", headline: T, datePublished: "2024-05-03T10:00:00Z" })}`,
    },
    null,
    null,
  ],
  [
    "data that contradict each other, the page decides",
    {
      head: `<title>${T}</title>${meta("article:published_time", "2021-05-03T10:00:00Z")}${ld({ "@type": "NewsArticle", headline: T, datePublished: "2024-05-03T10:00:00Z" })}`,
      top: "H<div>3 May 2024</div>",
    },
    null,
    "2024-05-03T10:00:00Z",
  ],
  [
    "Arabic",
    { top: 'H<div class="meta">بقلم ليلى حداد</div><div>الجمعة، 03 مايو 2024</div>', lang: "ar" },
    "ليلى حداد",
    "2024-05-03",
  ],
  ["Urdu", { top: 'H<span class="date">3 مئی 2024</span>', lang: "ur" }, null, "2024-05-03"],
  ["Russian", { top: 'H<div class="article__date">3 мая 2024, 10:00</div>', lang: "ru" }, null, "2024-05-03T10:00"],
  ["Turkish", { top: "H<div>Yayınlanma: 3 Mayıs 2024</div>", lang: "tr" }, null, "2024-05-03"],
  ["Polish", { top: 'H<div class="data-publikacji">3 maja 2024</div>', lang: "pl" }, null, "2024-05-03"],
  ["Spanish", { top: 'H<p class="firma">Por Inés Vidal</p><p>3 de mayo de 2024</p>', lang: "es" }, "Inés Vidal", "2024-05-03"],
  ["French", { top: "H<p>Par Luc Morel — Publié le 3 mai 2024 à 10h00</p>", lang: "fr" }, "Luc Morel", "2024-05-03T10:00"],
  [
    "site behind a dash",
    { head: "<title>Lighthouse shines again - The Mole Gazette</title>", top: "" },
    null,
    null,
    "Lighthouse shines again",
    "https://www.molegazette.org/a",
  ],
  [
    "initials of the site",
    { head: `<title>${T} : Two Rivers : NPN</title>`, top: "" },
    null,
    null,
    `${T} : Two Rivers`,
    "https://www.npn.org/a",
  ],
  [
    "a dash of the headline's own",
    { head: "<title>Light again - after eleven weeks of darkness</title>", top: "" },
    null,
    null,
    "Light again - after eleven weeks of darkness",
  ],
  [
    "a headline for networks",
    { head: `<title>${T}</title>${meta("og:title", "You will not believe what shines again on the mole")}` },
    null,
    null,
  ],
  [
    "a kicker in the headline's element",
    { head: `<title>${T}</title>${meta("og:title", T)}`, top: `<h1><small>Harbour</small>${T}</h1>` },
    null,
    null,
  ],
  ["the site's name as first headline", { head: `<title>${T}</title>`, top: "<h1>Mole Gazette</h1>H", name: "" }, null, null],
];

export const ODD_PAGES: SavedPage[] = ROWS.map(
  ([name, page, author, published, title = T, url = "https://mole-gazette.org/harbour/lighthouse"]) => ({
    name,
    url,
    html: typeof page === "string" ? page : html(page),
    title,
    author,
    published,
  }),
);
