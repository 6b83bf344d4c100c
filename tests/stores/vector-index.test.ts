import { createHnswIndex, loadHnswLibrary } from "../../src/stores/sqlite/vectors/hnsw-index.ts";
import { vectorIndexContract } from "../contracts/vector-index-contract.ts";

const library = await loadHnswLibrary();
if (library === null) console.log("hnswlib-node is not installed: its contract is skipped");
else vectorIndexContract("hnswlib", (dimension) => createHnswIndex(library, dimension));
