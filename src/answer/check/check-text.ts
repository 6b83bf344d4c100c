// A text, claim by claim, against the sources. It reads only what it is handed for each claim; the sources of all claims are numbered together.
import type { CheckedClaim, CheckReport } from "../../briefing.ts";
import type { Retrieval } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { claimsOf } from "../../language/claims.ts";
import { createSourceList } from "../sources.ts";
import { judgeClaim } from "./judge-claim.ts";

/** A page of text; what is longer is checked up to here, and a warning says so. */
const MOST_CLAIMS = 40;

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
  for (const claim of all.slice(0, MOST_CLAIMS)) {
    const retrieval = await retrieve(claim.leans && before !== "" ? `${before} ${claim.text}` : claim.text);
    before = claim.text;
    for (const warning of retrieval.warnings) warnings.add(warning);
    const { verdict, citations, why } = judgeClaim(claim.text, retrieval.passages);
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
