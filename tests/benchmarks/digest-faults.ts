// Seeded faults, one after the other, against the compiled bot: npx esbuild tests/benchmarks/digest-faults.ts --bundle --platform=node
// --format=esm --packages=external --outfile=dist/digest-faults.mjs && node dist/digest-faults.mjs [runs] [seed]
import { deliverUnder, FAULTS } from "../support/digest-faults.ts";
import { randomFrom } from "../support/news-month.ts";

const [runs = "500", seed = "1"] = process.argv.slice(2);
const random = randomFrom(Number(seed));
const wrong: string[] = [];
for (let run = 0; run < Number(runs); run += 1) {
  const fault = FAULTS[run % FAULTS.length] ?? "none";
  const found = await deliverUnder(fault, random).catch((cause: unknown) => String(cause));
  if (found !== 1) wrong.push(`run ${run}, ${fault}: ${found}`);
  process.stdout.write(found === 1 ? "." : "X");
}
console.log(`\n${runs} runs, ${wrong.length} wrong`, wrong);
