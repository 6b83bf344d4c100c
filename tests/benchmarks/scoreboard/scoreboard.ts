// All figures of the project in one table, taken through the program's own command line: `npm run scoreboard -- [--program DIR]
// [--only readers,model,pairs,verify,seeds,eval,house] [--half open|held|all] [--out FILE]`. Sets that need shared/ are skipped with a line.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_ROOT } from "../../../src/project.ts";
import type { Figure } from "./figures.ts";
import { modelSet } from "./model-set.ts";
import { pairsSet } from "./pairs-set.ts";
import { openProgram } from "./program.ts";
import { readersSet } from "./readers-set.ts";
import { seedsSet } from "./seeds-set.ts";
import { verifySet } from "./verify-set.ts";

const { values } = parseArgs({
  options: {
    program: { type: "string", default: PROJECT_ROOT },
    only: { type: "string", default: "readers,model,pairs,verify,seeds,eval,house" },
    half: { type: "string", default: "all" },
    out: { type: "string" },
  },
});
const root = path.resolve(values.program);
const shared = path.resolve(PROJECT_ROOT, "../shared");
const data = path.join(shared, "data");

interface EvalReport {
  reports: { set: string; figures: { name: string; value: number; n: number; goal: number | null }[] }[];
}

const SETS: Record<string, () => Promise<Figure[]>> = {
  readers: () => withProgram((program) => readersSet(program, data, values.half)),
  model: () => modelSet(root, data, values.half),
  pairs: () => withProgram((program) => pairsSet(program, values.half)),
  verify: () => withProgram((program) => verifySet(program, data, values.half)),
  seeds: () => withProgram((program) => seedsSet(program, path.join(shared, "seeds"))),
  eval: () =>
    withProgram(async (program) => {
      const { reports } = await program.run<EvalReport>(["eval", "--json"]);
      return reports.flatMap(({ set, figures }) =>
        figures.map(({ name, value, n, goal }) => ({ name: `${set}: ${name}`, value, n, aim: goal })),
      );
    }),
  house: () => Promise.resolve(house()),
};

const table: Record<string, Figure[]> = {};
for (const name of values.only.split(",")) {
  const set = SETS[name];
  if (set === undefined) throw new Error(`no set is called ${name}; there are ${Object.keys(SETS).join(", ")}`);
  const began = Date.now();
  const figures = await set();
  table[name] = figures;
  console.log(
    `\n${name}${figures.length === 0 ? ": skipped, its texts are not there" : ` (${Math.round((Date.now() - began) / 1000)} s)`}`,
  );
  for (const figure of figures) console.log(lineOf(figure));
}
if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(table, null, 1));

async function withProgram(measure: (program: ReturnType<typeof openProgram>) => Promise<Figure[]>): Promise<Figure[]> {
  const program = openProgram(root);
  try {
    return await measure(program);
  } finally {
    program.close();
  }
}

function house(): Figure[] {
  const src = path.join(root, "src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const texts = files.map((file) => readFileSync(path.join(src, file), "utf8"));
  const lines = texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return [
    { name: "lines of src", value: lines, n: files.length, aim: 22_000 },
    { name: "characters of src", value: characters, n: files.length, aim: 1_000_000 },
  ];
}

function lineOf({ name, value, n, aim }: Figure): string {
  const shown = value > 100 ? String(Math.round(value)) : value.toFixed(3);
  return `  ${name.padEnd(72)} ${shown.padStart(9)}  of ${String(n).padStart(5)}${aim === null ? "" : `   [${aim < 1 ? aim.toFixed(2) : aim}]`}`;
}
