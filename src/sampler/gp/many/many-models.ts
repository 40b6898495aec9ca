import type { DenseKernel } from "../../../numeric/linalg/dense-kernel.ts";
import type { RandomStream } from "../../../numeric/random/stream-source.ts";
import { compileLimits } from "../../../objective/limit.ts";
import type { FeatureMap } from "../../../surrogate/gp/feature-map.ts";
import { GaussianProcess } from "../../../surrogate/gp/gaussian-process.ts";
import type { Judging } from "../../result-reader.ts";
import { effortFor } from "../effort.ts";
import type { GpOptions } from "../gp-options.ts";
import { fitCount, HyperSchedule } from "../hyper-schedule.ts";
import { type TrainingSet, trainingSet } from "../training-set.ts";
import type { Turn } from "../turn.ts";
import type { TabledTrial, TrialTables } from "./trial-table.ts";

/** What one process models: a number of each trial. */
export interface Target {
  /** Name by which its hyperparameters are kept; null for a target of one suggestion alone. */
  readonly key: string | null;
  readonly numberOf: (trial: TabledTrial) => number;
}

export interface TargetModel {
  readonly process: GaussianProcess;
  readonly set: TrainingSet;
}

/** What a process is made with. */
export interface ModelPlan {
  readonly rows: number;
  readonly turn: Turn;
  readonly pending: readonly Float64Array[];
  /** Standard normal numbers for each of those pending, a row for each fantasy. */
  readonly fantasies: readonly ArrayLike<number>[];
  readonly stream: RandomStream;
  /** How many processes a suggestion takes. */
  readonly processes: number;
}

/** Makes the processes of suggestions, and keeps their hyperparameters. */
export class ManyModels {
  readonly kernel: DenseKernel;
  readonly map: FeatureMap;
  readonly tables: TrialTables;
  readonly #operations: number | null;
  readonly #schedules = new Map<string, HyperSchedule>();

  constructor(kernel: DenseKernel, map: FeatureMap, tables: TrialTables, { operations }: GpOptions) {
    this.kernel = kernel;
    this.map = map;
    this.tables = tables;
    this.#operations = operations;
  }

  /** Fits what suggestions from so many rows are bound to use. */
  fit(rows: number, judging: Judging): void {
    for (const target of [...objectiveTargets(judging), ...limitTargets(judging).flat()]) this.#fit(target, rows);
  }

  /** What a suggestion may take for each of so many processes. */
  effort(rows: number, processes: number) {
    const share = this.#operations === null ? null : Math.ceil(this.#operations / processes);
    return effortFor(share, rows, this.map.size);
  }

  /** The process of a target; null where fewer than two trials say anything of it. It lives in the kernel's memory. */
  model(target: Target, plan: ModelPlan): TargetModel | null {
    const { rows, pending, turn, stream } = plan;
    const { schedule, fit, data } = this.#fit(target, rows);
    if (fit === null) return null;
    const { modelRows } = this.effort(data.points.length + pending.length, plan.processes);
    const hyper = turn === "likely" ? fit.hyper : schedule.draw(data, fit, stream);
    const set = trainingSet(this.map.points, data, modelRows, fit.warp, pending);
    const { points, values, noiseFactors, levels } = set;
    const running = pending.length;
    const process = new GaussianProcess(this.kernel, fit.map, points, [values], hyper, running, noiseFactors, levels);
    if (pending.length > 0) process.fantasize(pending, plan.fantasies);
    return { process, set };
  }

  #fit(target: Target, rows: number) {
    const dataAt = (count: number) => this.tables.dataOf(this.tables.at(count), target.numberOf);
    const schedule = this.#scheduleOf(target);
    return { schedule, fit: schedule.fit(fitCount(rows), dataAt), data: dataAt(rows) };
  }

  #scheduleOf({ key }: Target): HyperSchedule {
    const known = key === null ? undefined : this.#schedules.get(key);
    if (known !== undefined) return known;
    const schedule = new HyperSchedule(this.kernel, this.map, this.#operations);
    if (key !== null) this.#schedules.set(key, schedule);
    return schedule;
  }
}

/** Each objective. */
export function objectiveTargets({ metrics }: Judging): readonly Target[] {
  return metrics.map(({ name, direction }, k) => {
    return { key: `objective ${direction} ${name}`, numberOf: ({ result }) => result.point[k]! };
  });
}

/** By limit, the differences of its comparisons. */
export function limitTargets({ limits }: Judging): readonly (readonly Target[])[] {
  return compileLimits(limits).map(({ text, tree }, k) => {
    return Array.from({ length: comparisonsIn(tree) }, (_none, place): Target => {
      return { key: `limit ${place} ${text}`, numberOf: ({ result }) => result.excesses[k]![place]! };
    });
  });
}

function comparisonsIn(tree: ReturnType<typeof compileLimits>[number]["tree"]): number {
  return tree.kind === "comparison" ? 1 : tree.parts.reduce((sum, part) => sum + comparisonsIn(part), 0);
}
