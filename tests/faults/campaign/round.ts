import { setTimeout as sleep } from "node:timers/promises";
import { seededDraw } from "../support/draw.ts";
import { describeProcess } from "../support/processes.ts";
import type { Deeds } from "./check-attempt.ts";
import { endProblems } from "./check-ends.ts";
import { fileProblems } from "./check-files.ts";
import { checkStudy, contradictions } from "./check-study.ts";
import { keepEvidence } from "./evidence.ts";
import type { Fault } from "./faults/fault.ts";
import { faultFamilies } from "./faults/faults.ts";
import { readJournal } from "./journal.ts";
import { Leg } from "./leg.ts";
import { type Problem, problem } from "./problem.ts";
import { Stage, type StageOptions } from "./stage.ts";
import { StandstillWatch } from "./standstill.ts";

/** Trials of a leg unless told otherwise, and how many faults come over it at most. */
const TRIALS = 30;
const MOST_FAULTS = 8;
/** Seconds without a sign of any tuner, once the last fault is over, behind which they are thought never to end. */
const PATIENCE = 120;

export interface RoundOptions extends StageOptions {
  readonly seed: number;
  /** Faults to inject. */
  readonly faults: number;
  /** Kinds to draw from, or their beginnings; default: all. */
  readonly kinds?: readonly string[];
  /** Trials of a leg; default: 30. */
  readonly trials?: number;
  /** Folder for what a problem can be understood by; default: none. */
  readonly evidence?: string;
}

export interface RoundResult {
  readonly seed: number;
  /** Kinds of the faults, in their order, and of those that found nothing to hit. */
  readonly faults: readonly string[];
  readonly missed: readonly string[];
  /** Kinds that this machine cannot have, with the reason. */
  readonly skipped: Readonly<Record<string, string>>;
  readonly problems: readonly (Problem & { readonly leg: number })[];
}

/** Lets faults come over one study, leg by leg, and checks all of it after each leg; ends at the first leg that has a problem. */
export async function runRound(given: RoundOptions): Promise<RoundResult> {
  const { seed, faults, kinds, evidence, trials = TRIALS, ...options } = given;
  const draw = seededDraw(seed);
  const stage = new Stage(options);
  const deeds: Deeds = { hit: new Set(), cramped: new Set() };
  const chosen = faultFamilies(kinds);
  const tried = { done: [] as string[], missed: [] as string[], skipped: {} as Record<string, string> };
  const problems: (Problem & { leg: number })[] = [];
  try {
    let wanted = 0;
    for (let number = 1; tried.done.length < faults && problems.length === 0; number++) {
      wanted += trials;
      const watch = new StandstillWatch(stage.journal, stage.tuners);
      const leg = new Leg(stage, watch, draw, deeds, wanted);
      const found = await runLegSafely(leg, chosen, Math.min(MOST_FAULTS, faults - tried.done.length), tried);
      wanted = leg.wanted;
      problems.push(...found.map((each) => ({ ...each, leg: number })));
    }
    if (problems.length === 0) problems.push(...(await atTheEnd(stage)).map((each) => ({ ...each, leg: 0 })));
    if (problems.length > 0 && evidence !== undefined) keepEvidence(stage, evidence);
  } finally {
    await stage.close();
  }
  return { seed, faults: tried.done, missed: tried.missed, skipped: tried.skipped, problems };
}

async function injectOne(leg: Leg, families: readonly (readonly Fault[])[], { done, missed, skipped }: TriedFaults) {
  const fault = leg.one(leg.one(families)!)!;
  const lacks = fault.lacks?.(leg) ?? null;
  if (lacks !== null) skipped[fault.kind] = lacks;
  else ((await fault.inject(leg)) ? done : missed).push(fault.kind);
}

/** A fault that could not be injected as it should is a problem like any other. */
async function runLegSafely(...given: Parameters<typeof runLeg>): Promise<readonly Problem[]> {
  try {
    return await runLeg(...given);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [problem("wrong", `the leg could not be run: ${error.stack ?? error.message}`)];
  }
}

interface TriedFaults {
  readonly done: string[];
  readonly missed: string[];
  readonly skipped: Record<string, string>;
}

async function runLeg(
  leg: Leg,
  families: readonly (readonly Fault[])[],
  most: number,
  tried: TriedFaults,
): Promise<readonly Problem[]> {
  const { stage, watch } = leg;
  watch.begin();
  try {
    for (let k = 0; k < 2; k++) leg.tune();
    let left = 1 + leg.pick(most);
    const lane = async (): Promise<void> => {
      for (; left > 0 && leg.living().length > 0; left -= 1) await injectOne(leg, families, tried);
    };
    // Two at a time: what comes while something else is still wrong is another fault.
    await Promise.all([lane(), lane()]);
    watch.lifted();
    await allEnded(leg);
    if (stage.tuners.every(({ ended }) => ended !== null)) {
      // What a user would do: the same command again.
      stage.takeBack();
      leg.tune();
      await allEnded(leg);
    }
  } finally {
    watch.end();
  }
  // While something hangs, most of what is wrong comes of that.
  if (watch.problems.length > 0) return [...watch.problems, ...contradictions(stage)];
  const left = await stage.scene.orphans();
  return [
    ...endProblems(stage.tuners),
    ...left.map((pid) => problem("left", `process ${pid} still runs: ${describeProcess(pid)}`)),
    ...fileProblems(stage, "run"),
    ...checkStudy(stage, leg.wanted, leg.deeds),
  ];
}

/** However long it takes: on a machine that has much else to do, what goes on well may go on slowly. */
async function allEnded({ stage, watch }: Leg): Promise<void> {
  let [signs, since] = [-1, performance.now()];
  while (stage.tuners.some(({ ended }) => ended === null) && watch.problems.length === 0) {
    const now = readJournal(stage.journal).length + stage.tuners.reduce((sum, { output }) => sum + output.length, 0);
    if (now !== signs) [signs, since] = [now, performance.now()];
    if (performance.now() - since > PATIENCE * 1000) return;
    await sleep(50);
  }
}

/** The study recomputed, and what `gc` cannot remove. */
async function atTheEnd(stage: Stage): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const replay = await stage.attune(["replay"]);
  if (replay.code !== 0) problems.push(problem("replay", `replay ended with ${replay.code}: ${replay.output}`));
  const gc = await stage.attune(["gc", "--keep", "0", "--yes"]);
  if (gc.code !== 0) problems.push(problem("code", `gc ended with ${gc.code}: ${gc.output}`));
  return [...problems, ...fileProblems(stage, "gc")];
}
