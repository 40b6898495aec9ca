/** The process behind `WarmTests`: runs one test file of the tree it stands in for each message, and says whether it passed. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { createVitest } from "vitest/node";
import type { WarmAnswer, WarmTask } from "./warm-task.ts";

const root = process.cwd();
const vitest = await createVitest("test", { root, watch: false, bail: 1, maxWorkers: 1, reporters: [{}] });
const project = vitest.getRootProject();

process.on("message", (task: WarmTask) => {
  void run(task).then((answer) => process.send?.(answer));
});
process.once("disconnect", () => {
  process.kill(0, "SIGKILL");
  // The first process of a namespace cannot be killed from inside.
  process.exit();
});
process.send?.({ passed: true, isAlone: true } satisfies WarmAnswer);

async function run({ test, changed }: WarmTask): Promise<WarmAnswer> {
  const file = path.join(root, test);
  vitest.invalidateFile(path.join(root, changed));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([project.createSpecification(file)]);
  // Modules of earlier runs are listed too.
  const ended = testModules.filter(({ moduleId }) => moduleId === file);
  return { passed: ended.length === 1 && ended[0]!.ok() && unhandledErrors.length === 0, isAlone: isAlone() };
}

/** In a namespace of its own: false where a test left a process behind. */
function isAlone(): boolean {
  if (process.pid !== 1) return true;
  return readdirSync("/proc").every((name) => !/^\d+$/.test(name) || name === "1");
}
