import { Link, Outlet, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useCall } from "../../client/use-call.ts";
import { Problem } from "../../widgets/notice.tsx";
import { goalWords } from "../../words/goal-words.ts";
import { StudyActions } from "./study-actions.tsx";

/** What stands around every view of a study. */
export function StudyFrame(): ReactElement {
  const { study: name } = useParams({ from: "/studies/$study" });
  const { data: study, error } = useCall("study", { study: name });
  if (study === undefined) return <Problem error={error} />;
  const params = { study: name };
  return (
    <>
      <div className="heading">
        <div>
          <h1>{name}</h1>
          <p className="under">
            {goalWords(study.metrics)} · sampler {study.sampler.name}
            {study.scheduler.name === "none" ? "" : ` · scheduler ${study.scheduler.name}`} · seed {study.seed}
          </p>
        </div>
        <StudyActions study={study} />
      </div>
      <Problem error={error} />
      <nav className="tabs" aria-label={`Study ${name}`}>
        <Link to="/studies/$study" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          Overview
        </Link>
        <Link to="/studies/$study/trials" params={params}>
          Trials
        </Link>
      </nav>
      <Outlet />
    </>
  );
}
