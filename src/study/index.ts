export { AskedTrial } from "./asked-trial.ts";
export { createStudy, openStudy } from "./create-study.ts";
export { ENGINE } from "./engine.ts";
export type { Provenance } from "./provenance.ts";
export type { ReplayDifference, ReplayReport } from "./replay.ts";
export type { RunEnd, RunEvent, RunOptions, RunSummary } from "./run-options.ts";
export { type Objective, type OptimizeOptions, type OptimizeResult, Study } from "./study.ts";
export type { ComponentOption, StudyOptions } from "./study-options.ts";
export type { Told } from "./tell.ts";
