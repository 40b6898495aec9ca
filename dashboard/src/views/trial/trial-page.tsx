import { Link, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatDuration } from "../../../../src/analysis/words/format-duration.ts";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import { shortNumbers } from "../../../../src/analysis/words/short-numbers.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { useCall } from "../../client/use-call.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useTitle } from "../../widgets/use-title.ts";
import { STATE_WORDS } from "../../words/state-words.ts";
import { Lineage } from "./lineage.tsx";
import { LogTail } from "./log-tail.tsx";
import { ParamTable } from "./param-table.tsx";
import { TrialActions } from "./trial-actions.tsx";
import { TrialCurve } from "./trial-curve.tsx";
import { Why } from "./why.tsx";

type Trial = OperationOutput<"trial">;

/** All that is known of a trial. */
export function TrialPage(): ReactElement {
  const { study: name, trial: text } = useParams({ from: "/studies/$study/trials/$trial" });
  useTitle(`Trial ${text} of ${name}`);
  const number = Number(text);
  const study = useCall("study", { study: name });
  const { data: trial, error } = useCall("trial", { study: name, trial: number, reports: 0 });
  if (trial === undefined || study.data === undefined || trial.number !== number) return <Problem error={error} />;
  return (
    <article key={`${name} ${number}`}>
      <div className="heading">
        <h2>
          Trial {number}{" "}
          <span className="badge" data-state={trial.invalid ? "invalid" : trial.state}>
            {stateOf(trial)}
          </span>
        </h2>
        <Neighbours study={name} trial={number} count={study.data.trials} />
      </div>
      <Problem error={error} />
      <p className="outcome" data-varies>
        {outcomeWords(
          trial,
          study.data.metrics.map(({ name: metric }) => metric),
        )}
      </p>
      <TrialActions study={study.data} trial={trial} />
      <Why study={study.data} trial={trial} />
      <ParamTable study={study.data} trial={trial} />
      <TrialCurve study={study.data} trial={trial} />
      <Lineage study={study.data} trial={trial} />
      <LogTail study={name} trial={trial} />
    </article>
  );
}

function Neighbours(props: { readonly study: string; readonly trial: number; readonly count: number }): ReactElement {
  const { study, trial, count } = props;
  const link = (number: number, words: string): ReactElement | null =>
    number < 0 || number >= count ? null : (
      <Link to="/studies/$study/trials/$trial" params={{ study, trial: String(number) }}>
        {words}
      </Link>
    );
  return (
    <nav className="neighbours" aria-label="Other trials">
      {link(trial - 1, `← trial ${trial - 1}`)} {link(trial + 1, `trial ${trial + 1} →`)}
    </nav>
  );
}

function stateOf({ invalid, state }: Trial): string {
  return invalid ? "marked invalid" : STATE_WORDS[state];
}

function outcomeWords(trial: Trial, metrics: readonly string[]): string {
  const names = [...metrics, ...Object.keys(trial.values).filter((name) => !metrics.includes(name))];
  const values = names
    .filter((name) => Object.hasOwn(trial.values, name))
    .map((name) => `${name} ${formatNumber(trial.values[name]!)}`)
    .join(", ");
  const took = trial.duration === null ? "" : `${formatDuration(trial.duration)} in all`;
  return [values, took, shortNumbers(trial.message ?? "")].filter((part) => part !== "").join(" · ");
}
