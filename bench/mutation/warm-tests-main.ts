/** The process behind `WarmTests`: runs tests of one file of the tree it stands in for each message, and says what became of them. */
import path from "node:path";
import { createVitest, type TestCase, type TestCollection } from "vitest/node";
import { isAlone } from "./is-alone.ts";
import type { WarmAnswer, WarmTask, WarmTest } from "./warm-task.ts";

const root = process.cwd();
const bail = Number(process.argv[2]);
const vitest = await createVitest("test", { root, watch: false, bail, maxWorkers: 1, reporters: [{}] });
const project = vitest.getRootProject();
project.config.setupFiles.push(path.join(root, "bench/mutation/mark-tests.ts"));

process.on("message", (task: WarmTask) => {
  void run(task).then((answer) => process.send?.(answer));
});
process.once("disconnect", () => {
  process.kill(0, "SIGKILL");
  // The first process of a namespace cannot be killed from inside.
  process.exit();
});
process.send?.({ passed: true, tests: [], isAlone: true } satisfies WarmAnswer);

async function run({ test, changed, names, testLimit }: WarmTask): Promise<WarmAnswer> {
  const file = path.join(root, test);
  if (changed !== null) vitest.invalidateFile(path.join(root, changed));
  project.config.testTimeout = testLimit;
  const specification = project.createSpecification(file, names === null ? {} : { testNames: [...names] });
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
  // Modules of earlier runs are listed too.
  const ended = testModules.filter(({ moduleId }) => moduleId === file);
  const tests = ended.flatMap(({ children }) => [...testsIn(children, "")]);
  const passed = ended.length === 1 && ended[0]!.ok() && unhandledErrors.length === 0;
  return { passed, tests, isAlone: isAlone() };
}

function* testsIn(collection: TestCollection, before: string): Generator<WarmTest> {
  for (const child of collection) {
    if (child.type === "suite") yield* testsIn(child.children, `${before}${child.name} > `);
    else if (child.result().state !== "skipped" && child.result().state !== "pending") yield described(child, before);
  }
}

function described(test: TestCase, before: string): WarmTest {
  const ms = test.diagnostic()?.duration ?? 0;
  return { name: `${before}${test.name}`, passed: test.result().state === "passed", ms };
}
