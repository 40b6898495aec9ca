import path from "node:path";
import { driverStudy } from "./support/driver-study.ts";
import { checkInvariants, integrityProblems } from "./support/invariants.ts";
import { type Ended, Scene, type Started } from "./support/scene.ts";

/** How a study is tuned so that a point is passed. */
export type Way = "command" | "view" | "rungs" | "reclaim" | "large";

/** Points that each way of tuning passes, in the order in which a run first comes to them. */
export const POINTS_BY_WAY: Readonly<Record<Way, readonly string[]>> = {
  command: [
    ...["open.created", "open.wal", "migrate.begun", "migrate.step", "migrate.versioned", "migrate.committed"],
    ...["write.begun", "create.study-inserted", "create.event-inserted", "write.before-commit", "write.committed"],
    ...["claim.decided", "claim.event-inserted", "claim.done"],
    ...["executor.before-spawn", "executor.after-spawn", "executor.after-guardian-add", "executor.before-exit-record"],
    ...[
      "report.decided",
      "report.event-inserted",
      "report.done",
      "finish.decided",
      "finish.event-inserted",
      "finish.done",
    ],
    ...["tuning-time.written", "close.closed"],
  ],
  view: ["reserve.event-inserted", "commit.decided", "commit.event-inserted", "commit.done"],
  rungs: ["pause.event-inserted", "resume.event-inserted"],
  reclaim: ["return.event-inserted"],
  large: ["snapshot.block-written", "snapshot.head-written", "snapshot.written", "snapshot.committed"],
};

/** Points on other paths, and where they are crashed instead. */
export const POINTS_ELSEWHERE: Readonly<Record<string, string>> = {
  "migrate.backup-begun": "src/storage/sqlite/migrate.test.ts, as the other points of a migration from an older schema",
  "migrate.backed-up": "src/storage/sqlite/migrate.test.ts",
  "migrate.vacuumed": "src/storage/sqlite/migrations/0002-packed.test.ts",
  "snapshot.step-committed": "src/storage/sqlite/crash.test.ts",
  "pack.run-inserted": "src/storage/sqlite/crash.test.ts",
  "pack.rows-dropped": "src/storage/sqlite/crash.test.ts",
  "pack.committed": "src/storage/sqlite/crash.test.ts",
  "start.event-inserted": "src/storage/sqlite/sqlite-thread.test.ts",
  "release.event-inserted": "src/storage/sqlite/sqlite-thread.test.ts",
  "transition.event-inserted": "src/storage/sqlite/sqlite-thread.test.ts",
  "import.event-inserted": "src/storage/sqlite/sqlite-thread.test.ts",
  "renew.written": "src/storage/sqlite/sqlite-thread.test.ts",
  "enqueue.event-inserted": "by-hand.ts",
  "delete.event-inserted": "by-hand.ts",
  "delete.marked": "by-hand.ts",
};

const TRIALS = 6;
const WORKERS = 2;
/** Three events each: with them, six more trials come past the 1,024 events after which a snapshot is written at the close. */
const LARGE = 338;
const DRIVER = path.join(import.meta.dirname, "support", "driver.ts");

/**
 * Lets a fresh study's tuner die at the n-th passage of a point, then runs the same command again, which must finish the
 * study whole. Answers false when the run ended before the n-th passage.
 */
export async function crashAt(way: Way, point: string, passage: number): Promise<boolean> {
  const scene = new Scene();
  try {
    if (way === "large") await fill(scene);
    if (way === "reclaim") await mustCrash(start(scene, "command", "executor.after-guardian-add:3"));
    const first = await start(scene, way, `${point}:${passage}`).ended;
    const crashed = first.signal === "SIGKILL";
    if (!crashed) mustEndWell(first, `${point}:${passage}`);
    // Before the file is a database there is nothing to check.
    if (crashed && !point.startsWith("open.")) noProblems(integrityProblems(scene.storage));
    mustEndWell(await start(scene, way, null).ended, `after ${point}:${passage}`);
    const trials = wanted(way);
    await checkInvariants(scene, { trials, mayLose: false, mayPause: way === "rungs", witness: byCommand(way) });
    return crashed;
  } catch (error) {
    throw new Error(`Crash at ${point}:${passage} (${way}).`, { cause: error });
  } finally {
    await scene.close();
  }
}

function start(scene: Scene, way: Way, fault: string | null): Started {
  const environment: Record<string, string> = fault === null ? {} : { ATTUNE_FAULT: fault };
  if (byCommand(way)) return scene.tune({ trials: TRIALS, workers: WORKERS, environment });
  const sampler = way === "view" ? "hash-view" : "random";
  const scheduler = way === "rungs" ? "pause-and-promote" : "none";
  const words = [DRIVER, scene.storage, scene.study, String(wanted(way)), String(WORKERS), sampler, scheduler];
  return scene.start(words, { environment });
}

function byCommand(way: Way): boolean {
  return way === "command" || way === "reclaim";
}

function wanted(way: Way): number {
  return way === "large" ? LARGE + TRIALS : TRIALS;
}

/** A study as the driver makes it, with LARGE trials. */
async function fill(scene: Scene): Promise<void> {
  const study = await driverStudy(scene.storage, scene.study, "random", "none");
  await study.optimize(({ params }) => params.x, { trials: LARGE });
  await study.close();
}

async function mustCrash(started: Started): Promise<void> {
  const ended = await started.ended;
  if (ended.signal !== "SIGKILL") throw new Error(`The run was to crash and ended with ${ended.code}: ${ended.output}`);
}

function mustEndWell(ended: Ended, what: string): void {
  if (ended.code === 0) return;
  throw new Error(`The run (${what}) ended with ${ended.code ?? ended.signal}:\n${ended.output}`);
}

function noProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`Not whole after the crash: ${problems.join("; ")}`);
}

/**
 * Lets the tuner of one study die at each point that running commands passes, once, one after the other, and then ends the
 * study: each run goes on with what the crash before it left.
 */
export async function crashInTurn(): Promise<void> {
  const scene = new Scene();
  try {
    let trials = 0;
    for (const point of POINTS_BY_WAY.command) {
      trials += 3;
      const environment = { ATTUNE_FAULT: `${point}:1` };
      const { code, signal, output } = await scene.tune({ trials, workers: WORKERS, environment }, 20).ended;
      if (signal !== "SIGKILL") throw new Error(`${point} was passed by, the run ended with ${code}:\n${output}`);
      if (!point.startsWith("open.")) noProblems(integrityProblems(scene.storage));
    }
    mustEndWell(await scene.tune({ trials, workers: WORKERS }, 20).ended, "after the last crash");
    await checkInvariants(scene, { trials, mayLose: true });
  } finally {
    await scene.close();
  }
}

/** Crashes at every passage of every point, up to `most` passages each; tells each as it comes. */
export async function crashEverywhere(most: number, tell: (line: string) => void): Promise<number> {
  let crashes = 0;
  for (const way of Object.keys(POINTS_BY_WAY) as Way[]) {
    for (const point of POINTS_BY_WAY[way]) {
      let passage = 1;
      while (passage <= most && (await crashAt(way, point, passage))) passage += 1;
      crashes += passage - 1;
      tell(`${way} ${point}: ${passage - 1} crashes, study whole after each`);
      if (passage === 1) throw new Error(`${point} was never passed (${way}).`);
    }
  }
  return crashes;
}
