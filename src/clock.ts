// Port: what time it is. Tests set it; nothing else asks the system.
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
