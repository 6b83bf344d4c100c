import { createExactIndex } from "../../src/stores/sqlite/vectors/exact-index.ts";
import { createHnswIndex, loadHnswLibrary } from "../../src/stores/sqlite/vectors/hnsw-index.ts";
import { vectorIndexContract } from "../contracts/vector-index-contract.ts";

vectorIndexContract("exact", (dimension) => {
  const exact = createExactIndex(dimension);
  return {
    get size() {
      return exact.size;
    },
    add: (id, vector) => exact.add(id, vector),
    remove: (id) => exact.remove(id),
    search: (vector, k, allow) => exact.search(vector, k, [...exact.ids()].filter(allow ?? Boolean)),
  };
});

const library = await loadHnswLibrary();
if (library === null) console.log("hnswlib-node is not installed: its contract is skipped");
else vectorIndexContract("hnswlib", (dimension) => createHnswIndex(library, dimension));
