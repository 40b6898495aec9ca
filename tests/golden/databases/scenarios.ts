import { spawn, spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as later } from "node:timers/promises";
import type { Study, TrialHandle } from "../../../src/index.ts";
import type { HeldOutRun } from "../../../src/trial/held-out-run.ts";
import { MIXED_WHERE, mixedSpace } from "../mixed-space.ts";
import { askAndTell, askFor, type Library } from "./continue-study.ts";

/** What a database is made with: a released version's library and command line, in an empty folder that is the working one. */
export interface Release {
  readonly library: Library;
  /** Words that start its `attune`. */
  readonly command: readonly string[];
}

/** Where each scenario keeps its studies. */
export const FILE = "study.db";

/** A program that ends in each way, by its argument. */
export const ENDINGS = `
const ways = {
  good: () => console.log("took: 120 ms"),
  slow: () => console.log("took: 1.5 s"),
  code: () => process.exit(3),
  signal: () => process.kill(process.pid, "SIGTERM"),
  nothing: () => console.log("no metric here"),
  nan: () => console.log("took: nan"),
  hangs: () => setInterval(() => {}, 1000),
};
ways[process.argv[2]]();
`;

/** Waits in the trials that a file names until the file is gone; \`go\` is written by whoever wants them to end. */
export const WAITING = `
import { existsSync, rmSync, writeFileSync } from "node:fs";
const x = Number(process.argv[2]);
const trial = Number(process.env.ATTUNE_TRIAL);
console.log("loss=" + (9 + x));
writeFileSync("begun-" + trial, "");
const waits = () => trial >= 3 && !existsSync("go");
if (waits()) setInterval(() => waits() || process.exit(0), 50);
console.log("loss=" + x);
`;

/** Noise from the seed alone. */
const NOISY = `
const x = Number(process.argv[2]);
const seed = Number(process.env.ATTUNE_SEED);
const off = process.argv[3] === "held-out" ? 0.5 : 0;
console.log("loss=" + ((x - 3) ** 2 + off + (seed % 1000) / 5000));
`;

function attune({ command }: Release, ...words: readonly string[]): string {
  const [node = "", ...before] = command;
  const at = words.indexOf("--");
  const [own, program] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at)];
  const all = [...before, ...own, "--storage", FILE, ...program];
  const { status, stdout, stderr } = spawnSync(node, all, { encoding: "utf8" });
  if (status !== 0) throw new Error(`attune ${words.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** One study of each sampler, with trials that failed, had no number and are open. */
async function samplers({ library }: Release): Promise<void> {
  const { createStudy, derived, float, int } = library;
  for (const sampler of ["random", "qmc", "tpe", "gp", "auto"]) {
    const space = mixedSpace(library);
    const options = { name: sampler, minimize: "loss", seed: 11, sampler, space, where: MIXED_WHERE, storage: FILE };
    const study = await createStudy(options);
    await askAndTell(study as unknown as Study, sampler === "random" ? 12 : 26, 2);
    await study.close();
  }
  const space = { a: int(1, 4), b: float(1e-4, 1, { log: true }), twice: derived("2 * a") };
  const sampler = { name: "grid", points: { b: 5 } };
  const grid = await createStudy({ name: "grid", maximize: "score", seed: 3, sampler, space, storage: FILE });
  await askAndTell(grid as unknown as Study, 14, 2);
  await grid.close();
}

/** Trials that report on the way, stopped by a scheduler or failed. */
async function schedulers({ library }: Release): Promise<void> {
  const { createStudy, float, int } = library;
  const limits: Readonly<Record<string, Readonly<Record<string, number>>>> = { median: {}, threshold: { upper: 40 } };
  for (const [name, limit] of Object.entries(limits)) {
    const scheduler = { name, ...limit };
    const options = { name, minimize: "loss", seed: 5, sampler: "tpe", scheduler, storage: FILE };
    const study = await createStudy({ ...options, space: { x: float(0, 8), n: int(1, 9) } });
    const loss = async (trial: TrialHandle<{ readonly x: number; readonly n: number }>): Promise<number> => {
      const { x, n } = trial.params;
      for (let step = 1; step <= 6; step++) {
        trial.report(step, (x - 2) * (x - 2) + n + 8 / step);
        await later(20);
        if (trial.shouldStop()) return Number.NaN;
      }
      if (n === 4) throw new Error("four is no number for this");
      return (x - 2) * (x - 2) + n;
    };
    await study.optimize(loss, { trials: 24, keepGoing: true });
    await study.close();
  }
}

/** Every way in which a program ends, and values with a unit. */
async function endings(release: Release): Promise<void> {
  writeFileSync("endings.mjs", ENDINGS);
  const options = ["--minimize", "took", "--sampler", "grid", "--seed", "2", "--trial-timeout", "1s", "--keep-going"];
  const ways = "{way: good | slow | code | signal | nothing | nan | hangs}";
  attune(release, "run", ...options, "--quiet", "--", "node", "endings.mjs", ways);
  attune(release, "invalidate", "0", "2-3", "--reason", "the machine was busy", "--study", "endings");
  attune(release, "restore", "3", "--study", "endings");
  attune(release, "note", "4", "prints nothing", "--study", "endings");
}

/** Trials of every origin, runs on fresh seeds and held-out data, trials asked for by hand; a deleted study. */
async function origins(release: Release): Promise<void> {
  writeFileSync("noisy.mjs", NOISY);
  const program = ["--", "node", "noisy.mjs", "{x: 0.0..6.0 default 5.0}"];
  const run = ["run", "--study", "origins", "--minimize", "loss", "--seed", "4", "--sampler", "random", "--quiet"];
  attune(release, ...run, "--trials", "0", ...program);
  attune(release, "delete", "origins", "--yes");
  attune(release, ...run, "--trials", "5", ...program);
  attune(release, "enqueue", "x=3.25", "origins");
  writeFileSync("old.csv", "x,loss,state\n2.75,0.5,complete\n1,,failed\n2,3.5,pruned\n5,4,complete\n");
  attune(release, "import", "old.csv", "origins");
  attune(release, ...run, "--trials", "8", ...program);
  attune(release, "confirm", "origins", "--replicates", "3", "--quiet");
  attune(release, "confirm", "origins", "--holdout", "--quiet", "--", "node", "noisy.mjs", "${x}", "held-out");
  const asked = JSON.parse(attune(release, "ask", "origins", "--json")) as { readonly number: number };
  attune(release, "tell", String(asked.number), "loss=2.5", "--lost", "--yes", "origins");
  attune(release, "ask", "origins", "--expires", "2h", "--json");
  const study = await release.library.openStudy({ name: "origins", storage: FILE });
  await study.setAttribute(null, "team", { of: ["a", 1] });
  await study.setAttribute(2, "picture", "x.png");
  await study.enqueue({ x: 0.5 });
  await study.close();
}

/** A space that grew, was narrowed, got, lost and renamed parameters, under samplers that changed as well. */
async function edited({ library }: Release): Promise<void> {
  const { choice, createStudy, float, int } = library;
  const space = { lr: float(1e-4, 1, { log: true, default: 0.01 }), layers: int(1, 4), kind: choice(["a", "b"]) };
  const options = { name: "edited", minimize: "loss", seed: 8, storage: FILE };
  const study: Study = (await createStudy({ ...options, sampler: "tpe", space })) as unknown as Study;
  await askAndTell(study, 14, 1);
  const wider = { set: { lr: float(1e-6, 1, { log: true }) }, add: { dropout: float(0, 0.5) }, was: { dropout: 0 } };
  await study.editSpace(wider);
  await askAndTell(study, 8);
  await study.invalidate(3, "by mistake");
  await study.editSpace(
    { rename: { layers: "depth" }, set: { lr: float(1e-3, 0.1, { log: true }) } },
    { accept: true },
  );
  await askAndTell(study, 6);
  await study.editSpace({ drop: ["kind"], where: ["depth * lr < 0.2"] }, { accept: true });
  await askAndTell(study, 5);
  const now = study.space;
  await study.close();
  const changed: Study = (await createStudy({ ...options, sampler: "gp", space: now })) as unknown as Study;
  await changed.restore(3);
  await askAndTell(changed, 6, 1);
  await changed.close();
}

/** Parameters that no space declares, suggested jointly and one at a time; some enqueued. */
async function definedByRun({ library }: Release): Promise<void> {
  for (const sampler of ["tpe", "gp", "random"]) {
    const name = `asks ${sampler}`;
    const study: Study = (await library.createStudy({
      name,
      minimize: "loss",
      seed: 6,
      sampler,
      storage: FILE,
    })) as unknown as Study;
    await study.optimize((trial) => 1 / (1 + Object.keys(askFor(trial)).length), { trials: 6 });
    await study.enqueue({ rate: 0.25, kind: "b" });
    await askAndTell(study, sampler === "random" ? 8 : 18, 1);
    await study.close();
  }
}

/** More than 5,000 events, so that the file holds snapshots, and events after them. */
async function long({ library }: Release): Promise<void> {
  const { choice, createStudy, int, openStorage, openStudy } = library;
  const options = { minimize: "loss", seed: 1, sampler: "random", storage: FILE };
  const made = await createStudy({ ...options, name: "long", space: { n: int(1, 99), kind: choice(["a", "b", "c"]) } });
  await askAndTell(made as unknown as Study, 1_680);
  await made.invalidate(100, "for a while");
  await made.restore(100);
  await made.close();
  const again = await openStudy({ name: "long", storage: FILE });
  await askAndTell(again, 12, 2);
  await again.close();

  const reports = await createStudy({ ...options, name: "reports", space: { n: int(1, 9) } });
  for (let n = 0; n < 4; n++) {
    const trial = await reports.ask();
    for (let step = 1; step <= 1_300; step++) await trial.report(step, n + 1 / step);
    if (n < 3) await reports.tell(trial, n);
  }
  const storage = await openStorage(FILE);
  await storage.execute(reports.id, { type: "record-held-out", run: HELD_OUT }, 0);
  await storage.close();
  await reports.close();
}

const HELD_OUT: HeldOutRun = {
  number: 0,
  role: "winner",
  trial: 0,
  params: { n: 3 },
  seed: 7,
  command: { argv: ["node", "test.mjs"] },
  metric: "loss",
  reading: {},
  values: { loss: 0.5 },
  end: { outcome: "ok", message: null, exitCode: 0, signal: null, checkpoint: null },
  startedAt: 1_700_000_000_000,
  endedAt: 1_700_000_001_000,
};

/** A tuner that was killed twice in the middle of two trials: what the last one wrote is in the write-ahead log alone. */
async function killed({ command }: Release): Promise<void> {
  writeFileSync("waiting.mjs", WAITING);
  const [node = "", ...before] = command;
  const run = ["run", "--storage", FILE, "--minimize", "loss", "--seed", "9", "--sampler", "tpe", "--workers", "2"];
  const program = ["--trials", "8", "--quiet", "--", "node", "waiting.mjs", "{x: 0.0..6.0}"];
  for (let time = 0; time < 2; time++) {
    const tuner = spawn(node, [...before, ...run, ...program], { stdio: "ignore" });
    while (!(existsSync("begun-3") && existsSync("begun-4"))) await later(20);
    // Until their first reports are written.
    await later(2_000);
    tuner.kill("SIGKILL");
    writeFileSync("go", "");
    await later(500);
    for (const name of ["go", "begun-3", "begun-4"]) rmSync(name);
  }
}

/** The databases by name. */
export const SCENARIOS: Readonly<Record<string, (release: Release) => Promise<void>>> = {
  samplers,
  schedulers,
  endings,
  origins,
  edited,
  "defined-by-run": definedByRun,
  long,
  killed,
};
