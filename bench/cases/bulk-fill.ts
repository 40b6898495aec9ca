/** `FILE COUNT`: fills the study "bench" of that file, which is there and has no trials, as `scale-case.ts fill` does, but in bulk. */
import { fillInBulk } from "../support/fill-in-bulk.ts";
import { tenFloats } from "./ten-floats.ts";

const [file = "", count = ""] = process.argv.slice(2);
const begun = performance.now();
await fillInBulk(file, "bench", Number(count), tenFloats);
process.stdout.write(`${JSON.stringify({ ms: performance.now() - begun })}\n`);
