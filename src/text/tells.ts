// Whether what somebody typed tells something at length, as a pasted stretch of a text does, and asks nothing. Pure; English.

/** Words of the shortest one; fewer are a topic or a headline. */
const SHORTEST = 12;
const ASKS =
  /^\W*(?:(?:(?:and|but|so|then|in|on|at|by|for|to|from|with|about|of)\W+){0,2}(?:who|whom|whose|what|when|where|why|how|which)|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|tell|explain|describe|list|name|give|show|find|summari[sz]e|compare|please|(?:i|we)(?:['’]?(?:m|d|re))? (?:am|are|want|need|wonder|would|like|wish|look|search|hope)|search|look|write|translate|recommend|help|remind)\b/iu;

/** No question, no wish, and too long for a topic. */
export function tells(text: string): boolean {
  return !/\?\W*$/.test(text) && !ASKS.test(text) && (text.match(/[\p{L}\p{N}]+/gu) ?? []).length >= SHORTEST;
}
