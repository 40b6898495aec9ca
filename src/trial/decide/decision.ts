import type { CommandResults, StudyCommand } from "../command.ts";
import type { StudyEvent } from "../event.ts";
import type { StudyTables } from "../evolve/study-tables.ts";

/** What a decision may know besides the study's state. */
export interface DecideContext {
  /** Milliseconds since 1970 by the storage's clock. */
  readonly now: number;
  /** True when the lease of this token has run out by the storage's clock. */
  leaseExpired(token: string): boolean;
}

/** The events that a command makes (none when there is nothing to change) and its answer. */
export interface Decision<R> {
  readonly events: readonly StudyEvent[];
  readonly result: R;
}

export type CommandOf<T extends StudyCommand["type"]> = Extract<StudyCommand, { readonly type: T }>;

/** Decides one type of command; reads the tables, changes nothing. */
export type Decider<T extends StudyCommand["type"]> = (
  tables: StudyTables,
  command: CommandOf<T>,
  context: DecideContext,
) => Decision<CommandResults[T]>;
