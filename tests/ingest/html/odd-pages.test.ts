// Pages whose marks mislead: title, authors and date of each, and no date that is wrong.
import { expect, test } from "vitest";
import { readHtml } from "../../../src/ingest/html/read-html.ts";
import { ODD_PAGES } from "../../support/odd-pages.ts";

test.each(ODD_PAGES.map((page) => [page.name, page] as const))("%s", async (_name, { html, url, title, author, published }) => {
  const found = await readHtml(Buffer.from(html), { path: null, url, contentType: "text/html" });
  expect({ title: found.title, author: found.author, published: found.published }).toEqual({ title, author, published });
  expect(found.text).toContain("carried the new glass up the tower");
});
