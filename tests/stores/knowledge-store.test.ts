import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { knowledgeContract } from "../contracts/knowledge-contract.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "knowledge-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;

knowledgeContract("SQLite", () => openKnowledgeStore({ folder: path.join(scratch, String((folders += 1))), embedder: "test" }));
