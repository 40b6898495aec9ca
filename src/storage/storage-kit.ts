/**
 * What a storage of one's own is built of: the decider that is the same for all, the state it decides by, and the rules that storages
 * share. A storage keeps the events that `decideCommand` answers, with what `Storage` says of order and transactions.
 *
 * @experimental
 */
export { AttuneError, StorageConflict } from "../errors.ts";
export type { CommandResult, StudyCommand } from "../trial/command.ts";
export type { LoggedEvent, StudyEvent } from "../trial/event.ts";
export { evolve } from "../trial/evolve/evolve.ts";
export { changedBlocks, stateFromParts, stateToParts } from "../trial/evolve/snapshot.ts";
export { StudyState } from "../trial/study-state.ts";
export { decideCommand, type Leases, readLeases } from "./decide-command.ts";
export { inapplicable, keepable } from "./keepable.ts";
export { type Lease, leaseExpired } from "./lease.ts";
export type {
  Executed,
  LoadedStudy,
  Storage,
  StudyId,
  StudyOverview,
  StudyParts,
  StudySummary,
} from "./storage.ts";
export { outlineOfState, type StudyOutline } from "./study-outline.ts";
export { partsOfState } from "./study-parts.ts";
export { type TrialLookup, type TrialPage, type TrialQuery, trialPage, trialPageOf } from "./trial-page.ts";
export { addTuningTime, type TuningTime } from "./tuning-time.ts";
export { unknownStudy } from "./unknown-study.ts";
