// A text, claim by claim, against the sources. It reads only what it is handed for each claim; the sources of all claims are numbered together.
import { createSourceList } from "../../answer/citations.ts";
import type { Document, Retrieval } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { CheckedClaim, CheckReport } from "../../results.ts";
import { claimsOf } from "../../text/claims.ts";
import { DAY_MS } from "../../text/date-words.ts";
import { judgeClaim } from "./judge-claim.ts";

/** A page of text; what is longer is checked up to here, and a warning says so. */
const MOST_CLAIMS = 40;

/** Days between documents that may tell of one event. */
const ONE_EVENT_DAYS = 21;
/** The claim speaks of what the one before it told: another decision of the same house is another matter. */
const ABOUT_THAT =
  /^The (?:decision|vote|move|step|ruling|verdict|announcement|result|increase|rise|cut|change)\b(?! (?:of|to|by|on|in|at)\b)/;

function sameEvent(a: Document, b: Document): boolean {
  if (a.id === b.id) return true;
  if (a.published === null || b.published === null) return false;
  return Math.abs(Date.parse(a.published.slice(0, 10)) - Date.parse(b.published.slice(0, 10))) <= ONE_EVENT_DAYS * DAY_MS;
}

/** `retrieve` is asked once a claim, with the claim before it where this one leans on it. Throws Failure `claim_missing`. */
export async function checkText(text: string, retrieve: (query: string) => Promise<Retrieval>): Promise<CheckReport> {
  const all = claimsOf(text);
  if (all.length === 0) {
    throw new Failure(
      "claim_missing",
      "The text states nothing that could be checked.",
      "Give whole sentences, for example: The tunnel cost 412 million crowns.",
      { exit: 2 },
    );
  }
  const sources = createSourceList();
  const claims: CheckedClaim[] = [];
  const warnings = new Set<string>();
  let before = "";
  let event: readonly Document[] = [];
  for (const claim of all.slice(0, MOST_CLAIMS)) {
    const together = claim.joined || ABOUT_THAT.test(claim.text);
    const retrieval = await retrieve((claim.leans || together) && before !== "" ? `${before} ${claim.text}` : claim.text);
    before = claim.text;
    for (const warning of retrieval.warnings) warnings.add(warning);
    const near = retrieval.passages.filter(({ passage }) => event.some((other) => sameEvent(passage.document, other)));
    const here = (claim.leans || together) && event.length > 0 ? judgeClaim(claim.text, near) : null;
    // the other half of a sentence is about the same event; what only leans on the one before may stand elsewhere
    const judged =
      here !== null && (together || here.verdict !== "not_covered") ? here : judgeClaim(claim.text, retrieval.passages);
    const { verdict, citations, why } = judged;
    if (!together || verdict !== "not_covered") event = citations.slice(0, 1).map(({ passage }) => passage.document);
    claims.push({
      text: claim.text,
      verdict,
      citations: [...new Set(citations.map((citation) => sources.cite(citation)))],
      why,
    });
  }
  if (all.length > MOST_CLAIMS) warnings.add(`Only the first ${MOST_CLAIMS} of ${all.length} claims were checked.`);
  return { claims, sources: sources.list(), warnings: [...warnings] };
}
