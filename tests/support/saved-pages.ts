// Sixty pages as content systems of many kinds write them, made by code: the same small stories in the frames, data and date lines of
// WordPress, Ghost, Drupal and others, with what a reader of each page would say its title, authors and date are.

export interface SavedPage {
  name: string;
  url: string;
  html: string;
  title: string;
  author: string | null;
  published: string | null;
  publisher?: string | null;
  genre?: string;
}

const STORIES = [
  [
    "Bridge over the Lauter closed for winter repairs",
    "The bridge over the Lauter will be closed to cars from the first week of December, the district council decided after a report on the state of its bearings.",
    "Buses take the road through the quarry instead, which adds eleven minutes to the ride between the two halves of the town.",
    "The council put the cost of the repairs at two million and expects the bridge to be open again before Easter.",
  ],
  [
    "Observatory counts fewer stars above the coast",
    "The observatory on the cape counted a tenth fewer stars than four years ago, its yearly survey of the night sky shows.",
    "New lamps along the promenade are the main cause, said the astronomers, who measured the brightness of the sky on sixty moonless nights.",
    "The towns of the coast want to dim a third of their lamps after midnight, beginning with those that light empty car parks.",
  ],
  [
    "Cheese makers win dispute over the name of a valley",
    "Only cheese from the upper valley may carry the valley's name, a court ruled on Thursday after a dispute of six years.",
    "The dairies of the neighbouring valley had sold a similar cheese under the same name and argued that it was a recipe and not a place.",
    "They have three months to print new labels, and their association said that it would not appeal against the ruling.",
  ],
  [
    "Night trains return to the mountain line",
    "Night trains will run on the mountain line again from April, the railway announced, nineteen years after the last one left the terminus.",
    "The carriages were bought second-hand and refitted in the workshops of the company, with forty beds in each train.",
    "Tickets go on sale in February, and the railway expects that most travellers will come from the cities in the plain.",
  ],
] as const;

const PEOPLE = ["Nora Lindqvist", "Tomas Okafor", "Helen Marchetti", "Ravi Deshmukh"] as const;
const body = (story: readonly string[]): string =>
  story
    .slice(1)
    .map((text) => `<p>${text}</p>`)
    .join("\n");
const chrome = (
  name: string,
  content: string,
  head: string,
  lang = "en",
): string => `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8">${head}</head><body>
<header class="site-header"><a href="/" class="logo">${name}</a><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav></header>
${content}
<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/1">Mayor opens swimming pool</a> <time datetime="2019-02-02">2 February 2019</time></li><li><a href="/2">Rain expected</a></li></ul></aside>
<footer><p>Copyright 2025 ${name}. All rights reserved.</p></footer></body></html>`;
const ld = (data: object): string =>
  `<script type="application/ld+json">${JSON.stringify({ "@context": "https://schema.org", ...data })}</script>`;
const og = (properties: Record<string, string>): string =>
  Object.entries(properties)
    .map(([key, value]) => `<meta property="${key}" content="${value}">`)
    .join("");

type Maker = (story: (typeof STORIES)[number], author: string, n: number) => Omit<SavedPage, "title"> & { title?: string };

const MAKERS: Maker[] = [
  (story, author, n) => ({
    name: "WordPress with an SEO plugin",
    url: `https://valley-post.org/2025/03/0${n + 1}/story-${n}/`,
    author,
    published: `2025-03-0${n + 1}T09:15:00+01:00`,
    publisher: "The Valley Post",
    html: chrome(
      "The Valley Post",
      `<main><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">${story[0]}</h1><div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published updated" datetime="2025-03-0${n + 1}T09:15:00+01:00">March ${n + 1}, 2025</time></span><span class="byline"> by <span class="author vcard"><a href="/author/x">${author}</a></span></span></div></header><div class="entry-content">${body(story)}<div class="sharedaddy"><h3>Share this:</h3></div></div></article><div id="comments"><p>Anna says: I have used this bridge every day for the whole of my life and hope it opens soon.</p></div></main>`,
      `<title>${story[0]} - The Valley Post</title>` +
        og({
          "og:title": `${story[0]} - The Valley Post`,
          "og:site_name": "The Valley Post",
          "article:published_time": `2025-03-0${n + 1}T08:15:00+00:00`,
        }) +
        ld({
          "@graph": [
            {
              "@type": "WebPage",
              "@id": "p",
              name: `${story[0]} - The Valley Post`,
              datePublished: `2025-03-0${n + 1}T09:15:00+01:00`,
            },
            {
              "@type": "Article",
              headline: story[0],
              datePublished: `2025-03-0${n + 1}T09:15:00+01:00`,
              author: { "@id": "#a", name: author },
              publisher: { "@id": "#org" },
            },
            { "@type": "Organization", "@id": "#org", name: "The Valley Post" },
            { "@type": "Person", "@id": "#a", name: author },
          ],
        }),
    ),
  }),
  (story, author, n) => ({
    name: "WordPress theme without any data",
    url: `https://harbour-notes.net/story-${n}`,
    author,
    published: `2024-11-2${n}`,
    html: chrome(
      "Harbour Notes",
      `<div id="content"><div class="post"><h1>${story[0]}</h1><p class="postmetadata">Written by ${author} on November 2${n}, 2024 in News</p><div class="entry">${body(story)}</div></div></div>`,
      `<title>${story[0]} | Harbour Notes</title>`,
    ),
  }),
  (story, author, n) => ({
    name: "Ghost",
    url: `https://quiet-letter.io/story-${n}/`,
    author,
    published: `2025-06-1${n}T06:00:00Z`,
    html: chrome(
      "The Quiet Letter",
      `<article class="gh-article post tag-news"><header class="gh-article-header"><h1 class="gh-article-title">${story[0]}</h1><p class="gh-article-excerpt">A short look at what was decided.</p><div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/author/x/">${author}</a></h4><time class="gh-article-meta-date" datetime="2025-06-1${n}">Jun 1${n}, 2025</time><span>2 min read</span></div></header><section class="gh-content">${body(story)}</section></article>`,
      `<title>${story[0]}</title>` +
        og({
          "og:site_name": "The Quiet Letter",
          "og:title": story[0],
          "article:published_time": `2025-06-1${n}T06:00:00.000Z`,
          "article:modified_time": `2025-06-1${n}T07:30:00.000Z`,
        }) +
        ld({
          "@type": "Article",
          headline: story[0],
          author: { "@type": "Person", name: author },
          publisher: { "@type": "Organization", name: "The Quiet Letter" },
          datePublished: `2025-06-1${n}T06:00:00.000Z`,
        }),
    ),
  }),
  (story, author, n) => ({
    name: "Drupal",
    url: `https://district.gov/news/node-${n}`,
    author: n % 2 === 0 ? null : author,
    published: `2023-09-0${n + 3}`,
    html: chrome(
      "District of Lauter",
      `<div class="region region-content"><h1 class="page-title"><span class="field field--name-title">${story[0]}</span></h1><article class="node node--type-news"><div class="node__meta submitted">Submitted by ${n % 2 === 0 ? "admin" : author} on 0${n + 3}.09.2023</div><div class="node__content"><div class="field field--name-body">${body(story)}</div></div></article></div>`,
      `<title>${story[0]} | District of Lauter</title>`,
      "en-GB",
    ),
  }),
  (story, author, n) => ({
    name: "newsletter platform",
    url: `https://lamp.substack.example.com/p/story-${n}`,
    author,
    published: `2025-01-1${n}T11:02:17Z`,
    html: chrome(
      "Under the Lamp",
      `<article class="newsletter-post post"><div class="post-header"><h1 class="post-title published">${story[0]}</h1><h3 class="subtitle">What the decision means</h3><div class="byline-wrapper"><div class="profile-hover-card-target"><a href="/@x">${author}</a></div><div class="pencraft">Jan 1${n}, 2025</div></div></div><div class="available-content"><div class="body markup">${body(story)}<div class="subscription-widget-wrap"><p>Thanks for reading Under the Lamp! Subscribe for free to receive new posts.</p></div></div></div></article>`,
      `<title>${story[0]} - by ${author}</title><meta name="author" content="${author}">` +
        og({ "og:title": story[0] }) +
        ld({
          "@type": "NewsArticle",
          headline: story[0],
          datePublished: `2025-01-1${n}T11:02:17+00:00`,
          author: [{ "@type": "Person", name: author }],
          publisher: { "@type": "Organization", name: "Under the Lamp" },
        }),
    ),
  }),
  (story, author, n) => ({
    name: "broadcaster",
    url: `https://www.coastal-broadcast.org/news/articles/c${n}`,
    author,
    published: `2025-10-0${n + 1}T14:07:11Z`,
    publisher: "Coastal Broadcasting",
    html: chrome(
      "Coastal Broadcasting",
      `<main id="main-content"><article><div data-component="headline-block"><h1>${story[0]}</h1></div><div data-component="byline-block"><time datetime="2025-10-0${n + 1}T14:07:11.000Z">3 hours ago</time><div data-testid="byline-contributors"><span>${author}</span><span>Science correspondent</span></div></div><figure><figcaption>A view in summer</figcaption></figure><div data-component="text-block">${body(story)}</div></article></main>`,
      `<title>${story[0]} - Coastal Broadcasting</title>` +
        og({ "og:title": story[0], "og:site_name": "Coastal Broadcasting" }) +
        ld({
          "@type": "ReportageNewsArticle",
          headline: story[0],
          datePublished: `2025-10-0${n + 1}T14:07:11.000Z`,
          dateModified: `2025-10-0${n + 1}T14:07:11.000Z`,
          author: [{ "@type": "Person", name: author }],
          publisher: { "@type": "NewsMediaOrganization", name: "Coastal Broadcasting" },
        }),
    ),
    genre: "report",
  }),
  (story, author, n) => ({
    name: "daily paper, opinion page",
    url: `https://www.thesentry.example.org/commentisfree/2025/feb/0${n + 4}/story-${n}`,
    author,
    published: `2025-02-0${n + 4}T07:00:10Z`,
    genre: "opinion",
    html: chrome(
      "The Sentry",
      `<main><div data-gu-name="headline"><h1>${story[0]}</h1></div><div data-gu-name="meta"><address aria-label="Contributor info"><div>By <a rel="author" href="/profile/x">${author}</a></div></address><details><summary>Tue ${n + 4} Feb 2025 07.00 GMT</summary>Last modified on Wed ${n + 5} Feb 2025 10.00 GMT</details></div><div class="article-body-commercial-selector">${body(story)}</div></main>`,
      `<title>${story[0]} | ${author} | The Sentry</title><meta name="author" content="${author}">` +
        og({
          "og:title": `${story[0]} | ${author}`,
          "og:site_name": "The Sentry",
          "article:published_time": `2025-02-0${n + 4}T07:00:10.000Z`,
          "article:section": "Opinion",
        }),
    ),
  }),
  (story, author, n) => ({
    name: "agency with two signatures",
    url: `https://wire-desk.example.org/world/story-${n}-2025-07-1${n}/`,
    author: `${author}, ${PEOPLE[(n + 1) % 4]}`,
    published: `2025-07-1${n}T16:40:02Z`,
    html: chrome(
      "Wire Desk",
      `<article data-testid="Article"><header><h1 data-testid="Heading">${story[0]}</h1><div class="info-content"><div class="author-line">By <a rel="author" href="/a">${author}</a> and <a rel="author" href="/b">${PEOPLE[(n + 1) % 4]}</a></div><time data-testid="Body" datetime="2025-07-1${n}T16:40:02Z"><span>July 1${n}, 2025</span><span>4:40 PM UTC</span></time></div></header><div class="article-body">${body(story)}<p>Reporting by ${author}; editing by Someone Else</p></div></article>`,
      `<title>${story[0]} | Wire Desk</title>` + og({ "og:title": story[0] }),
    ),
  }),
  (story, author, n) => ({
    name: "German paper",
    url: `https://lauter-zeitung.de/lokales/story-${n}.html`,
    author,
    published: `2024-05-1${n}T06:30`,
    html: chrome(
      "Lauter-Zeitung",
      `<article class="artikel"><span class="dachzeile">Lokales</span><h1>${story[0]}</h1><div class="autor">Von ${author}</div><div class="datum">Veröffentlicht am 1${n}.05.2024, 06:30 Uhr</div><div class="artikeltext">${body(story)}</div></article>`,
      `<title>${story[0]} - Lauter-Zeitung</title>`,
      "de",
    ),
  }),
  (story, author, n) => ({
    name: "French magazine",
    url: `https://revue-du-soir.fr/article/${n}`,
    author,
    published: `2023-02-0${n + 1}`,
    html: chrome(
      "Revue du soir",
      `<main><h1>${story[0]}</h1><p class="article-meta">Par <span class="signature">${author}</span> — Publié le ${n + 1 === 1 ? "1er" : n + 1} février 2023</p><section class="article__content">${body(story)}</section></main>`,
      `<title>${story[0]} | Revue du soir</title>`,
      "fr-FR",
    ),
  }),
  (story, author, n) => ({
    name: "Spanish site",
    url: `https://elmuelle.es/noticias/${n}`,
    author,
    published: `2022-08-2${n}`,
    html: chrome(
      "El Muelle",
      `<article><h1 itemprop="headline">${story[0]}</h1><p class="autor">Por ${author}</p><p class="fecha">2${n} de agosto de 2022</p><div itemprop="articleBody">${body(story)}</div></article>`,
      `<title>${story[0]} - El Muelle</title>`,
      "es",
    ),
  }),
  (story, _author, n) => ({
    name: "Russian site",
    url: `https://prichal.example.ru/news/${n}`,
    author: null,
    published: `2021-04-1${n}`,
    html: chrome(
      "Причал",
      `<div class="news-item"><h1>${story[0]}</h1><div class="news-date">1${n} апреля 2021</div><div class="news-text">${body(story)}</div></div>`,
      `<title>${story[0]} — Причал</title>`,
      "ru",
    ),
  }),
  (story, author, n) => ({
    name: "microdata",
    url: `https://hill-times.com/story/${n}`,
    author,
    published: `2020-12-0${n + 1}T10:00:00-05:00`,
    html: chrome(
      "Hill Times",
      `<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">${story[0]}</h1><span itemprop="author" itemscope><span itemprop="name">${author}</span></span><meta itemprop="datePublished" content="2020-12-0${n + 1}T10:00:00-05:00"><div itemprop="articleBody">${body(story)}</div></div>`,
      `<title>${story[0]} : Hill Times</title>`,
    ),
  }),
  (story, _author, n) => ({
    name: "no date, no author, dates of others around",
    url: `https://old-mill.org/page-${n}.html`,
    author: null,
    published: null,
    html: chrome(
      "Old Mill",
      `<div class="weather">Today, 3 November 2025: 9 degrees</div><div class="text"><h1>${story[0]}</h1>${body(story)}<p>The first bridge here was opened on 4 May 1911.</p></div>`,
      `<title>${story[0]}</title>`,
    ),
  }),
  (story, author, n) => ({
    name: "contradicting machine dates, decided by the visible line",
    url: `https://moved-archive.com/a/${n}`,
    author,
    published: `2012-03-0${n + 2}`,
    html: chrome(
      "Moved Archive",
      `<article><h1>${story[0]}</h1><div class="byline">By ${author}</div><div class="pubdate">Published: March ${n + 2}, 2012</div><div class="body-text">${body(story)}</div></article>`,
      `<title>${story[0]}</title>` +
        og({ "article:published_time": "2019-08-08T03:00:00Z" }) +
        ld({ "@type": "NewsArticle", headline: story[0], datePublished: `2012-03-0${n + 2}` }),
    ),
  }),
];

/** Each maker with each story. */
export const SAVED_PAGES: readonly SavedPage[] = MAKERS.flatMap((make) =>
  STORIES.map((story, n) => ({ title: story[0], ...make(story, PEOPLE[n] ?? PEOPLE[0], n) })),
);
export const STORY_TEXTS: readonly string[] = STORIES.map((story) => story.slice(1).join("\n\n"));
