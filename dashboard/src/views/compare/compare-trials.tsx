import { useQueries } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type FormEvent, lazy, type ReactElement, Suspense } from "react";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { useCall } from "../../client/use-call.ts";
import { Empty, Problem } from "../../widgets/notice.tsx";
import { useTitle } from "../../widgets/use-title.ts";
import { STATE_WORDS } from "../../words/state-words.ts";
import { valueWords } from "../../words/value-words.ts";
import { TrialLink } from "../trial/param-table.tsx";
import { parameterNames } from "../trials/columns.ts";

const CurvePlot = lazy(async () => ({ default: (await import("../../charts/curve-plot.tsx")).CurvePlot }));

type Trial = OperationOutput<"trial">;

const MOST = 8;
const REPORTS = 10_000;

export interface CompareTrialsSearch {
  readonly trials: readonly number[];
}

/** The part of the address that is one of these. */
export function readCompareTrials({ trials }: Record<string, unknown>): CompareTrialsSearch {
  const numbers = (Array.isArray(trials) ? trials : [])
    .map(Number)
    .filter((number) => Number.isInteger(number) && number >= 0);
  return { trials: [...new Set(numbers)].slice(0, MOST) };
}

/** Some trials beside each other: values, parameters, curves. */
export function CompareTrials(): ReactElement | null {
  const { study: name } = useParams({ from: "/studies/$study" });
  useTitle(`Trials of ${name} compared`);
  const { trials: numbers } = useSearch({ from: "/studies/$study/compare" });
  const navigate = useNavigate({ from: "/studies/$study/compare" });
  const { data: study } = useCall("study", { study: name });
  const answers = useQueries({
    queries: numbers.map((trial) => {
      const input = { study: name, trial, reports: REPORTS };
      return {
        queryKey: ["trial", input],
        queryFn: async ({ signal }: { signal: AbortSignal }) => await call("trial", input, signal),
      };
    }),
  });
  if (study === undefined) return null;
  const found = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const compare = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("trials") ?? "");
    void navigate({ search: readCompareTrials({ trials: text.split(/[\s,]+/).filter((word) => word !== "") }) });
  };
  return (
    <>
      <form className="filter" aria-label="Trials to compare" onSubmit={compare}>
        <label htmlFor="trials">Trials</label>
        <input
          id="trials"
          name="trials"
          key={numbers.join()}
          defaultValue={numbers.join(", ")}
          placeholder="3, 7"
          inputMode="numeric"
        />
        <button type="submit">Compare</button>
      </form>
      <Problem error={answers.find(({ error }) => error !== null)?.error ?? null} />
      {found.length === 0 ? (
        <Empty>
          Give the numbers of some trials, {MOST} at most: their parameters, values and curves appear here beside each
          other.
        </Empty>
      ) : (
        <Beside study={study} trials={found} />
      )}
    </>
  );
}

interface BesideProps {
  readonly study: OperationOutput<"study">;
  readonly trials: readonly Trial[];
}

function Beside({ study, trials }: BesideProps): ReactElement {
  const metrics = [
    ...new Set([...study.metrics.map(({ name }) => name), ...trials.flatMap(({ values }) => Object.keys(values))]),
  ];
  const known = parameterNames(study);
  const asked = trials.flatMap(({ params }) => Object.keys(params));
  const parameters = [...new Set([...known, ...asked])];
  const metric = metrics[0]!;
  const curves = trials.map(({ number, reports }) => ({
    name: `trial ${number}`,
    points: reports.flatMap(({ step, values }) =>
      typeof values[metric] === "number" ? [[step, values[metric]] as const] : [],
    ),
  }));
  return (
    <>
      <section className="wide" tabIndex={0} aria-label="Trials beside each other">
        <table>
          <thead>
            <tr>
              <td />
              {trials.map(({ number }) => (
                <th key={number} scope="col">
                  <TrialLink study={study.name} trial={number} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line
              trials={trials}
              name="state"
              cells={trials.map(({ state, invalid }) => (invalid ? "marked invalid" : STATE_WORDS[state]))}
            />
            {metrics.map((name) => (
              <Line
                key={name}
                trials={trials}
                name={name}
                cells={trials.map(({ values }) => (Object.hasOwn(values, name) ? formatNumber(values[name]!) : ""))}
              />
            ))}
            {parameters.map((name) => (
              <Line
                key={name}
                trials={trials}
                name={name}
                cells={trials.map(({ params }) =>
                  Object.hasOwn(params, name) ? valueWords(params[name]) : "not active",
                )}
              />
            ))}
          </tbody>
        </table>
      </section>
      {curves.every(({ points }) => points.length === 0) ? null : (
        <Suspense fallback={<p>One moment…</p>}>
          <CurvePlot label={metric} curves={curves} />
        </Suspense>
      )}
    </>
  );
}

interface LineProps extends Pick<BesideProps, "trials"> {
  readonly name: string;
  readonly cells: readonly string[];
}

/** A line of cells; what differs between them stands out. */
function Line({ trials, name, cells }: LineProps): ReactElement {
  const same = new Set(cells).size === 1;
  return (
    <tr>
      <th scope="row">{name}</th>
      {trials.map(({ number }, place) => (
        <td key={number} className={same ? "same" : ""}>
          {cells[place]}
        </td>
      ))}
    </tr>
  );
}
