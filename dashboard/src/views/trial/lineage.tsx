import type { ReactElement } from "react";
import { formatDuration } from "../../../../src/analysis/words/format-duration.ts";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import { shortNumbers } from "../../../../src/analysis/words/short-numbers.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { useCall } from "../../client/use-call.ts";
import { TrialLink } from "./param-table.tsx";

interface LineageProps {
  readonly study: OperationOutput<"study">;
  readonly trial: OperationOutput<"trial">;
}

const ORIGINS: Readonly<Record<string, string>> = {
  sampler: "Its sampler suggested it.",
  enqueued: "It was enqueued by a person.",
  imported: "It was imported.",
  user: "It was given by hand.",
  scheduler: "The scheduler made it of another one.",
};

/** Runs of one configuration named at most. */
const MOST = 50;

/** Where a trial comes from: runs of the same configuration, and its attempts. */
export function Lineage({ study, trial }: LineageProps): ReactElement {
  const filter = `configuration == ${trial.configuration}`;
  const { data } = useCall("trials", { study: study.name, filter, limit: MOST });
  const others = (data?.trials ?? []).filter(({ number }) => number !== trial.number);
  const metric = study.metrics[0]?.name ?? "";
  return (
    <section aria-labelledby="lineage">
      <h3 id="lineage">Lineage</h3>
      <p>
        {trial.configuration === trial.number ? ORIGINS[trial.origin] : "It runs a configuration again."}
        {others.length === 0 ? " No other trial ran its configuration." : " The same configuration ran as "}
        {others.map(({ number, values }, place) => (
          <span key={number}>
            {place === 0 ? "" : ", "}
            <TrialLink study={study.name} trial={number} />
            {Object.hasOwn(values, metric) ? ` (${formatNumber(values[metric]!)})` : ""}
          </span>
        ))}
        {others.length === 0 ? "" : "."}
      </p>
      {trial.attemptList.length === 0 ? null : (
        <ol className="attempts" data-varies>
          {trial.attemptList.map((attempt) => (
            <li key={attempt.index}>{attemptWords(attempt)}</li>
          ))}
        </ol>
      )}
    </section>
  );
}

type Attempt = OperationOutput<"trial">["attemptList"][number];

function attemptWords({ segment, until, outcome, message, startedAt, seconds, checkpoint, exitCode }: Attempt): string {
  const to = until === null ? "" : ` up to step ${formatNumber(until)}`;
  const begun = segment === 0 ? `began${to}` : `went on${to}`;
  const end =
    outcome === null
      ? "runs"
      : `${outcome}${exitCode === null || exitCode === 0 ? "" : ` (exit code ${exitCode})`}${message === null ? "" : `: ${shortNumbers(message)}`}`;
  const took = seconds === null ? "" : ` after ${formatDuration(seconds)}`;
  return `${begun} at ${new Date(startedAt).toLocaleString()}; ${end}${took}${checkpoint ? "; left a checkpoint" : ""}`;
}
