import type { Params } from "../../space/json.ts";
import { seenMembers } from "../evolve/growing-members.ts";
import type { DefinitionRecord, SegmentEnd, SegmentRecord, TrialRecord } from "../evolve/trial-record.ts";
import type { RevisionInterval, SuggestionRecord, Trial, Values } from "../trial.ts";
import type { ReportList } from "./report-list.ts";
import type { TrialColumns } from "./trial-columns.ts";

/** A record in columns: each field is read when it is asked for, objects and lists made anew each time. It cannot be changed. */
export class PackedRecord implements TrialRecord {
  readonly number: number;
  readonly #columns: TrialColumns;
  readonly #row: number;

  constructor(columns: TrialColumns, row: number, number: number) {
    this.number = number;
    this.#columns = columns;
    this.#row = row;
  }

  get configuration(): number {
    return this.number - (this.#columns.trials.configuration.get(this.#row) as number);
  }

  get replicate(): Trial["replicate"] {
    return this.#columns.trials.replicate.get(this.#row) as Trial["replicate"];
  }

  get params(): Params {
    return this.#columns.trials.params.get(this.#row) as Params;
  }

  get offered(): Params | null {
    return this.#columns.trials.offered.get(this.#row) as Params | null;
  }

  get definitions(): DefinitionRecord[] {
    return this.#columns.definitions(this.#row);
  }

  get spaceVersion(): number {
    return this.#columns.trials.spaceVersion.get(this.#row) as number;
  }

  get ranUnder(): number | null {
    return this.#columns.trials.ranUnder.get(this.#row) as number | null;
  }

  get origin(): TrialRecord["origin"] {
    return this.#columns.trials.origin.get(this.#row) as TrialRecord["origin"];
  }

  get branch(): TrialRecord["branch"] {
    return this.#columns.trials.branch.get(this.#row) as unknown as TrialRecord["branch"];
  }

  get successor(): number | null {
    return this.#columns.trials.successor.get(this.#row) as number | null;
  }

  get suggestion(): SuggestionRecord | null {
    return this.#columns.suggestion(this.#row, this.number);
  }

  get state(): TrialRecord["state"] {
    return this.#columns.trials.state.get(this.#row) as TrialRecord["state"];
  }

  get outcome(): TrialRecord["outcome"] {
    return this.#columns.trials.outcome.get(this.#row) as TrialRecord["outcome"];
  }

  get message(): string | null {
    return this.#columns.trials.message.get(this.#row) as string | null;
  }

  get values(): Values {
    return this.#columns.trials.values.get(this.#row) as Values;
  }

  /** See `trialSeconds`. */
  get seconds(): number | null {
    return this.#columns.seconds(this.#row);
  }

  get segments(): SegmentRecord[] {
    return this.#columns.segments(this.#row);
  }

  get reports(): ReportList {
    return this.#columns.reports(this.#row);
  }

  get ends(): SegmentEnd[] {
    return this.#columns.ends(this.#row, this.values, this.reports.length);
  }

  get losses(): number {
    return this.#columns.trials.losses.get(this.#row) as number;
  }

  get proposedRevision(): number {
    return this.#columns.proposedRevision(this.#row);
  }

  get startedRevision(): number | null {
    return this.#columns.startedRevision(this.#row);
  }

  get finishedRevision(): number | null {
    return this.#columns.finishedRevision(this.#row);
  }

  get proposedAt(): number {
    return this.#columns.proposedAt(this.#row);
  }

  get startedAt(): number | null {
    return this.#columns.startedAt(this.#row);
  }

  get finishedAt(): number | null {
    return this.#columns.finishedAt(this.#row);
  }

  get invalid(): RevisionInterval[] {
    return this.#columns.invalid(this.#row);
  }

  get attributes(): TrialRecord["attributes"] {
    return this.#columns.trials.attributes.get(this.#row) as TrialRecord["attributes"];
  }

  get systemAttributes(): TrialRecord["systemAttributes"] {
    return this.#columns.trials.systemAttributes.get(this.#row) as TrialRecord["systemAttributes"];
  }

  get past(): TrialRecord["past"] {
    return this.#columns.trials.past.get(this.#row) as unknown as TrialRecord["past"];
  }

  get decisions(): TrialRecord["decisions"] {
    return this.#columns.trials.decisions.get(this.#row) as unknown as TrialRecord["decisions"];
  }

  get begun(): number {
    return this.#columns.trials.begun.get(this.#row) as number;
  }

  get reached(): number | null {
    return this.#columns.trials.reached.get(this.#row) as number | null;
  }

  get shown(): Trial | null {
    return null;
  }

  /** Nothing is kept of a packed trial. */
  set shown(_trial: Trial | null) {}

  /** The same as an object of its own, which can be changed. */
  loose(): TrialRecord {
    const { definitions, params, past, reports, values } = this;
    return {
      number: this.number,
      configuration: this.configuration,
      replicate: this.replicate,
      params: definitions.length === 0 ? params : seenMembers(params),
      offered: this.offered,
      definitions,
      spaceVersion: this.spaceVersion,
      ranUnder: this.ranUnder,
      origin: this.origin,
      branch: this.branch,
      successor: this.successor,
      suggestion: this.suggestion,
      state: this.state,
      outcome: this.outcome,
      message: this.message,
      values,
      segments: this.segments,
      reports,
      ends: this.#columns.ends(this.#row, values, reports.length),
      losses: this.losses,
      proposedRevision: this.proposedRevision,
      startedRevision: this.startedRevision,
      finishedRevision: this.finishedRevision,
      proposedAt: this.proposedAt,
      startedAt: this.startedAt,
      finishedAt: this.finishedAt,
      invalid: this.invalid,
      attributes: seenMembers(this.attributes),
      systemAttributes: seenMembers(this.systemAttributes),
      past: past && { ...past, attributes: past.attributes.slice() },
      decisions: this.decisions,
      begun: this.begun,
      reached: this.reached,
      shown: null,
    };
  }
}
