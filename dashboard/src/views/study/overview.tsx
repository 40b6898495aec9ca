import { Link, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { outlookWords } from "../../../../src/analysis/words/outlook-words.ts";
import type { HistoryFigure } from "../../../../src/plot/history.ts";
import { asSummary, type Summary } from "../../client/summary.ts";
import { useCall } from "../../client/use-call.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useTitle } from "../../widgets/use-title.ts";
import { headline } from "../../words/headline.ts";
import { Failures } from "./failures.tsx";
import { FigurePanel, POINTS } from "./figure-panel.tsx";
import { Health } from "./health.tsx";
import { progressWords, Stale, useProgress } from "./stale.tsx";

/** The figures that are looked at first; all of them have a page of their own. */
const FIRST: readonly string[] = ["history", "importance", "curves", "parallel"];
/** With several objectives there is no best one: the front stands before all others. */
const FIRST_OF_SEVERAL: readonly string[] = ["front", "hypervolume", ...FIRST];

/** What a study has come to, for who has five seconds. */
export function StudyOverview(): ReactElement {
  const { study: name } = useParams({ from: "/studies/$study" });
  useTitle(name);
  const study = useCall("study", { study: name });
  const summary = useCall("summary", { study: name });
  const progress = useProgress(name);
  const figures = useCall("figures", { study: name });
  if (study.data === undefined || summary.data === undefined) return <Problem error={summary.error} />;
  const told = asSummary(summary.data);
  return (
    <>
      <Problem error={summary.error} />
      {progress === null ? null : <Stale study={name} progress={progress} />}
      <Standing
        name={name}
        summary={told}
        metrics={study.data.metrics}
        goesOn={progress === null ? "" : progressWords(progress, study.data.trialsSpent)}
      />
      <Health study={name} />
      <Failures study={name} failures={told.failures} />
      <div className="figures">
        {(study.data.metrics.length > 1 ? FIRST_OF_SEVERAL : FIRST)
          .flatMap((first) => figures.data?.figures.find((kind) => kind.name === first) ?? [])
          .map((kind) => (
            <FigurePanel key={kind.name} study={name} kind={kind} />
          ))}
      </div>
    </>
  );
}

/** What more trials are expected to bring, as the history figure tells it; null where no model can tell. */
function useOutlook(study: string, metrics: Parameters<typeof headline>[1]): string | null {
  const asked = { study, figure: "history", points: POINTS } as const;
  const { data } = useCall("figure", asked, { enabled: metrics.length === 1 });
  const found = (data?.data as Partial<HistoryFigure> | undefined)?.outlook ?? null;
  return found === null ? null : outlookWords(found);
}

interface StandingProps {
  readonly name: string;
  readonly summary: Summary;
  readonly metrics: Parameters<typeof headline>[1];
  readonly goesOn: string;
}

function Standing({ name, summary, metrics, goesOn }: StandingProps): ReactElement {
  const { best, improvement, trials, spent } = headline(summary, metrics);
  const ahead = useOutlook(name, metrics);
  return (
    <section className="headline" aria-label="How it stands">
      <p className="best">
        {summary.best === null ? (
          best
        ) : (
          <Link to="/studies/$study/trials/$trial" params={{ study: name, trial: String(summary.best.number) }}>
            {best}
          </Link>
        )}
      </p>
      {improvement === null ? null : <p>{improvement}</p>}
      <dl className="facts">
        <div>
          <dt>Trials</dt>
          <dd>{trials}</dd>
        </div>
        <div>
          <dt>Progress</dt>
          <dd>{goesOn}</dd>
        </div>
        <div>
          <dt>Spent</dt>
          <dd data-varies>{spent ?? "nothing yet"}</dd>
        </div>
        {ahead === null ? null : (
          <div>
            <dt>Worth going on</dt>
            <dd>{ahead}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
