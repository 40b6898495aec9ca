import type { SpelledParams } from "../space/spelled.ts";
import { parameterVariables } from "./parameter-variables.ts";

/** What a program is told about the trial it runs. */
export interface TrialEnvironmentInput {
  readonly study: string;
  readonly trial: number;
  readonly segment: number;
  readonly attempt: number;
  readonly seed: number;
  readonly fold: number | null;
  readonly params: SpelledParams;
  readonly metrics: readonly string[];
  /** Step to run up to, or null. */
  readonly until: number | null;
  /** Folder for this attempt's checkpoint, or null. */
  readonly checkpointFolder: string | null;
  /** Checkpoint to go on from, or null. */
  readonly resumeFrom: string | null;
  /** File that appears when the program should end, or null. */
  readonly stopFile: string | null;
  /** Marks every process of this attempt; see {@link extendRunMarker}. */
  readonly runMarker: string;
}

/**
 * The variables a trial's program gets besides the user's own environment: `ATTUNE_STUDY`, `ATTUNE_TRIAL`, `ATTUNE_PARAMS`
 * (JSON), `ATTUNE_PARAM_<NAME>` and so on. Two names that would share a variable (`a.b`, `a-b`) get none: `ATTUNE_PARAMS`
 * has both.
 */
export function trialEnvironment(input: TrialEnvironmentInput): Record<string, string> {
  const variables: Record<string, string> = {
    ATTUNE_STUDY: input.study,
    ATTUNE_TRIAL: String(input.trial),
    ATTUNE_SEGMENT: String(input.segment),
    ATTUNE_ATTEMPT: String(input.attempt),
    ATTUNE_SEED: String(input.seed),
    ATTUNE_METRICS: input.metrics.join(","),
    ATTUNE_RUN: input.runMarker,
  };
  if (input.fold !== null) variables.ATTUNE_FOLD = String(input.fold);
  if (input.until !== null) variables.ATTUNE_UNTIL = String(input.until);
  if (input.checkpointFolder !== null) variables.ATTUNE_CHECKPOINT_DIR = input.checkpointFolder;
  if (input.resumeFrom !== null) variables.ATTUNE_RESUME_FROM = input.resumeFrom;
  if (input.stopFile !== null) variables.ATTUNE_STOP_FILE = input.stopFile;
  return { ...variables, ...parameterVariables(input.params) };
}

/**
 * The marker of an attempt behind those of the attempts this process itself runs in, so that a tuner inside a trial of
 * another tuner is found and ended with it.
 */
export function extendRunMarker(outer: string | undefined, marker: string): string {
  return outer === undefined || outer === "" ? marker : `${outer} ${marker}`;
}
