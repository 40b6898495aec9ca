import { join } from "node:path";

/** Compiled code of earlier starts, and sources without their types: most of the time that a thread or process of the sources takes to start. */
export const COMPILE_CACHE = join(import.meta.dirname, "..", "..", ".cache", `compiled-${process.getuid?.() ?? 0}`);
