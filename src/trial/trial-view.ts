import { seenMembers } from "./evolve/growing-members.ts";
import { paramsOf, shownDefinitions, type TrialRecord, toTrial } from "./evolve/trial-record.ts";
import { PackedRecord } from "./table/packed-record.ts";
import type { Definition, Report, RevisionInterval, Segment, Trial } from "./trial.ts";
import { trialSeconds } from "./trial-seconds.ts";

/**
 * A trial whose fields are read when they are asked for, made anew each time: for those who look at one or two fields of very many.
 * Neither spread nor compared nor written as a whole; `whole` can be. It shows the trial as it is at the time of the look.
 */
export class TrialView implements Trial {
  readonly #record: TrialRecord;

  constructor(record: TrialRecord) {
    this.#record = record;
  }

  get number(): number {
    return this.#record.number;
  }

  get configuration(): number {
    return this.#record.configuration;
  }

  get replicate(): Trial["replicate"] {
    return this.#record.replicate;
  }

  get params(): Trial["params"] {
    return paramsOf(this.#record);
  }

  get spaceVersion(): number {
    return this.#record.spaceVersion;
  }

  get origin(): Trial["origin"] {
    return this.#record.origin;
  }

  get branch(): Trial["branch"] {
    return this.#record.branch ?? undefined;
  }

  get successor(): number | undefined {
    return this.#record.successor ?? undefined;
  }

  get suggestion(): Trial["suggestion"] {
    return this.#record.suggestion;
  }

  get state(): Trial["state"] {
    return this.#record.state;
  }

  get outcome(): Trial["outcome"] {
    return this.#record.outcome;
  }

  get message(): string | null {
    return this.#record.message;
  }

  get values(): Trial["values"] {
    return this.#record.values;
  }

  get losses(): number {
    return this.#record.losses;
  }

  get proposedRevision(): number {
    return this.#record.proposedRevision;
  }

  get startedRevision(): number | null {
    return this.#record.startedRevision;
  }

  get finishedRevision(): number | null {
    return this.#record.finishedRevision;
  }

  get proposedAt(): number {
    return this.#record.proposedAt;
  }

  get startedAt(): number | null {
    return this.#record.startedAt;
  }

  get finishedAt(): number | null {
    return this.#record.finishedAt;
  }

  get invalid(): readonly RevisionInterval[] {
    return this.#record.invalid;
  }

  get attributes(): Trial["attributes"] {
    return seenMembers(this.#record.attributes);
  }

  get systemAttributes(): Trial["systemAttributes"] {
    return seenMembers(this.#record.systemAttributes);
  }

  get offered(): Trial["params"] | undefined {
    return this.#record.offered ?? undefined;
  }

  get definitions(): readonly Definition[] | undefined {
    const { definitions } = this.#record;
    if (definitions.length === 0) return undefined;
    return shownDefinitions(definitions);
  }

  get decisions(): Trial["decisions"] {
    return this.#record.decisions ?? undefined;
  }

  /** See `trialSeconds`; nothing is made for it. */
  get seconds(): number | null {
    return this.#record instanceof PackedRecord ? this.#record.seconds : trialSeconds(this.#record);
  }

  get segments(): readonly Segment[] {
    return this.#record.segments.map(({ until, attempts }, index) => ({ index, until, attempts }));
  }

  get reports(): readonly Report[] {
    return this.#record.reports.first();
  }

  /** The last of them, without those before being made; undefined before the first. */
  get newestReport(): Report | undefined {
    return this.#record.reports.at(-1);
  }

  /** All fields as they are now. */
  get whole(): Trial {
    return toTrial(this.#record);
  }
}
