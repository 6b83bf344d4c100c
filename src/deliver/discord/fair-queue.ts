// A queue with fair turns: servers take turns, and within a server people do, so that nobody's twenty questions hold up another's one.
// Bounded in what runs at once and in what may wait. Knows nothing of Discord.

/** Whose turn it is: the server (or the direct-message channel), then the person. */
export interface QueueKey {
  place: string;
  person: string;
}

export interface FairQueue {
  /** Runs the task when its turn comes. `ahead` counts what goes before it; null: the queue is full or closed, nothing was taken. */
  add(key: QueueKey, task: () => Promise<void>, onDropped: () => void): { ahead: number } | null;
  readonly running: number;
  readonly waiting: number;
  /** Takes nothing any more. */
  readonly closed: boolean;
  /** Takes nothing more and drops what still waits (each told through `onDropped`); resolves when nothing runs, or after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

interface Waiting {
  task: () => Promise<void>;
  onDropped: () => void;
}

/** Tasks must not reject: a rejection is swallowed here and belongs to the caller's own boundary. */
export function createFairQueue(limits: { concurrency: number; waitingPerPerson: number; waitingInAll: number }): FairQueue {
  // Maps keep insertion order: whoever was served goes to the end of the line
  const places = new Map<string, Map<string, Waiting[]>>();
  let running = 0;
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
      found
        .task()
        .catch(() => {})
        .finally(() => {
          running -= 1;
          pump();
        });
    }
    if (running === 0 && waiting === 0) onIdle?.();
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
      return running;
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
      if (running === 0) return;
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
