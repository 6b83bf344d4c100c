// Pages that hold no article are refused with the reason; what may be cited with care is kept and marked.
import { expect, test } from "vitest";
import { readHtml } from "../../../src/ingest/html/read-html.ts";
import type { ReadResult } from "../../../src/ingest/read-result.ts";

const PROSE =
  "<p>The ferry to the outer islands sails again from Monday, after engineers had replaced both of its engines in the yard at Holm.</p>".repeat(
    4,
  );
const read = (title: string, body: string, head = "", url = "https://hill.example/a/b"): Promise<ReadResult> =>
  readHtml(Buffer.from(`<html><head><title>${title}</title>${head}</head><body>${body}</body></html>`), {
    path: null,
    url,
    contentType: "text/html",
  });
const LINKS = Array.from({ length: 40 }, (_, at) => `<li><a href="/${at}">Story number ${at} of the day</a></li>`).join("");

test.each([
  [
    "page_error",
    "404 – Page not found",
    "<h1>Page not found</h1><p>The page that you asked for has moved or was never here at all.</p>",
  ],
  ["page_error", "Just a moment...", "<p>We are checking your browser before you reach the site, which takes a few seconds.</p>"],
  [
    "page_consent",
    "The Hill Post",
    "<p>We and our partners use cookies. Cookies help us. Accept cookies or refuse cookies in the privacy settings of the consent box.</p>",
  ],
  [
    "page_paywalled",
    "Ferry sails again",
    "<h1>Ferry sails again</h1><p>The ferry to the outer islands sails again from Monday, after engineers had replaced both engines.</p><p>Subscribe to continue reading. Already a subscriber? Log in.</p>",
  ],
])("%s: %s", async (code, title, body) => {
  await expect(read(title, body)).rejects.toMatchObject({ code });
});

test("a front page is a list of other pages", async () => {
  const front = `<h1>The Hill Post</h1><p>News from the hills and the valleys around them, every day of the week but one.</p><ul>${LINKS}</ul>`;
  await expect(read("The Hill Post", front, "", "https://hill.example/")).rejects.toMatchObject({ code: "page_listing" });
});

test("a gallery without text is refused, one with an article is marked", async () => {
  const url = "https://hill.example/gallery/ferry";
  const stub = `<h1>Ferry in pictures</h1><p>The ferry on its first day, as our readers saw it from the quay.</p>`;
  await expect(read("Ferry in pictures", stub, "", url)).rejects.toMatchObject({ code: "page_gallery" });
  expect((await read("Ferry in pictures", `<h1>Ferry in pictures</h1>${PROSE}`, "", url)).extra).toMatchObject({ gallery: true });
});

test("marks of pages that are kept", async () => {
  const page = `<h1>Ferry sails again</h1>${PROSE}`;
  const locked =
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sails again","isAccessibleForFree":"False"}</script>';
  expect((await read("Ferry sails again", page, locked)).extra).toMatchObject({ paywalled: true });
  expect((await read("Ferry sails again", page, '<meta name="robots" content="noindex">')).extra).toMatchObject({
    noindex: true,
  });
  expect((await read("Live: ferry sails again", page)).extra).toMatchObject({ liveBlog: true });
  expect((await read("Ferry sails again", page)).extra).toEqual({});
});
