// The ingest stage's front door: files, folders and addresses in; for each an Article, "unchanged" or a refusal with its reason out.
// One input's trouble never stops the others; a file is read whole only when its size allows, and one at a time, so memory stays bounded.
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../clock.ts";
import type { ReadOutcome } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { Extraction } from "../../results.ts";
import {
  asRefusal,
  extracted,
  failureOf,
  fingerprintOf,
  refusal,
  toArticle,
  type Refusal,
  knownWithin,
  withinScope,
} from "../article.ts";
import { looksLikeFeed, readDocument, readerFor, type ReaderKind } from "../readers.ts";
import type { FileStamps } from "./file-stamps.ts";
import {
  corpusList,
  findInputs,
  isAddress,
  NOT_FOUND,
  troubleWith,
  withListsRead,
  type FoundInput,
  type Place,
} from "./find-inputs.ts";
import { atOnce } from "./parallel.ts";

/** What is indexed already: fingerprints by `Article.source`. */
export type KnownSources = ReadonlyMap<string, { fingerprint: string }>;

/**
 * Reads addresses (pages, feeds, whole sites): one address may give many outcomes. What is remembered of them is kept apart by scope.
 * `given` is false for an address that a list of feeds names, or that the program reads again by itself.
 */
export type UrlReader = (url: string, ...about: AddressAbout) => AsyncIterable<ReadOutcome>;
type AddressAbout = [known: KnownSources, signal: AbortSignal | undefined, scope: string | null, given: boolean];

export interface InputReaderDeps {
  /** Absolute. */
  corpusDir: string;
  clock: Clock;
  readers?: readonly ReaderKind[];
  /** Without them, every file is opened. */
  stamps?: () => Promise<FileStamps>;
  /** Without one, addresses are refused. */
  readUrl?: UrlReader;
  limits?: Partial<typeof LIMITS>;
}

/** Bytes of a text, Markdown or HTML file, and of one that a reader of its own unpacks (PDF, DOCX, mail). */
const LIMITS = { textBytes: 16_000_000, packedBytes: 64_000_000 };

/** Each host is asked one thing at a time all the same. */
const ADDRESSES_AT_ONCE = 6;

export interface PlanOptions {
  scope?: string | null;
  signal?: AbortSignal | undefined;
  /** False when the program itself reads again what it follows. */
  given?: boolean;
}

export function createInputReader(deps: InputReaderDeps) {
  const limits = { ...LIMITS, ...deps.limits };
  const corpus = path.resolve(deps.corpusDir);
  const placeOf = (absolute: string): Place => {
    const relative = path.relative(corpus, absolute);
    const isOutside = relative === "" || relative.startsWith("..") || path.isAbsolute(relative);
    const slashed = (isOutside ? absolute : relative).split(path.sep).join("/");
    return { input: isOutside ? absolute : slashed, source: `file:${slashed}` };
  };

  /**
   * Finds the inputs and promises their outcomes. No inputs means the corpus folder. Throws Failure `corpus_not_found` where that
   * folder is not there; anything else that is wrong is a refusal in the outcomes.
   */
  async function plan(inputs: readonly string[], known: KnownSources, options: PlanOptions = {}) {
    const { signal, scope = null, given = true } = options;
    if (inputs.length === 0) await mustBeFolder(corpus);
    const named = await findInputs(inputs.length === 0 ? [corpus] : inputs, placeOf);
    if (inputs.length === 0) named.push(...(await corpusList(corpus, placeOf)));
    const found = await withListsRead(named);
    const own = knownWithin(known, scope);
    async function* all(): AsyncGenerator<ReadOutcome> {
      const stamps = found.some((input) => input.kind === "file") ? await deps.stamps?.() : undefined;
      for (const input of found) {
        if (signal?.aborted === true) break;
        if (input.kind !== "url") yield input.kind === "refused" ? input : readFound(input, own, null, stamps);
      }
      await stamps?.save();
      const streams = found.flatMap((at) =>
        at.kind === "url" ? [() => readAddress(at.input, own, signal, scope, given && at.listed !== true)] : [],
      );
      yield* atOnce(streams, ADDRESSES_AT_ONCE, signal);
    }
    /** Files in order, then addresses as they come, several at once. Ends early, between two inputs, when the signal says so. */
    async function* outcomes(): AsyncGenerator<ReadOutcome> {
      for await (const outcome of all()) yield withinScope(outcome, scope);
    }
    const walked = (inputs.length === 0 ? [corpus] : inputs).filter((input) => !isAddress(input));
    /** Whether a source lies in a folder that is walked: one that is not met there is gone. */
    const covers = (source: string): boolean => {
      const absolute = path.resolve(corpus, source.replace(/^file:/, ""));
      return (
        source.startsWith("file:") &&
        walked.map((place) => path.resolve(place)).some((place) => `${absolute}${path.sep}`.startsWith(`${place}${path.sep}`))
      );
    };
    // an address counts as one
    return { total: found.length, outcomes: outcomes(), covers };
  }

  async function* readAddress(url: string, ...about: AddressAbout): AsyncGenerator<ReadOutcome> {
    try {
      if (deps.readUrl === undefined) throw new Failure("input_no_network", "addresses cannot be read here", "");
      yield* deps.readUrl(url, ...about);
    } catch (error) {
      yield refusal(url, asRefusal(error));
    }
  }

  async function readFound(
    { input, source, absolute, size, stamp }: Extract<FoundInput, { kind: "file" }>,
    known: KnownSources,
    url: string | null,
    stamps?: FileStamps,
  ): Promise<ReadOutcome> {
    const indexed = known.get(source)?.fingerprint;
    const unchanged: ReadOutcome = { kind: "unchanged", input, source };
    if (stamp !== null && indexed !== undefined && stamps?.fingerprint(absolute, stamp) === indexed) return unchanged;
    try {
      mustFit(size, limits.packedBytes);
      const bytes = await readFile(absolute);
      mustFit(bytes.length, limits.packedBytes);
      const fingerprint = fingerprintOf(bytes);
      if (stamp !== null) stamps?.note(absolute, stamp, fingerprint);
      if (indexed === fingerprint) return unchanged;
      const hints = { path: input, url, contentType: null };
      const kind = readerFor(bytes, hints, deps.readers);
      if (kind === null || kind.name === "HTML") mustFit(bytes.length, limits.textBytes);
      // a text may speak of such tags: a feed begins with one
      if (kind === null && /^\s*[<{]/.test(bytes.subarray(0, 64).toString()) && looksLikeFeed(bytes))
        throw new Failure(
          "input_feed_file",
          "is a feed that was saved as a file",
          "Give its address, or look at it with extract.",
        );
      const result = await readDocument(bytes, hints, kind);
      const article = toArticle(result, { source, fingerprint, fetched: deps.clock.now().toISOString(), path: input });
      return { kind: "article", input, article };
    } catch (error) {
      return refusal(input, troubleWith(error), source);
    }
  }

  /** One file read now, whatever is indexed: a document, or a saved feed as it stands. `url`: where it came from. Failure where it is refused. */
  async function extract(file: string, url: string | null = null): Promise<Extraction> {
    const absolute = path.resolve(file);
    try {
      const facts = await stat(absolute);
      if (!facts.isFile()) throw new Failure("input_not_a_file", "is a folder, not a file", "");
      const { extractFeed } = await import("../web/read-item.ts");
      const bytes = facts.size > limits.packedBytes ? new Uint8Array() : await readFile(absolute);
      const feed = await extractFeed(bytes, { url, contentType: null }, deps.clock);
      if (feed !== null) return feed;
      const outcome = await readFound(
        { kind: "file", ...placeOf(absolute), absolute, size: facts.size, stamp: null },
        new Map(),
        url,
      );
      if (outcome.kind === "article") return extracted(outcome.article);
      // of a file that nobody knows nothing is unchanged
      const { code, reason } = outcome as Refusal;
      throw new Failure(code, reason, "");
    } catch (error) {
      const why = troubleWith(error);
      const wayOut = "Name a text, Markdown, HTML, PDF, DOCX or e-mail file, or an http(s) address.";
      throw failureOf(file, why.code === "input_vanished" ? NOT_FOUND : why, wayOut);
    }
  }

  return { plan, extract };
}

async function mustBeFolder(folder: string): Promise<void> {
  const facts = await stat(folder).catch(() => null);
  if (facts?.isDirectory() === true) return;
  const wayOut = "Create it and put documents into it, or name another with --corpus or CORPUS_DIR.";
  throw new Failure("corpus_not_found", `the corpus folder is not there: ${folder}`, wayOut);
}

function mustFit(bytes: number, limit: number): void {
  const megabytes = (size: number): string => `${Math.ceil(size / 1_000_000)} MB`;
  const why = `is ${megabytes(bytes)}; at most ${megabytes(limit)} of one file are read`;
  if (bytes > limit) throw new Failure("input_too_large", why, "Split it into smaller files.");
}
