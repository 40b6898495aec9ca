export {
  type Candidate,
  type Confirmation,
  type ConfirmedConfiguration,
  type ConfirmedLead,
  type ConfirmedRole,
  confirmation,
} from "./confirmation.ts";
export { FailureGroups } from "./failure-groups.ts";
export { type FailureGroup, groupFailures } from "./failures.ts";
export { type Found, findBest } from "./find-best.ts";
export { chooseFromFront, type FrontChoice } from "./front-choice.ts";
export {
  type ConfirmedPoint,
  confirmFront,
  type FrontCandidate,
  type FrontConfirmation,
  type FrontDifference,
  type FrontRole,
} from "./front-confirmation.ts";
export { frontMembership } from "./front-membership.ts";
export { type FrontNarrowing, narrowChoice } from "./front-narrowing.ts";
export { type FrontPoint, frontPoint } from "./front-point.ts";
export type { HealthEdit, HealthFinding, HealthKind, HealthRemedy, HealthSeverity } from "./health/health-finding.ts";
export type { EdgeFinding } from "./health/space-edges.ts";
export { type JudgedStudy, studyHealth } from "./health/study-health.ts";
export {
  type HeldOutCandidate,
  type HeldOutConfiguration,
  type HeldOutJudgement,
  type HeldOutLead,
  judgeHeldOut,
} from "./held-out.ts";
export {
  type HeldOutFrontConfiguration,
  type HeldOutFrontJudgement,
  type HeldOutPoint,
  judgeHeldOutFront,
} from "./held-out-front.ts";
export type { HeldOutFrontStanding } from "./held-out-front-standing.ts";
export type { HeldOutStanding } from "./held-out-standing.ts";
export { ignoresSeed } from "./ignores-seed.ts";
export { type Importance, importance, type ParameterImportance } from "./importance.ts";
export { type LeadInterval, leadInterval } from "./lead-interval.ts";
export { meanInterval } from "./mean-interval.ts";
export { newestDecisions, type StudyDecision } from "./newest-decisions.ts";
export { type NothingGood, nothingGood } from "./nothing-good.ts";
export { estimateSaving, type SavingEstimate } from "./saving-estimate.ts";
export { type SchedulePart, scheduleOf } from "./schedule.ts";
export { type CostSource, type StudyCosts, studyCosts } from "./study-costs.ts";
export { type StudyHeldOut, studyHeldOut } from "./study-held-out.ts";
export { type StudyReport, summarize } from "./summarize.ts";
export { type TrialTimes, trialTimes } from "./trial-times.ts";
export { findWinner, type Rival, type Winner } from "./winner.ts";
