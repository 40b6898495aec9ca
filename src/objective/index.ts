export { compareValues, leadOver } from "./compare-values.ts";
export { dominates, nonDominated } from "./dominates.ts";
export { isVisible } from "./is-visible.ts";
export { meanOf } from "./mean-of.ts";
export { metricValue } from "./metric-value.ts";
export { type ConfigurationRanking, rankConfigurations } from "./rank-configurations.ts";
export { bestTrial, rankTrials } from "./rank-trials.ts";
export { groupReplicates, type ReplicateGroup } from "./replicates.ts";
export { type Shrinkage, shrinkage } from "./shrinkage.ts";
