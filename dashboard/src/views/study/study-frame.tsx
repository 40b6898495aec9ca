import { Link, Outlet, useNavigate, useParams } from "@tanstack/react-router";
import type { FormEvent, ReactElement } from "react";
import { partsOfRef, studyWords } from "../../client/storages.ts";
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
          <h1>{partsOfRef(name).study}</h1>
          <p className="under">
            {partsOfRef(name).storage === null ? "" : `storage ${partsOfRef(name).storage} · `}
            {goalWords(study.metrics)} · sampler {study.sampler.name}
            {study.scheduler.name === "none" ? "" : ` · scheduler ${study.scheduler.name}`} · seed {study.seed}
          </p>
        </div>
        <StudyActions study={study} />
      </div>
      <Problem error={error} />
      <nav className="tabs" aria-label={`Study ${studyWords(name)}`}>
        <Link to="/studies/$study" params={params} activeOptions={{ exact: true, includeSearch: false }}>
          Overview
        </Link>
        <Link to="/studies/$study/figures" params={params}>
          Figures
        </Link>
        <Link to="/studies/$study/trials" params={params}>
          Trials
        </Link>
        <Link
          to="/studies/$study/compare"
          params={params}
          search={{ trials: [] }}
          activeOptions={{ includeSearch: false }}
        >
          Compare
        </Link>
        <Link to="/studies/$study/space" params={params}>
          Space
        </Link>
        <GoToTrial study={name} trials={study.trials} />
      </nav>
      <Outlet />
    </>
  );
}

/** Any trial by its number. */
function GoToTrial({ study, trials }: { readonly study: string; readonly trials: number }): ReactElement | null {
  const navigate = useNavigate();
  if (trials === 0) return null;
  const go = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const trial = String(new FormData(event.currentTarget).get("trial") ?? "");
    if (trial !== "") void navigate({ to: "/studies/$study/trials/$trial", params: { study, trial } });
  };
  return (
    <form className="go" onSubmit={go}>
      <label>
        Why trial{" "}
        <input name="trial" type="number" min={0} max={trials - 1} required placeholder={String(trials - 1)} />
      </label>
      <button type="submit">Go</button>
    </form>
  );
}
