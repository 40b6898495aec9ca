import { StorageConflict } from "../../errors.ts";
import type { StudyEvent } from "../event.ts";
import type { Decider } from "./decision.ts";

function checkVersion(what: string, expected: number, actual: number): void {
  if (expected === actual) return;
  throw new StorageConflict(
    `The study's ${what} changed meanwhile: expected version ${expected}, it is at version ${actual}. Read them again and decide anew.`,
    { expected, actual },
  );
}

export const decideConfigure: Decider<"configure"> = (tables, command) => {
  checkVersion("settings", command.expectedVersion, tables.settings.length);
  return {
    events: [{ type: "settings-changed", settings: command.settings }],
    result: { version: tables.settings.length + 1 },
  };
};

export const decideRespace: Decider<"respace"> = (tables, command) => {
  checkVersion("space", command.expectedVersion, tables.spaces.length);
  const { space, note, carry } = command;
  const event: StudyEvent = { type: "space-changed", space, note, ...(carry !== undefined && { carry }) };
  return { events: [event], result: { version: tables.spaces.length + 1 } };
};

export const decideDelete: Decider<"delete"> = () => ({ events: [{ type: "study-deleted" }], result: {} });
