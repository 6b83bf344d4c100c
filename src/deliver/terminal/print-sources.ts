// Where documents come from, in a terminal: texts that several outlets carry, and the addresses that are followed. Pure.
import type { FollowedAddress } from "../../results.ts";
import type { CopyGroup } from "../../stores/knowledge.ts";
import { plain } from "./output.ts";

/** Lines below the list of documents; none where there is nothing to say. */
export function printSources(copies: readonly CopyGroup[], followed: readonly FollowedAddress[]): string[] {
  return [
    ...(copies.length === 0 ? [] : ["", "The same text", ...copies.map(copyLine)]),
    ...(followed.length === 0 ? [] : ["", "Followed", ...followed.map(followedLine)]),
  ];
}

function copyLine({ documents, outlets }: CopyGroup): string {
  const [original, ...others] = documents;
  const told = outlets.length > 1 ? `${outlets.length} outlets, one original (${outlets.map(plain).join(", ")})` : "one original";
  return `    ${original?.id ?? ""} = ${others.map(({ id }) => id).join(" = ")}: ${told}`;
}

function followedLine({ url, scope, title, documents, succeededAt, failures, lastProblem, dueAt }: FollowedAddress): string {
  const read =
    succeededAt === null ? "never read" : `read ${minute(succeededAt)}, ${documents} document${documents === 1 ? "" : "s"}`;
  const trouble = failures === 0 ? "" : `; failed ${failures === 1 ? "once" : `${failures} times`}: ${plain(lastProblem ?? "")}`;
  const next = dueAt === null ? "" : `; due ${minute(dueAt)}`;
  return `    ${title === null ? "" : `${plain(title)} `}${plain(url)}${scope === null ? "" : ` (${scope})`}: ${read}${trouble}${next}`;
}

const minute = (instant: string): string => `${instant.slice(0, 16).replace("T", " ")} UTC`;
