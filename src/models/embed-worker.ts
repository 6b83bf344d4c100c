// The worker thread that runs the sentence model.
import { parentPort } from "node:worker_threads";

parentPort?.close();
