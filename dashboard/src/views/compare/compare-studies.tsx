import { useQueries } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense } from "react";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { studyWords } from "../../client/storages.ts";
import { useCall } from "../../client/use-call.ts";
import { Empty, Problem } from "../../widgets/notice.tsx";
import { useTitle } from "../../widgets/use-title.ts";

const CurvePlot = lazy(async () => ({ default: (await import("../../charts/curve-plot.tsx")).CurvePlot }));

type Course = OperationOutput<"course">;

/** What studies are laid along. */
const AXES = { trials: "trials", seconds: "wall-clock seconds", cost: "total trial seconds" } as const;
type Axis = keyof typeof AXES;

export interface CompareSearch {
  /** Names as JSON, for a name may hold anything. */
  readonly studies: readonly string[];
  readonly axis: Axis;
}

/** The part of the address that is one of these. */
export function readCompareSearch({ studies, axis }: Record<string, unknown>): CompareSearch {
  const names = Array.isArray(studies) ? studies.filter((name) => typeof name === "string") : [];
  return { studies: names, axis: typeof axis === "string" && axis in AXES ? (axis as Axis) : "trials" };
}

/** The best so far of several studies, over the same axis. */
export function CompareStudies(): ReactElement {
  useTitle("Compare studies");
  const { studies, axis } = useSearch({ from: "/compare" });
  const navigate = useNavigate({ from: "/compare" });
  const { data, error } = useCall("studies", { limit: 1_000 });
  const answers = useQueries({
    queries: studies.map((study) => ({
      queryKey: ["course", { study }],
      queryFn: async ({ signal }: { signal: AbortSignal }) => await call("course", { study }, signal),
    })),
  });
  const courses = answers.flatMap(({ data: course }, place) =>
    course === undefined ? [] : [{ study: studies[place]!, course }],
  );
  const problem = error ?? answers.find((answer) => answer.error !== null)?.error ?? null;
  const toggle = (name: string): void => {
    const next = studies.includes(name) ? studies.filter((one) => one !== name) : [...studies, name];
    void navigate({ search: { studies: next, axis }, replace: true });
  };
  return (
    <>
      <h1>Compare studies</h1>
      <fieldset className="picks">
        <legend>Studies</legend>
        {(data?.studies ?? []).map(({ name }) => (
          <label key={name}>
            <input type="checkbox" checked={studies.includes(name)} onChange={() => toggle(name)} />
            {studyWords(name)}
          </label>
        ))}
      </fieldset>
      <label>
        x axis{" "}
        <select
          value={axis}
          onChange={({ target }) => void navigate({ search: { studies, axis: target.value as Axis }, replace: true })}
        >
          {Object.entries(AXES).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <Problem error={problem} />
      <Courses courses={courses} axis={axis} />
    </>
  );
}

interface CoursesProps {
  readonly courses: readonly { readonly study: string; readonly course: Course }[];
  readonly axis: Axis;
}

function Courses({ courses, axis }: CoursesProps): ReactElement {
  if (courses.length === 0) return <Empty>The best value so far of each study appears here once you pick some.</Empty>;
  const metrics = new Set(courses.map(({ course }) => course.metric.name));
  return (
    <>
      {metrics.size === 1 ? null : (
        <p className="problem" role="status">
          These studies have different objectives ({[...metrics].join(", ")}): their values are not comparable.
        </p>
      )}
      <Suspense fallback={<p>One moment…</p>}>
        <CurvePlot
          label={[...metrics].join(", ")}
          across={AXES[axis]}
          steps
          curves={courses.map(({ study, course }) => ({ name: studyWords(study), points: pointsOf(course, axis) }))}
        />
      </Suspense>
      <section className="wide" tabIndex={0} aria-label="Studies side by side">
        <table>
          <thead>
            <tr>
              <th scope="col">study</th>
              <th scope="col" className="number">
                best
              </th>
              <th scope="col" className="number">
                found by trial
              </th>
              <th scope="col" className="number">
                trials
              </th>
              <th scope="col" className="number">
                seconds
              </th>
              <th scope="col" className="number">
                total trial seconds
              </th>
            </tr>
          </thead>
          <tbody>
            {courses.map(({ study, course: { points, end, metric } }) => (
              <tr key={study}>
                <th scope="row">
                  <Link to="/studies/$study" params={{ study }}>
                    {studyWords(study)}
                  </Link>
                </th>
                <td className="number">
                  {points.length === 0 ? "" : `${metric.name} ${formatNumber(points.at(-1)!.value)}`}
                </td>
                <td className="number">{points.at(-1)?.trial ?? ""}</td>
                <td className="number">{end.trials}</td>
                <td className="number">{end.seconds === null ? "" : formatNumber(end.seconds, 4)}</td>
                <td className="number">{formatNumber(end.cost, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function pointsOf({ points, end }: Course, axis: Axis): readonly (readonly [number, number])[] {
  const found = points.flatMap((point) => {
    const at = point[axis];
    return at === null ? [] : [[at, point.value] as const];
  });
  const last = found.at(-1);
  const till = end[axis];
  return last === undefined || till === null || till <= last[0] ? found : [...found, [till, last[1]] as const];
}
