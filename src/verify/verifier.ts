// Claims that a model or a person wrote, against what they cite: exact facts by code, then meaning by the judge. A fact that the source contradicts, or
// that stands nowhere in it, stops a claim whatever a judge says. Without a judge, or when it is down: facts and closeness in wording, named as that.
import type { Usage, Verdict } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { Claim, Judge, Judgement } from "../models/judge.ts";
import { checkFacts, type Finding } from "./facts.ts";

export interface CheckedClaim extends Verdict {
  method: "facts and judge" | "facts and wording";
  /** The source says otherwise: by an exact fact, or by a judge that reads. */
  contradicted: boolean;
  findings: Finding[];
  /** Null where the facts had decided and no judge was asked. */
  judgement: Judgement | null;
}

export interface Verification {
  /** One a claim, in order. */
  checked: CheckedClaim[];
  usage: Usage | null;
  /** For the reader: that the judge was down. */
  warnings: string[];
}

export interface Verifier {
  /** Throws AbortError when the signal fires; trouble with the judge is a warning. */
  verify(claims: readonly Claim[], signal?: AbortSignal): Promise<Verification>;
}

export interface VerifierParts {
  /** Reads; null where none is set. */
  judge: Judge | null;
  /** At hand always. */
  wording: Judge;
}

export function createVerifier({ judge, wording }: VerifierParts): Verifier {
  return {
    async verify(claims, signal) {
      const found = claims.map(({ text, cited }) => checkFacts(text, cited).findings);
      const open = claims.filter((_, at) => found[at]?.length === 0);
      if (judge === null) return byWording(claims, found, [], signal);
      if (open.length === 0)
        return { checked: claims.map((_, at) => verdict("facts and judge", found[at] ?? [], null)), usage: null, warnings: [] };
      try {
        const { judgements, usage } = await judge.judge(open, signal);
        const checked = claims.map((claim, at) =>
          verdict("facts and judge", found[at] ?? [], judgements[open.indexOf(claim)] ?? null),
        );
        return { checked, usage, warnings: [] };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const down = `The judge is out of reach (${error.message}): sentences are checked for exact facts and closeness in wording only.`;
        return byWording(claims, found, [down], signal);
      }
    },
  };

  async function byWording(
    claims: readonly Claim[],
    found: readonly Finding[][],
    warnings: string[],
    signal: AbortSignal | undefined,
  ): Promise<Verification> {
    const { judgements } = await wording.judge(claims, signal);
    const checked = claims.map((_, at) => verdict("facts and wording", found[at] ?? [], judgements[at] ?? null));
    return { checked, usage: null, warnings };
  }
}

/** What facts against a claim leave of its score. */
const AGAINST = 0.25;

function verdict(method: CheckedClaim["method"], findings: Finding[], judgement: Judgement | null): CheckedClaim {
  const supported = findings.length === 0 && judgement?.verdict === "supported";
  const score = (judgement?.score ?? 0.4) * (findings.length === 0 ? 1 : AGAINST);
  const judged = judgement === null || (findings.length > 0 && judgement.verdict === "supported") ? [] : [judgement.reason];
  return {
    supported,
    score: Math.round(score * 1000) / 1000,
    reasons: [...new Set([...findings.map(({ reason }) => reason), ...judged])],
    method,
    contradicted: findings.some(({ contradicted }) => contradicted) || judgement?.verdict === "contradicted",
    findings,
    judgement,
  };
}
