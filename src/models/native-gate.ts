// Native code in a worker thread has to end before its thread does: ended in the middle of a run, onnxruntime aborts the whole process. A gate
// counts, in memory that both threads see, what is under way; the process's exit shuts all gates and waits for the rest, a few seconds at most.

/** Two cells: how much is under way, and whether anything more may begin. */
export type NativeGate = Int32Array<SharedArrayBuffer>;

const UNDER_WAY = 0;
const SHUT = 1;
/** Loading a model takes a tenth of this. */
const EXIT_MS = 3_000;

const open = new Set<NativeGate>();

/** Of a worker that is about to start. `dropGate` when it has ended. */
export function openGate(): NativeGate {
  const gate = new Int32Array(new SharedArrayBuffer(8));
  if (open.size === 0) process.on("exit", shutAll);
  open.add(gate);
  return gate;
}

export function dropGate(gate: NativeGate): void {
  open.delete(gate);
  if (open.size === 0) process.off("exit", shutAll);
}

export function isUnderWay(gate: NativeGate): boolean {
  return Atomics.load(gate, UNDER_WAY) > 0;
}

/** In the worker: runs native work, or never settles where the gate is shut. */
export async function throughGate<T>(gate: NativeGate, work: () => Promise<T>): Promise<T> {
  // counted before it looks, as the exit shuts before it counts
  Atomics.add(gate, UNDER_WAY, 1);
  try {
    if (Atomics.load(gate, SHUT) === 0) return await work();
  } finally {
    Atomics.sub(gate, UNDER_WAY, 1);
    Atomics.notify(gate, UNDER_WAY);
  }
  return new Promise(() => undefined);
}

/** The exit of a process runs no more turns of its event loop, but the worker's threads go on: it can wait for them. */
function shutAll(): void {
  for (const gate of open) Atomics.store(gate, SHUT, 1);
  const until = performance.now() + EXIT_MS;
  for (const gate of open) {
    for (let count = Atomics.load(gate, UNDER_WAY); count > 0; count = Atomics.load(gate, UNDER_WAY)) {
      const left = until - performance.now();
      if (left <= 0 || Atomics.wait(gate, UNDER_WAY, count, left) === "timed-out") return;
    }
  }
}
