// A queue with fair turns: servers take turns, and within a server people do, so that nobody's twenty questions hold up another's one.
// Bounded in what runs at once and in what may wait. Knows nothing of Discord.

/** Whose turn it is: the server (or the direct-message channel), then the person. */
export interface QueueKey {
  place: string;
  person: string;
}

/**
 * For a task that only waits for others from now on: its place goes to the next one. Resolves when nobody is left who has not stepped aside, or
 * after a moment, so that those who wait begin before those who have begun go on.
 */
export type StepAside = () => Promise<void>;

export interface FairQueue {
  /** Runs the task when its turn comes. `ahead` counts what goes before it; null: the queue is full or closed, nothing was taken. */
  add(key: QueueKey, task: (stepAside: StepAside) => Promise<void>, onDropped: () => void): { ahead: number } | null;
  readonly running: number;
  readonly waiting: number;
  /** Takes nothing any more. */
  readonly closed: boolean;
  /** Takes nothing more and drops what still waits (each told through `onDropped`); resolves when nothing runs, or after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

interface Waiting {
  task: (stepAside: StepAside) => Promise<void>;
  onDropped: () => void;
}

interface Limits {
  concurrency: number;
  /** Tasks that have stepped aside. */
  aside: number;
  waitingPerPerson: number;
  waitingInAll: number;
}

/** So long a task that has stepped aside lets others go first. */
const PATIENCE_MS = 1500;

/** Tasks must not reject: a rejection is swallowed here and belongs to the caller's own boundary. */
export function createFairQueue(limits: Limits): FairQueue {
  // Maps keep insertion order: whoever was served goes to the end of the line
  const places = new Map<string, Map<string, Waiting[]>>();
  /** Those aside hold no place. */
  const count = { running: 0, aside: 0, waiting: 0 };
  const patient: (() => void)[] = [];
  let closed = false;
  let onIdle = (): void => {};

  function next(): Waiting | undefined {
    for (const [place, people] of places) {
      for (const [person, tasks] of people) {
        const task = tasks.shift();
        people.delete(person);
        if (tasks.length > 0) people.set(person, tasks);
        places.delete(place);
        if (people.size > 0) places.set(place, people);
        if (task !== undefined) return task;
      }
    }
    return undefined;
  }

  function pump(): void {
    while (count.running < limits.concurrency) {
      const found = next();
      if (found === undefined) break;
      count.waiting -= 1;
      count.running += 1;
      let state: "running" | "aside" = "running";
      const stepAside: StepAside = async () => {
        if (state === "aside" || count.aside >= limits.aside) return;
        state = "aside";
        count.running -= 1;
        count.aside += 1;
        await new Promise<void>((resolve) => {
          patient.push(resolve);
          setTimeout(resolve, PATIENCE_MS);
          pump();
        });
      };
      found
        .task(stepAside)
        .catch(() => {})
        .finally(() => {
          count[state] -= 1;
          pump();
        });
    }
    if (count.running > 0 || count.waiting > 0) return;
    for (const goOn of patient.splice(0)) goOn();
    if (count.aside === 0) onIdle();
  }

  return {
    add({ place, person }, task, onDropped) {
      const people = places.get(place) ?? new Map<string, Waiting[]>();
      const tasks = people.get(person) ?? [];
      if (closed || count.waiting >= limits.waitingInAll || tasks.length >= limits.waitingPerPerson) return null;
      const ahead = count.waiting + (count.running >= limits.concurrency ? 1 : 0);
      tasks.push({ task, onDropped });
      people.set(person, tasks);
      places.set(place, people);
      count.waiting += 1;
      pump();
      return { ahead };
    },
    get running() {
      return count.running + count.aside;
    },
    get waiting() {
      return count.waiting;
    },
    get closed() {
      return closed;
    },
    async close(graceMs) {
      closed = true;
      const dropped = [...places.values()].flatMap((people) => [...people.values()].flat());
      places.clear();
      count.waiting = 0;
      for (const each of dropped) each.onDropped();
      if (count.running + count.aside === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        onIdle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
