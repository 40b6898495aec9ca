export { checkLimit } from "./check-limit.ts";
export { compareValues, leadOver } from "./compare-values.ts";
export { Configurations, groupReplicates } from "./configurations.ts";
export { dominates, nonDominated } from "./dominates.ts";
export { type ExpectedValues, expectedValues } from "./expected-values.ts";
export { FinishedTrials } from "./finished-trials.ts";
export { type Fronts, frontsOf } from "./front.ts";
export { frontNeighbours } from "./front-neighbours.ts";
export { endOf, type FrontTrade, tradesFrom } from "./front-trades.ts";
export { goalText, meetsGoal, withGoals } from "./goal.ts";
export { GrowingFront } from "./growing-front.ts";
export { GrowingSpreads } from "./growing-spreads.ts";
export { isVisible } from "./is-visible.ts";
export { kneeOf } from "./knee.ts";
export { compileLimit, compileLimits, type Limit, type LimitedResult, type LimitTree } from "./limit.ts";
export { LimitScale } from "./limit-scale.ts";
export {
  brokenLimits,
  compareStandings,
  type Excesses,
  excessesOf,
  groupStandings,
  keepsLimits,
  type LimitStanding,
  limitStandings,
  trialResult,
  trialStandings,
  violationBy,
} from "./limit-standing.ts";
export { meanOf } from "./mean-of.ts";
export { metricValue } from "./metric-value.ts";
export { type FrontAnswer, type NarrowedFront, narrowFront, weightsFor } from "./narrow-front.ts";
export { type Preference, preferredOf, readPreference } from "./preference.ts";
export { type ConfigurationRanking, rankConfigurations } from "./rank-configurations.ts";
export { bestTrial, rankTrials } from "./rank-trials.ts";
export { deviationOf, type ReplicateGroup } from "./replicates.ts";
export { type Shrinkage, shrinkage } from "./shrinkage.ts";
export { nameWithAim, nameWithUnit, withUnit } from "./unit.ts";
export { withSaid } from "./with-said.ts";
export { worseningComparisons } from "./worsening-comparisons.ts";
