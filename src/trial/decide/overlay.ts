import { isInvalid } from "../evolve/trial-record.ts";
import type { Decider } from "./decision.ts";
import { checkText, fenceOpen, findTrial } from "./guards.ts";

/** Hides the trial until it is restored; one that is hidden already stays so. */
export const decideInvalidate: Decider<"invalidate"> = (tables, command) => {
  const { trial, reason } = command;
  if (isInvalid(findTrial(tables, trial))) return { events: [], result: {} };
  return { events: [{ type: "invalidated", trial, reason }], result: {} };
};

export const decideRestore: Decider<"restore"> = (tables, command) => {
  const { trial } = command;
  if (!isInvalid(findTrial(tables, trial))) return { events: [], result: {} };
  return { events: [{ type: "restored", trial }], result: {} };
};

export const decideSetAttribute: Decider<"set-attribute"> = (tables, command) => {
  const { trial, system, key, text } = command;
  if (trial !== null) {
    const record = findTrial(tables, trial);
    if (command.whileOpen) fenceOpen(record);
  }
  checkText(`Attribute "${key}"`, text);
  return { events: [{ type: "attribute-set", trial, system, key, text }], result: {} };
};
