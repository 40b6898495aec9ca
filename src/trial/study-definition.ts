import type { JsonValue } from "../space/json.ts";
import type { CommandInput } from "./command-input.ts";
import type { Metric } from "./metric.ts";

/** A component by its registered name, with its options as JSON. */
export interface ComponentChoice {
  readonly name: string;
  readonly options: Readonly<Record<string, JsonValue>>;
}

/** What decides suggestions besides space and history; a change is an event and counts the settings version up. */
export interface StudySettings {
  readonly sampler: ComponentChoice;
  readonly scheduler: ComponentChoice;
  /** The program as the user gave it (template, before values are put in), or null for functions. */
  readonly command: CommandTemplate | null;
  /** Anything else a room keeps with the study, by its own key (git commit, engine, working folder...). */
  readonly extra: Readonly<Record<string, JsonValue>>;
  /** Comparisons over results that configurations should keep, in canonical text; left out where there are none. */
  readonly limits?: readonly string[];
  /** The objectives in place of those that the study began with, without goals, references and units; left out while these hold. */
  readonly objectives?: readonly Metric[];
  /** Metrics that grow with a trial's run (time, memory, size), so that what they have before its end is less than they come to; left out where none is said to. */
  readonly grows?: readonly string[];
  /** Values that are good enough, by objective, in place of those that the study began with; left out while these hold. */
  readonly goals?: Readonly<Record<string, number>>;
  /** The worst values that are of interest, by objective, in place of those that the study began with; left out while these hold. */
  readonly references?: Readonly<Record<string, number>>;
  /** What values are in, by objective, in place of what the study began with; left out while that holds. */
  readonly units?: Readonly<Record<string, string>>;
}

/** A list runs without a shell; a string is given to the shell, values quoted for it. */
export type CommandTemplate = ({ readonly argv: readonly string[] } | { readonly shell: string }) & {
  readonly input?: CommandInput;
};

/** How a study begins; what changes later is in events. */
export interface StudyDefinition {
  readonly name: string;
  /** The objectives, in order; one or more. */
  readonly metrics: readonly Metric[];
  /** Canonical JSON form of the space. */
  readonly space: JsonValue;
  readonly settings: StudySettings;
  /** Whole number in [0, 2^53). */
  readonly seed: number;
}
