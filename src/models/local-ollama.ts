// Looks whether an Ollama runs on this machine, for `doctor`. Asks the loopback only, and not for long.
import { z } from "zod";

const USUAL = "http://127.0.0.1:11434";
const WAIT_MS = 700;

const TAGS = z.object({ models: z.array(z.object({ name: z.string() })) });

/** Names of the models it holds; null where none runs, or its address is not on this machine. */
export async function localOllamaModels(address: string | null): Promise<string[] | null> {
  const url = new URL("/api/tags", address ?? USUAL);
  if (!/^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname)) return null;
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(WAIT_MS), redirect: "error" });
    return TAGS.parse(await reply.json()).models.map(({ name }) => name);
  } catch {
    return null; // nobody there, or another server
  }
}
