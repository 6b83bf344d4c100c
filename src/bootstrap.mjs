// What npm scripts call, in plain JavaScript and without a package: installs what is missing, compiles when the sources are newer
// than dist/, then runs an entry. `node src/bootstrap.mjs start|test|check|briefing|scoreboard|test-model [arguments]`.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.join(import.meta.dirname, "..");
const [task = "start", ...rest] = process.argv.slice(2);

requireNode(20, 19);
install();

if (task === "test" || task === "check") {
  await build();
  process.exitCode = runAll(
    task === "test" ? ["types", "lint", "format", "unused", "tests"] : ["types", "lint", "format", "unused"],
  );
} else {
  await build();
  const entry = { briefing: "cli.js", scoreboard: "scoreboard.js", "test-model": "test-model.js" }[task] ?? "main.js";
  process.argv = [process.argv[0], path.join(root, "dist", entry), ...rest];
  await import(pathToFileURL(path.join(root, "dist", entry)).href);
}

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(`Node ${major}.${minor} or newer is needed; this is ${process.versions.node}. Get one from https://nodejs.org.`);
  process.exit(1);
}

/** `npm ci` when node_modules is absent or older than the lock file; npm writes node_modules/.package-lock.json last. */
function install() {
  // a linked node_modules belongs to whoever linked it: npm ci would empty it
  if (lstatSync(path.join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const marker = path.join(root, "node_modules", ".package-lock.json");
  const lock = path.join(root, "package-lock.json");
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error("Installing packages (once, a minute or two) …");
  const npm = process.env["npm_execpath"];
  const [command, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const result = spawnSync(command, [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    // stdout belongs to the program's data
    stdio: ["ignore", 2, 2],
    // onnxruntime-node carries its CPU library; its install script would only fetch GPU parts
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip", ...ownHeaders() },
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    console.error("The packages could not be installed: see the lines above. `npm ci` tries again.");
    process.exit(1);
  }
}

/** Compiling hnswlib-node needs Node's headers: those that stand beside the running Node spare their download. */
function ownHeaders() {
  const prefix = path.resolve(process.execPath, "../..");
  if (process.env["npm_config_nodedir"] || !existsSync(path.join(prefix, "include", "node", "node_api.h"))) return {};
  return { npm_config_nodedir: prefix };
}

/** Compiles src/ into dist/ with esbuild when a source is newer than the last build. Two builds at once do not disturb each other. */
async function build() {
  const dist = path.join(root, "dist");
  const stamp = path.join(dist, "stamp");
  if (
    existsSync(stamp) &&
    statSync(stamp).mtimeMs >= Math.max(newest(path.join(root, "src")), newest(path.join(root, "tests/benchmarks")))
  )
    return;
  const started = new Date();
  const { build: bundle } = await import("esbuild");
  // not mkdtemp, whose folders nobody else may read: one user may install what another runs
  const fresh = path.join(root, `dist-${process.pid}-${Date.now()}`);
  mkdirSync(fresh);
  try {
    await bundle({
      absWorkingDir: root,
      // what eval, bench and scoreboard run is no part of the program, but compiled with it
      entryPoints: [
        { in: "src/cli.ts", out: "cli" },
        { in: "src/main.ts", out: "main" },
        { in: "src/models/embed-worker.ts", out: "embed-worker" },
        { in: "tests/benchmarks/evaluation/measures.ts", out: "measures" },
        { in: "tests/benchmarks/scoreboard/scoreboard.ts", out: "scoreboard" },
        { in: "tests/benchmarks/scoreboard/test-model.ts", out: "test-model" },
      ],
      outdir: fresh,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      sourcemap: true,
      logLevel: "error",
    });
    writeFileSync(path.join(fresh, "stamp"), started.toISOString());
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    // another process may have put its build there first: that one serves as well
    if (!existsSync(stamp)) throw cause;
  }
}

function newest(folder) {
  let latest = statSync(path.join(root, "package-lock.json")).mtimeMs;
  if (!existsSync(folder)) return latest;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.(ts|mjs)$/.test(entry.name)) {
      latest = Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
    }
  }
  return latest;
}

function runAll(steps) {
  const bin = (name) => path.join(root, "node_modules", ".bin", name);
  const commands = {
    types: [bin("tsc"), ["--noEmit"]],
    lint: [bin("oxlint"), ["--type-aware", "--deny-warnings"]],
    format: [bin("oxfmt"), ["--check"]],
    unused: [bin("knip"), ["--no-progress"]],
    tests: [bin("vitest"), ["run", ...rest]],
  };
  for (const step of steps) {
    const [command, args] = commands[step];
    console.log(`> ${step}`);
    const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
    if (status !== 0) return status ?? 1;
  }
  return 0;
}
