// Calls to a provider that may be busy, late or down: bounded attempts that wait as long as the provider asks, few at once, and a pause
// after a run of failures. Judges no error itself: the caller says which ones pass. The library is loaded with the first call.
import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../failure.ts";
import type { LanguageModel } from "./language-model.ts";
import { type Passing, passingOf } from "./provider-trouble.ts";

export interface Steadiness {
  /** All attempts together, the first included. */
  attempts: number;
  /** Before the second attempt, where the provider names no time; doubled each time, and half of it left to chance. Milliseconds. */
  firstWaitMs: number;
  /** A provider that asks for a longer wait is given up at once. Milliseconds. */
  longestWaitMs: number;
  atOnce: number;
  /** So many troubles in a row, and nothing is sent for a while. */
  troublesInARow: number;
  pauseMs: number;
}

const STEADY: Steadiness = {
  attempts: 3,
  firstWaitMs: 400,
  longestWaitMs: 20_000,
  atOnce: 8,
  troublesInARow: 8,
  pauseMs: 15_000,
};

export interface SteadyOptions {
  passing: (error: unknown) => Passing;
  /** What is thrown while nothing is sent, made of the last trouble. */
  paused?: (last: unknown) => unknown;
  limits?: Partial<Steadiness> | undefined;
  stop?: AbortSignal | undefined;
}

/** Throws the operation's last error; the signal's reason as soon as it fires, whatever the operation does. */
export type Steadily = <T>(operation: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createSteadily({ passing, paused = (last) => last, limits, stop }: SteadyOptions): Steadily {
  const { attempts, firstWaitMs, longestWaitMs, atOnce, troublesInARow, pauseMs } = { ...STEADY, ...limits };
  let last: unknown;
  const trouble = (error: unknown): boolean => {
    const { transient, late } = passing(error);
    if (transient || late) last = error;
    return transient || late;
  };
  const open = async () => {
    const { bulkhead, circuitBreaker, ConsecutiveBreaker, handleWhen, isBrokenCircuitError, wrap } = await import("cockatiel");
    const policy = wrap(
      bulkhead(atOnce, Number.POSITIVE_INFINITY),
      circuitBreaker(handleWhen(trouble), { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(troublesInARow) }),
    );
    return { policy, isBrokenCircuitError };
  };
  let opened: ReturnType<typeof open> | null = null;
  return async (operation, signal) => {
    const signals = [signal, stop].filter((one) => one !== undefined);
    const ended = signals.length === 0 ? new AbortController().signal : AbortSignal.any(signals);
    ended.throwIfAborted();
    const { policy, isBrokenCircuitError } = await (opened ??= open());
    // a call that waited is begun by whoever made room for it: it stays its own request's all the same
    const here = AsyncLocalStorage.snapshot();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await orEnd(
          policy.execute(() => {
            ended.throwIfAborted();
            return here(operation, ended);
          }),
          ended,
        );
      } catch (error) {
        ended.throwIfAborted();
        if (isBrokenCircuitError(error)) throw paused(last);
        const { transient, retryAfterMs } = passing(error);
        if (attempt === attempts || !transient || (retryAfterMs ?? 0) > longestWaitMs) throw error;
        const wait = retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
        await sleep(wait, undefined, { signal: ended }).catch(() => ended.throwIfAborted());
      }
    }
  };
}

/** A language model whose calls are steady: one for all who ask it, so that the limit on calls at once and the pause hold for all. */
export function steadyModel(model: LanguageModel, options: Pick<SteadyOptions, "limits" | "stop"> = {}): LanguageModel {
  const paused = (last: unknown): Failure => {
    const failed = last instanceof Failure ? last : null;
    const what = failed?.message ?? `${model.name} did not answer in time.`;
    return new Failure(
      "model_failed",
      `${what} So it was several times in a row, and it is left alone for a while.`,
      failed?.hint ?? "Try again later, or raise MODEL_TIMEOUT_SECONDS.",
    );
  };
  const steadily = createSteadily({ ...options, passing: passingOf, paused });
  return {
    name: model.name,
    generate: (request) => steadily((signal) => model.generate({ ...request, signal }), request.signal),
  };
}

/** Not every client lets go when it is told to. */
async function orEnd<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let end = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(signal.reason as Error);
    signal.addEventListener("abort", end, { once: true });
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener("abort", end);
  }
}
