// Entry of `npm start`: indexes the corpus, then the Discord bot, or a terminal chat where there is no token.
import { runEntry } from "./entry.ts";

// onnxruntime-node reports its use over the network unless this is set before it is loaded; it stays unloaded until then
process.env["ORT_DISABLE_TELEMETRY"] ??= "1";

process.exitCode = await runEntry(["start", ...process.argv.slice(2)], process);
