import type { HistoryView } from "../../trial/history-view.ts";
import type { Trial } from "../../trial/trial.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import type { EndDecision } from "../scheduler.ts";
import type { Rungs } from "./rungs.ts";

/** A program that ended at the step it was to run up to has more to come; one that ended before it had no more. */
export function cameToUntil(rungs: Rungs | null, view: HistoryView, { number, segments, values }: Trial): EndDecision {
  const until = segments.at(-1)?.until ?? null;
  if (rungs === null || until === null) return { action: "finish" };
  const { fidelity } = rungs.options;
  if (fidelity !== undefined && until < fidelity.high) {
    const names = rungs.judge.metrics.map(({ name }) => name).filter((name) => values[name] !== undefined);
    const told = names.length === 0 ? "" : `: ${names.map((name) => `${name} ${values[name]}`).join(", ")}`;
    return { action: "pause", reason: `ran with ${fidelity.name} ${until}${told}` };
  }
  rungs.results.follow(view);
  const [came, before] = largestSteps(view.reports(number));
  const reached = came ?? until;
  // Whoever reports at two steps behind it does not know of it, and has ended by itself. One may be a last line, counted as a step.
  const unaware = before !== null && before > until;
  const { largest } = rungs.results;
  const whole = rungs.options.largest === null ? reached >= largest : reached > largest;
  if (reached < until || unaware || until >= largest || whole) return { action: "finish" };
  return { action: "pause", reason: `came to step ${until}, up to which it was run` };
}

/** The two largest steps that were reported, null where there are none. */
function largestSteps(reports: TrialReports | undefined): readonly [number | null, number | null] {
  let [first, second]: [number | null, number | null] = [null, null];
  for (let seq = 0; seq < (reports?.length ?? 0); seq++) {
    const step = reports!.step(seq);
    if (first === null || step > first) [first, second] = [step, first];
    else if (step < first && (second === null || step > second)) second = step;
  }
  return [first, second];
}
