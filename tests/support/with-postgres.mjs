// Runs a command with TEST_DATABASE_URL set to a PostgreSQL server of its own: `node tests/support/with-postgres.mjs npm test`. The server is that
// of the PyPI package pgserver (PostgreSQL 16 with pgvector), fetched into a temporary folder; it listens on this machine only and ends with the
// command. A server of one's own is taken as it is. Fails where none can be had.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PACKAGE = "pgserver==0.1.4";
const NOBODY = 65_534;
const TRIES = 4;

const command = process.argv.slice(2);
if (process.env.TEST_DATABASE_URL) process.exit(run(command, process.env.TEST_DATABASE_URL));

// short: the path of a socket may have 107 bytes
const folder = mkdtempSync(path.join(tmpdir(), "pg-"));
let server = null;
let exit = 1;
try {
  const root = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root
  const user = root ? { uid: NOBODY, gid: NOBODY } : {};
  chmodSync(folder, 0o755);
  const programs = fetchServer();
  const data = path.join(folder, "data");
  mkdirSync(data);
  if (root) chownSync(data, NOBODY, NOBODY);
  const env = { PATH: process.env.PATH, HOME: data, LC_ALL: "C", TZ: "UTC" };
  must(
    spawnSync(
      path.join(programs, "initdb"),
      ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      {
        ...user,
        env,
        cwd: data,
        encoding: "utf8",
      },
    ),
    "initdb",
  );
  const url = await started(path.join(programs, "postgres"), data, { ...user, env, cwd: data });
  exit = run(command, url);
} catch (cause) {
  console.error(`No PostgreSQL could be brought up for the tests: ${cause.message}`);
} finally {
  if (server !== null && server.exitCode === null) {
    const ended = new Promise((resolve) => void server.once("exit", resolve));
    // fast shutdown: connections are cut
    server.kill("SIGINT");
    await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
    if (server.exitCode === null) server.kill("SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true });
}
process.exit(exit);

/** The folder of the server's programs. The wheel holds the same programs for every Python: pip's own version does not matter. */
function fetchServer() {
  const target = path.join(folder, "package");
  const options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--disable-pip-version-check", "--target", target];
  const any =
    process.platform === "linux" ? ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311", ...platforms()] : [];
  let last = "";
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    for (const python of ["python3", "python"]) {
      for (const more of [any, []]) {
        const { status, stderr, error } = spawnSync(python, ["-m", "pip", "install", "--quiet", ...options, ...more, PACKAGE], {
          encoding: "utf8",
          env: { ...process.env, PIP_BREAK_SYSTEM_PACKAGES: "1", PIP_ROOT_USER_ACTION: "ignore" },
          timeout: 120_000,
        });
        const programs = path.join(target, "pgserver", "pginstall", "bin");
        if (status === 0 && existsSync(path.join(programs, "postgres"))) return programs;
        last = error?.message ?? stderr.trim().split("\n").at(-1) ?? "";
        rmSync(target, { recursive: true, force: true });
      }
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000 * attempt);
  }
  throw new Error(`${PACKAGE} could not be fetched with pip: ${last}`);
}

function platforms() {
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  return ["--platform", `manylinux2014_${machine}`, "--platform", `manylinux_2_17_${machine}`];
}

/** Its address, once it takes connections. */
async function started(program, data, options) {
  let last = "";
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = await freePort();
    const settings = [
      `port=${port}`,
      "listen_addresses=127.0.0.1",
      `unix_socket_directories=${data}`,
      "fsync=off",
      "max_connections=100",
    ];
    // not a pipe: nobody would empty it while the command runs
    const log = openSync(path.join(folder, "server.log"), "w");
    server = spawn(program, ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], {
      ...options,
      stdio: ["ignore", log, log],
    });
    const until = Date.now() + 60_000;
    while (Date.now() < until && server.exitCode === null) {
      // the last line of this file says what the server is at
      const file = path.join(data, "postmaster.pid");
      if (existsSync(file) && /^ready\s*$/m.test(readFileSync(file, "utf8").split("\n")[7] ?? ""))
        return `postgres://postgres@127.0.0.1:${port}/postgres`;
      await sleep(100);
    }
    last = readFileSync(path.join(folder, "server.log"), "utf8").trim().split("\n").at(-1) ?? "";
    if (server.exitCode === null) server.kill("SIGKILL");
    await sleep(500);
  }
  throw new Error(`the server did not start: ${last}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function run([program, ...parameters], url) {
  const { status } = spawnSync(program, parameters, { stdio: "inherit", env: { ...process.env, TEST_DATABASE_URL: url } });
  return status ?? 1;
}

function must({ status, stderr, error }, what) {
  if (status !== 0) throw new Error(`${what}: ${error?.message ?? stderr.trim().split("\n").at(-1)}`);
}
