// Names in a question, as written: capitalised runs that are not merely the question's first word. It knows no names of its own.
const RUN = /\p{Lu}[\p{L}\p{N}.&'’-]*(?:\s+(?:(?:of|the|and|de|al|bin)\s+)?\p{Lu}[\p{L}\p{N}.&'’-]*)*/gu;
const OPENER =
  /^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|and|but|the|a|in|on|at|since|after|before|according|tell|list|give|show|explain|describe|news|reports?|i|it|he|she|they|you|we)(?:['’]\w+)?(?:\s+|$)/iu;

/** Without repeats, in order. */
export function namesIn(question: string): string[] {
  const names = [...question.slice(0, 4000).matchAll(RUN)].map((match) => {
    let name = match[0];
    while (OPENER.test(name)) name = name.replace(OPENER, "");
    return name.replace(/['’]s$/u, "").replace(/[.'’-]+$/u, "");
  });
  return [...new Set(names.filter((name) => name.length > 1))];
}
