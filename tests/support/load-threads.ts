import { once } from "node:events";
import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { COMPILE_CACHE } from "./compile-cache.ts";

const root = join(import.meta.dirname, "..", "..");

/**
 * Loads the code of all threads once, so that those which tests start find it in the compile cache, without its types. Node takes types out by
 * WebAssembly, and V8 13.6 now and then crashes a process in which one thread after another compiles and drops that (nodejs/node#64500).
 */
export default async function loadThreads(): Promise<void> {
  const threads = globSync("src/**/*-thread.ts", { cwd: root }).map((file) => pathToFileURL(join(root, file)).href);
  // They begin to work as they are loaded, without anything to work on.
  const load = `Promise.allSettled(${JSON.stringify(threads)}.map((url) => import(url))).then(() => process.exit())`;
  const env = { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE };
  await once(new Worker(load, { eval: true, env, execArgv: ["--disable-warning=ExperimentalWarning"] }), "exit");
}
