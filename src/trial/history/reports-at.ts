import type { ReportList } from "../table/report-list.ts";
import type { Report } from "../trial.ts";
import type { TrialReports } from "../trial-reports.ts";

/** The first so many of a trial's reports: those that the log had at some revision, whatever has come since. */
export class ReportsAt implements TrialReports {
  readonly length: number;
  readonly #list: ReportList;

  constructor(list: ReportList, length: number) {
    this.#list = list;
    this.length = length;
  }

  step(seq: number): number {
    return this.#list.step(seq);
  }

  value(seq: number, metric: string): number | undefined {
    return this.#list.value(seq, metric);
  }

  at(seq: number): Report | undefined {
    return seq >= 0 && seq < this.length ? this.#list.at(seq) : undefined;
  }
}
