import type { Report, Trial } from "./trial.ts";
import { TrialView } from "./trial-view.ts";

/** A trial's last report; undefined before its first. Of a view it is made alone, be there a million before it. */
export function newestReport(trial: Trial): Report | undefined {
  return trial instanceof TrialView ? trial.newestReport : trial.reports.at(-1);
}
