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
  let running = 0;
  /** These hold no place. */
  let aside = 0;
  const patient: (() => void)[] = [];
  let waiting = 0;
  let closed = false;
  let onIdle: (() => void) | null = null;

  function next(): Waiting | null {
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
    return null;
  }

  function pump(): void {
    while (running < limits.concurrency) {
      const found = next();
      if (found === null) break;
      waiting -= 1;
      running += 1;
      let isAside = false;
      const stepAside: StepAside = async () => {
        if (isAside || aside >= limits.aside) return;
        isAside = true;
        running -= 1;
        aside += 1;
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
          if (isAside) aside -= 1;
          else running -= 1;
          pump();
        });
    }
    if (running > 0 || waiting > 0) return;
    for (const goOn of patient.splice(0)) goOn();
    if (aside === 0) onIdle?.();
  }

  return {
    add({ place, person }, task, onDropped) {
      const tasks = places.get(place)?.get(person) ?? [];
      if (closed || waiting >= limits.waitingInAll || tasks.length >= limits.waitingPerPerson) return null;
      const ahead = waiting + (running >= limits.concurrency ? 1 : 0);
      tasks.push({ task, onDropped });
      const people = places.get(place) ?? new Map<string, Waiting[]>();
      people.set(person, tasks);
      places.set(place, people);
      waiting += 1;
      pump();
      return { ahead };
    },
    get running() {
      return running + aside;
    },
    get waiting() {
      return waiting;
    },
    get closed() {
      return closed;
    },
    async close(graceMs) {
      closed = true;
      const dropped = [...places.values()].flatMap((people) => [...people.values()].flat());
      places.clear();
      waiting = 0;
      for (const each of dropped) each.onDropped();
      if (running + aside === 0) return;
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
