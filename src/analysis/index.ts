export { defaultParams } from "./default-params.ts";
export { type FailureGroup, groupFailures } from "./failures.ts";
export { type StudyReport, summarize } from "./summarize.ts";
export { trialSeconds } from "./trial-seconds.ts";
export { type TrialTimes, trialTimes } from "./trial-times.ts";
export { findWinner, type Rival, type Winner } from "./winner.ts";
