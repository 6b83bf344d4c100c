// Seeded faults, scene after scene, ten digests each, against the compiled bot: npx esbuild tests/benchmarks/digest-faults.ts --bundle
// --platform=node --format=esm --packages=external --outfile=dist/digest-faults.mjs && node dist/digest-faults.mjs [scenes] [first seed]
import { deliverUnder } from "../support/digest-faults.ts";

const DIGESTS = 10;
const [scenes = 50, first = 1] = process.argv.slice(2).map(Number);
const wrong: string[] = [];
const kills = new Map<string, number>();
let parts = 0;
for (let seed = first; seed < first + scenes; seed += 1) {
  const outcome = await deliverUnder({ seed, digests: DIGESTS }).catch((cause: unknown) => ({
    story: "",
    wrong: [`${String(cause)} ${cause instanceof Error ? String(cause.cause) : ""}`],
    parts: 0,
    kills: [],
  }));
  parts += outcome.parts;
  for (const step of outcome.kills) kills.set(step, (kills.get(step) ?? 0) + 1);
  wrong.push(...outcome.wrong.map((line) => `seed ${seed}: ${line} (${outcome.story})`));
  process.stdout.write(outcome.wrong.length === 0 ? "." : "X");
}
console.log(
  `\nseeds ${first} to ${first + scenes - 1}: ${scenes * DIGESTS} digests of ${parts} messages, kills: ${JSON.stringify(Object.fromEntries(kills))}`,
);
console.log(
  wrong.length === 0 ? "each message stands in its channel exactly once" : `${wrong.length} wrong:\n${wrong.join("\n")}`,
);
