// A queue with fair turns: servers take turns, and within a server people do, so that nobody's twenty questions hold up another's one.
// Bounded in what runs at once and in what may wait. Knows nothing of Discord.

/**
 * For a task that only waits for others from now on: its place goes to the next one. Resolves when nobody is left who has not stepped aside, or
 * after a moment, so that those who wait begin before those who have begun go on.
 */
type StepAside = () => Promise<void>;

/** Gets null when the queue was closed before its turn. Must not reject: a rejection is swallowed, it belongs to the caller's own boundary. */
type Task = (stepAside: StepAside | null) => Promise<void>;

/** So long a task that has stepped aside lets others go first. */
const PATIENCE_MS = 1500;

export type FairQueue = ReturnType<typeof createFairQueue>;

/** `aside`: how many tasks may have stepped aside. */
export function createFairQueue(limits: Record<"concurrency" | "aside" | "waitingPerPerson" | "waitingInAll", number>) {
  // Maps keep insertion order: whoever was served goes to the end of the line
  const places = new Map<string, Map<string, Task[]>>();
  /** Those aside hold no place. */
  const count = { running: 0, aside: 0, waiting: 0 };
  const patient: (() => void)[] = [];
  let closed = false;
  let onIdle = (): void => {};

  function next(): Task | undefined {
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
      const task = next();
      if (task === undefined) break;
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
      void task(stepAside).finally(() => {
        count[state] -= 1;
        pump();
      });
    }
    if (count.running > 0 || count.waiting > 0) return;
    for (const goOn of patient.splice(0)) goOn();
    if (count.aside === 0) onIdle();
  }

  return {
    /** Runs the task when its turn comes. `ahead` counts what goes before it; null: the queue is full or closed, nothing was taken. */
    add({ place, person }: { place: string; person: string }, task: Task): { ahead: number; done: Promise<void> } | null {
      const people = places.get(place) ?? new Map<string, Task[]>();
      const tasks = people.get(person) ?? [];
      if (closed || count.waiting >= limits.waitingInAll || tasks.length >= limits.waitingPerPerson) return null;
      const ahead = count.waiting + (count.running >= limits.concurrency ? 1 : 0);
      const done = new Promise<void>((resolve) => {
        tasks.push((stepAside) => task(stepAside).then(resolve, () => resolve()));
      });
      people.set(person, tasks);
      places.set(place, people);
      count.waiting += 1;
      pump();
      return { ahead, done };
    },
    get running(): number {
      return count.running + count.aside;
    },
    get waiting(): number {
      return count.waiting;
    },
    get closed(): boolean {
      return closed;
    },
    /** Takes nothing more and drops what still waits; resolves when nothing runs, or after `graceMs`. */
    async close(graceMs: number): Promise<void> {
      closed = true;
      const dropped = [...places.values()].flatMap((people) => [...people.values()].flat());
      places.clear();
      count.waiting = 0;
      for (const task of dropped) void task(null);
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
