import path from "node:path";
import { openStudy, type Trial } from "../../src/index.ts";
import type { Ended, Scene, TuneOptions } from "./support/scene.ts";

const root = path.join(import.meta.dirname, "..", "..");

export interface Misbehaviour {
  /** File in tests/faults/programs. */
  readonly program: string;
  /** More options of `attune run`. */
  readonly options?: readonly string[];
  /** Words before the tuner. */
  readonly before?: readonly string[];
  /** Working folder of the tuner; default: that of the scene. */
  readonly folder?: string;
}

export interface Outcome {
  readonly tuner: Ended;
  readonly trial: Trial;
  /** Processes that are left. */
  readonly left: readonly number[];
}

/** Tunes one trial of a program that does not behave, and tells how the tuner ended. */
export async function runMisbehaving(fault: Misbehaviour, scene: Scene): Promise<Ended> {
  const file = path.join(import.meta.dirname, "programs", fault.program);
  const interpreter = file.endsWith(".pl") ? "perl" : "sh";
  const words = [
    path.join(root, "src", "cli", "main.ts"),
    ...["run", "--study", scene.study, "--storage", scene.storage, "--minimize", "loss", "--sampler", "random"],
    ...["--trials", "1", "--grace", "0.5", ...(fault.options ?? [])],
    ...["--", interpreter, file, "{x: 0.25..0.75}"],
  ];
  const options: Partial<TuneOptions> = { before: fault.before ?? [], cwd: fault.folder };
  return await scene.start(words, options).ended;
}

/** The same, and what the study says of the trial then. */
export async function tuneMisbehaving(fault: Misbehaviour, scene: Scene): Promise<Outcome> {
  const tuner = await runMisbehaving(fault, scene);
  // The tuner has ended what there was: only the launcher goes home and ends a moment after it.
  const left = await scene.orphans(2);
  const study = await openStudy({ name: scene.study, storage: scene.storage });
  try {
    return { tuner, trial: study.trial(0), left };
  } finally {
    await study.close();
  }
}
