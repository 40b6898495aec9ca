import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { registerSampler, samplerNames } from "../sampler/registry.ts";
import { choice, float, int } from "../space/index.ts";
import type { ImportedTrial } from "../trial/imported-trial.ts";
import { createStudy } from "./create-study.ts";
import type { Study } from "./study.ts";
import type { StudyOptions } from "./study-options.ts";

/** A short search: what is tried here does not depend on how long it is. */
const gp = { name: "gp", random: 40, mutations: 20, climbs: 1 } as const;
const space = { x: float(-3, 3), n: int(1, 9), kind: choice(["a", "b", "c"]) };
type Params = { readonly x: number; readonly n: number; readonly kind: string };
const loss = ({ x, n, kind }: Params): number => x * x + n + (kind === "a" ? 0 : 1);

let folder = "";
let threads: Worker[] = [];
const remember = (worker: Worker): void => {
  threads.push(worker);
};
const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
beforeEach(() => {
  warn.mockClear();
  folder = mkdtempSync(join(tmpdir(), "attune-thread-"));
  threads = [];
  process.on("worker", remember);
});
afterEach(() => {
  process.off("worker", remember);
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => warn.mockRestore());

const open = (more: Partial<StudyOptions> = {}): Promise<Study<Params>> =>
  createStudy({ name: "s", minimize: "loss", space, sampler: gp, seed: 3, ...more }) as Promise<Study<Params>>;

/** Imported trials, so that the thread is used from the first suggestion on. */
async function imported(study: Study<Params>, count: number): Promise<void> {
  const none = { reports: [], startedAt: null, finishedAt: null, attributes: {} };
  const trials = Array.from({ length: count }, (_, i): ImportedTrial => {
    const params = { x: ((i * 7) % 60) / 10 - 3, n: 1 + (i % 9), kind: "abc"[i % 3]! };
    return { params, state: "complete", values: { loss: loss(params) }, ...none };
  });
  await study.importTrials(trials);
}

async function askAndTell(study: Study<Params>, times: number): Promise<void> {
  for (let k = 0; k < times; k++) {
    const asked = await study.ask();
    await study.tell(asked, loss(asked.params));
  }
}

it("suggests in a thread what a replay without one does, whatever happens to the study meanwhile", async () => {
  const study = await open({ storage: join(folder, "attune.db") });
  const other = await open({ storage: join(folder, "attune.db") });
  await imported(study, 30);
  const run = (handle: Study<Params>, trials: number) =>
    handle.optimize(({ params, number }) => (number % 7 === 0 ? Number.NaN : loss(params)), {
      trials,
      workers: 3,
      keepGoing: true,
    });
  await run(study, 6);
  await Promise.all([run(study, 12), run(other, 12)]);
  const begun = threads.length;
  await askAndTell(study, 2);
  await study.invalidate(31, "wrong data");
  await study.enqueue({ x: 0.5, n: 2, kind: "b" });
  await askAndTell(study, 2);
  await askAndTell(other, 2);
  await study.restore(31);
  await askAndTell(study, 2);
  await study.editSpace({ set: { x: float(-4, 4) } });
  await askAndTell(study, 2);
  expect(threads.length).toBe(begun + 2);
  expect(warn).not.toHaveBeenCalled();
  expect(await study.replay()).toMatchObject({ differences: [], otherEngine: [] });
  for (const handle of [study, other]) await handle.close();
});

it("knows in the thread what programs have asked for", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", sampler: gp, seed: 5 });
  await study.optimize((trial) => trial.float("x", 0, 1) + (trial.number % 2 === 0 ? trial.float("y", 0, 1) : 1), {
    trials: 34,
    workers: 2,
  });
  expect(threads).toHaveLength(1);
  expect(warn).not.toHaveBeenCalled();
  expect(await study.replay()).toMatchObject({ differences: [], otherEngine: [] });
  await study.close();
});

it("starts no thread for few trials, for a light sampler, for one of the user's own or with a constraint that is a function", async () => {
  const few = await open();
  await few.optimize(({ params }) => loss(params), { trials: 12 });
  const light = await open({ sampler: "tpe" });
  await light.optimize(({ params }) => loss(params), { trials: 30 });
  if (!samplerNames().includes("own-heavy"))
    registerSampler({
      name: "own-heavy",
      create: () => ({
        name: "own-heavy",
        needsView: true,
        heavy: true,
        suggest: () => [{ params: { x: 0, n: 1, kind: "a" } }],
      }),
    });
  const own = await open({ sampler: "own-heavy" });
  await own.optimize(({ params }) => loss(params), { trials: 30 });
  const predicate = await open({ where: [({ x }: { readonly x: number }) => x < 2] } as Partial<StudyOptions>);
  await predicate.optimize(({ params }) => loss(params), { trials: 30 });
  expect(threads).toHaveLength(0);
});

it("suggests by tpe in a thread once the history is long, and the same", async () => {
  const study = await open({ sampler: "tpe" });
  await imported(study, 19_990);
  await askAndTell(study, 6);
  await setImmediate();
  expect(threads).toHaveLength(0);
  await askAndTell(study, 6);
  expect(threads).toHaveLength(1);
  expect(warn).not.toHaveBeenCalled();
  expect(await study.replay()).toMatchObject({ checked: 12, differences: [], otherEngine: [] });
  await study.close();
});

it("goes on without the thread when that dies over a suggestion, and says so", async () => {
  const study = await open();
  await imported(study, 30);
  process.once("worker", (worker) => void worker.terminate());
  await askAndTell(study, 2);
  expect(threads).toHaveLength(1);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]![0]).toMatch(/no thread for suggestions any more .*main thread computes them/);
  expect(await study.replay()).toMatchObject({ checked: 2, differences: [] });
  await study.close();
});

it("ends the thread with a run and with the study", async () => {
  const study = await open();
  await imported(study, 30);
  await study.optimize(({ params }) => loss(params), { trials: 2 });
  expect(threads.map((thread) => thread.threadId)).toEqual([-1]);
  await study.ask();
  expect(threads).toHaveLength(2);
  const exited = once(threads[1]!, "exit");
  await study.close();
  await exited;
  expect(threads[1]!.threadId).toBe(-1);
});

/** Asks 26 times in a process of its own, and does not close the study. */
function askElsewhere(...options: readonly string[]) {
  const program = `
    import { createStudy, float } from ${JSON.stringify(join(import.meta.dirname, "..", "index.ts"))};
    const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, sampler: "gp" });
    let threads = 0;
    process.on("worker", () => { threads += 1; });
    for (let n = 0; n < 26; n += 1) {
      const trial = await study.ask();
      await study.tell(trial, trial.params.x);
    }
    console.log(threads + " threads");`;
  const known = ["--disable-warning=ExperimentalWarning", ...options, "--input-type=module", "-e", program];
  return spawnSync(process.execPath, known, { encoding: "utf8", timeout: 60_000 });
}

it("lets the process end that forgot to close its study", () => {
  expect(askElsewhere()).toMatchObject({ status: 0, stdout: "1 threads\n", stderr: "" });
});

it("does without where no thread may be started, and says so once", () => {
  const ended = askElsewhere("--permission", "--allow-fs-read=*");
  expect(ended).toMatchObject({ status: 0, stdout: "0 threads\n" });
  expect(ended.stderr.match(/No thread for suggestions can be started \(.*\); the main thread/g)).toHaveLength(1);
});
