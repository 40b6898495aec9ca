import type { JsonValue } from "../../space/json.ts";
import type { StudyState } from "../study-state.ts";
import { PackedRecord } from "../table/packed-record.ts";
import { ProcessList, packTrial } from "./packed-trial.testing.ts";
import type { TrialRecord } from "./trial-record.ts";

/** A whole state as JSON, in the form of the snapshots that version 0.1 wrote: for comparing states, and with what that version read. */
export function stateToJson({ tables }: StudyState): JsonValue {
  const processes = new ProcessList();
  const trials = Array.from(tables.trials, (record) => packTrial(looseOf(record), processes));
  const { reservation, heldOut } = tables;
  const packed = {
    format: heldOut.length === 0 ? 2 : 3,
    revision: tables.revision,
    definition: tables.definition,
    settings: tables.settings,
    spaces: tables.spaces,
    proposalIndex: tables.proposalIndex,
    reservation,
    reservedAt: reservation === null ? 0 : (tables.holdings.get(reservation.proposer.token)?.since ?? 0),
    deleted: tables.deleted,
    ...(heldOut.length > 0 && { heldOut }),
    attributes: tables.attributes,
    systemAttributes: tables.systemAttributes,
    processes: processes.list,
    trials,
  };
  return packed as unknown as JsonValue;
}

/** Values that an end shares with its trial are one object then, as in a record that was never packed. */
function looseOf(record: TrialRecord): TrialRecord {
  return record instanceof PackedRecord ? record.loose() : record;
}
