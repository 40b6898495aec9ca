import type { SourcePosition } from "../../errors.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/** A command with the place of each of its arguments in the study file; null when it came from the command line. */
export interface LocatedCommand {
  readonly template: CommandTemplate;
  readonly locate: ((argument: number, inside: SourcePosition) => SourcePosition) | null;
}
