import type { ReactElement } from "react";
import { formatDuration } from "../../../../src/analysis/words/format-duration.ts";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { asSummary } from "../../client/summary.ts";
import { useCall } from "../../client/use-call.ts";
import { Sparkline } from "../../widgets/sparkline.tsx";
import { useSeen } from "../../widgets/use-seen.ts";
import { countWords } from "../../words/count-words.ts";
import { useProgress } from "./stale.tsx";

type Row = OperationOutput<"studies">["studies"][number];
type Progress = OperationOutput<"progress">;

/** Cells of a study in the list: what state it is in, its best value, and its course; asked for when the row comes into sight. */
export function StudyStanding({ row }: { readonly row: Row }): ReactElement {
  const [box, isSeen] = useSeen<HTMLTableCellElement>();
  const { data } = useCall("summary", { study: row.name }, { enabled: isSeen });
  const progress = useProgress(row.name, isSeen);
  const course = useCall("course", { study: row.name }, { enabled: isSeen }).data;
  const summary = data === undefined ? null : asSummary(data);
  const run = progress?.run?.trials ?? null;
  return (
    <>
      <td className="state" ref={box}>
        {progress === null ? "" : stateWords(row, progress)}
        {run === null || run === 0 ? null : (
          <progress
            value={Math.min(row.trialsSpent, run)}
            max={run}
            aria-label={`${row.trialsSpent} of ${countWords(run, "trial")}`}
          />
        )}
      </td>
      <td className="number best-value">{summary === null ? "" : bestWords(row, summary)}</td>
      <td className="course">
        {course === undefined ? null : (
          <Sparkline
            points={course.points.map(({ trials, value }) => [trials, value] as const)}
            end={course.end.trials}
            label={`${course.metric.name}: ${countWords(course.points.length, "improvement")} in ${countWords(course.end.trials, "trial")}`}
          />
        )}
      </td>
    </>
  );
}

/** In which state a study is, in a word or two. */
export function stateWords(
  { paused, trials }: Pick<Row, "paused" | "trials">,
  { stale, running, secondsLeft }: Progress,
): string {
  if (stale) return "stale: its run is gone";
  if (paused) return "paused: no new trials";
  if (running > 0)
    return `${running} running${secondsLeft === null ? "" : `, about ${formatDuration(secondsLeft)} left`}`;
  return trials === 0 ? "not started" : "not running";
}

function bestWords({ metrics }: Row, { best, front }: ReturnType<typeof asSummary>): string {
  const [metric] = metrics;
  if (metrics.length > 1) return `${front.length} on the front`;
  return best === null || metric === undefined ? "" : formatNumber(best.values[metric.name] ?? "NaN", 4);
}
