import { lazy, type ReactElement, Suspense } from "react";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { Empty } from "../../widgets/notice.tsx";
import { useReports } from "./use-reports.ts";

const CurvePlot = lazy(async () => ({ default: (await import("../../charts/curve-plot.tsx")).CurvePlot }));

interface TrialCurveProps {
  readonly study: OperationOutput<"study">;
  readonly trial: OperationOutput<"trial">;
}

/** What a trial told by step, live. */
export function TrialCurve({ study, trial }: TrialCurveProps): ReactElement {
  const metric = study.metrics[0]?.name ?? "";
  const points = useReports(study.name, trial, metric);
  return (
    <section aria-labelledby="curve">
      <h3 id="curve">Learning curve</h3>
      {points.length === 0 ? (
        <Empty>Values of {metric} by step appear here, as soon as the program tells one before its last.</Empty>
      ) : (
        <Suspense fallback={<p>One moment…</p>}>
          <CurvePlot label={metric} curves={[{ name: `trial ${trial.number}`, points }]} />
        </Suspense>
      )}
    </section>
  );
}
