/**
 * The process behind `WarmTests` for tests that need no runner: loads a test file anew, and of the sources what the change reaches, runs
 * it here and says whether it passed. A test file that needs more (a context, snapshots, fake timers) fails on the code as it is.
 */
import { registerHooks } from "node:module";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isAlone } from "./is-alone.ts";
import { TestFinder } from "./tests-of.ts";
import type { WarmAnswer, WarmTask } from "./warm-task.ts";

const LOOKS = 100;
const LOOK_MS = 5;
/** A run that waits for nothing which could come is over after so many looks. */
const IDLE_LOOKS = 20;
const IDLE_LOOK_MS = 100;
/** What tests add to stays in memory, and can be added once: these are loaded anew as well. */
const REGISTRIES = ["src/sampler/registry.ts", "src/scheduler/registry.ts"];
const root = process.cwd();
const shim = pathToFileURL(path.join(import.meta.dirname, "quick-vitest.ts")).href;
const finder = new TestFinder(root);
const adding = REGISTRIES.flatMap((file) => [...finder.reaching(file)]);
let run = 0;
let begun = 0;
let reached: ReadonlySet<string> = new Set();

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = context.parentURL?.startsWith(pathToFileURL(root).href) === true;
    if (specifier === "vitest" && isOurs) return { url: shim, shortCircuit: true };
    const found = next(specifier, context);
    if (!isOurs || !specifier.startsWith(".")) return found;
    const file = path.relative(root, fileURLToPath(found.url)).split(path.sep).join("/");
    return reached.has(file) ? { ...found, url: `${found.url.split("?")[0]}?run=${run}` } : found;
  },
});

const { begin, runAll } = (await import(shim)) as typeof import("./quick-vitest.ts");
const inTree = (file: string): string => pathToFileURL(path.join(root, file)).href;
const { default: config } = (await import(inTree("vitest.config.ts"))) as typeof import("../../vitest.config.ts");
for (const file of [config.test?.setupFiles ?? []].flat()) await import(inTree(file));

let stray = Promise.withResolvers<never>();
for (const event of ["uncaughtException", "unhandledRejection"])
  process.on(event, (error: unknown) => stray.reject(error));
process.on("message", (task: WarmTask) => {
  void judge(task).then((answer) => process.send?.(answer));
});
process.once("disconnect", () => process.exit());
const own = leftovers();
process.send?.({ passed: true, tests: [], isAlone: true } satisfies WarmAnswer);

async function judge({ test, changed }: WarmTask): Promise<WarmAnswer> {
  run += 1;
  reached = new Set([...finder.reaching(changed ?? ""), ...adding]);
  stray = Promise.withResolvers<never>();
  let ended = false;
  const running = runFile(test).finally(() => {
    ended = true;
  });
  let idle = 0;
  const watch = setInterval(() => {
    idle = leftovers() <= own ? idle + 1 : 0;
    if (idle >= IDLE_LOOKS) stray.reject(new Error("stuck"));
  }, IDLE_LOOK_MS).unref();
  const passed = await Promise.race([running, stray.promise])
    .then(
      () => true,
      () => false,
    )
    .finally(() => clearInterval(watch));
  const tests = [{ name: "", passed, ms: performance.now() - begun }];
  return { passed, tests, isAlone: ended && (await isClear()) };
}

async function runFile(test: string): Promise<void> {
  begin();
  await import(`${inTree(test)}?run=${run}`);
  // Loading takes long in a process that has just begun, and never again.
  begun = performance.now();
  await runAll();
}

/** What a test left makes another process take this one's place; what is about to end by itself gets a moment. */
async function isClear(): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    if (isAlone() && leftovers() <= own) return true;
    await delay(LOOK_MS);
  }
  return false;
}

/** Timers, threads, files and what else is open. */
function leftovers(): number {
  return process.getActiveResourcesInfo().length;
}
