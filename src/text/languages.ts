// Which language a text is in, told by its commonest small words; null where it is too short or no language clearly leads. Pure.

const SMALL_WORDS: Readonly<Record<string, string>> = {
  en: "the of and to in that is was for on with as by it from are has have not be at this which will but they he his an were said",
  de: "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei",
  fr: "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec ont aux cette",
  es: "de la que el en y los del se las por un para con no una su al lo como más pero sus este ha fue son",
  it: "di che la il un per del non è una della sono da si con alla le nel dei gli più anche ha ma i delle",
  pt: "de que o do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem são",
  nl: "de van het een en in is dat op te zijn met voor niet aan er om ook als door bij uit naar heeft worden",
  tr: "ve bir bu da de için ile olarak daha çok olan gibi sonra kadar en ancak göre değil ise ama",
  ru: "и в не на что с по как из у за от для о но к это до его так все при он",
  uk: "і в не на що з до як за від для про але це та із його у при він були",
};
const SETS = Object.entries(SMALL_WORDS).map(([tag, words]) => [tag, new Set(words.split(" "))] as const);

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["hy", /\p{Script=Armenian}/gu],
  ["ka", /\p{Script=Georgian}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["th", /\p{Script=Thai}/gu],
];

/** A tag such as `en`. Looks at the first 4,000 characters. */
export function languageOf(text: string): string | null {
  const head = text.slice(0, 4000);
  const letters = head.match(/\p{L}/gu)?.length ?? 0;
  for (const [tag, script] of SCRIPTS) {
    if ((head.match(script)?.length ?? 0) > letters * (tag === "ja" ? 0.1 : 0.4) && letters > 10) return tag;
  }
  const words = head.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < 12) return null;
  const scores = SETS.map(([tag, set]) => ({ tag, hits: words.filter((word) => set.has(word)).length })).sort(
    (a, b) => b.hits - a.hits,
  );
  const [best, second] = scores;
  if (best === undefined || second === undefined || best.hits < words.length * 0.12) return null;
  return best.hits >= second.hits * 1.3 ? best.tag : null;
}
