import "./study/require-node.ts";

export type { FrontPoint, HealthFinding, StudyReport, Winner } from "./analysis/index.ts";
export {
  AttuneError,
  type AttuneErrorOptions,
  type ErrorCode,
  type SourcePosition,
  StorageConflict,
} from "./errors.ts";
export type { Executor, Job, JobControl, JobEvents, JobResult } from "./executor/executor.ts";
export type { TrialHandle } from "./executor/function/trial-handle.ts";
export type { LimitStanding } from "./objective/index.ts";
export type { FigureDataByName, FigureName } from "./plot/index.ts";
export { registerSampler, type SamplerEntry, samplerNames } from "./sampler/registry.ts";
export type { Sampler, Suggestion, SuggestRequest } from "./sampler/sampler.ts";
export type { SamplerContext } from "./sampler/sampler-context.ts";
export type { SuggestionWhy } from "./sampler/suggestion-why.ts";
export { registerScheduler, type SchedulerEntry, schedulerNames } from "./scheduler/registry.ts";
export type { EndDecision, NextDecision, ReportDecision, Scheduler } from "./scheduler/scheduler.ts";
export {
  boolean,
  choice,
  type DefineByRun,
  defineSpace,
  derived,
  fixed,
  float,
  type InferParams,
  int,
  oneOf,
  ordinal,
  type ReadConfigSpaceOptions,
  type ReadSpaceOptions,
  readConfigSpace,
  readOptunaDistributions,
  readSpace,
  repeat,
  type Space,
  type SpaceRecord,
  spaceSchema,
  spaceToJson,
} from "./space/index.ts";
export type { JsonValue, Params } from "./space/json.ts";
export { openStorage } from "./storage/registry.ts";
export type { Storage } from "./storage/storage.ts";
export {
  AskedTrial,
  type AskOptions,
  type ComponentOption,
  createStudy,
  type DecisionDifference,
  type DecisionReport,
  type Objective,
  type ObjectivesEdit,
  type ObjectivesEditReport,
  type OpenOptions,
  type OptimizeOptions,
  type OptimizeResult,
  openStudy,
  type RanParams,
  type ReplayDifference,
  type ReplayReport,
  type RunEnd,
  type RunEvent,
  type RunSummary,
  type SpaceEditReport,
  Study,
  type StudyOptions,
  type StudySpaceEdit,
  type SuggestionExplanation,
  type Told,
} from "./study/index.ts";
export type { FigureLook, FigureOptions, StudyFigure, StudyPlots } from "./study/study-plots.ts";
export type { HistoryView } from "./trial/history-view.ts";
export type { ImportedTrial } from "./trial/imported-trial.ts";
export type { Measured, Reported } from "./trial/measured.ts";
export type { Direction, Metric } from "./trial/metric.ts";
export type {
  Attempt,
  DecisionRecord,
  Definition,
  Outcome,
  Report,
  Segment,
  Trial,
  TrialDecision,
  TrialState,
  Values,
} from "./trial/trial.ts";
