// Entry of the command line: `briefing <command>`.
import { runEntry } from "./entry.ts";

// onnxruntime-node reports its use over the network unless this is set before it is loaded; it stays unloaded until then
process.env["ORT_DISABLE_TELEMETRY"] ??= "1";

process.exitCode = await runEntry(process.argv.slice(2), process);
