import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { asSummary } from "../../client/summary.ts";
import { useCall } from "../../client/use-call.ts";
import { valueWords } from "../../words/value-words.ts";
import { parameterNames } from "../trials/columns.ts";

type Params = Readonly<Record<string, unknown>>;

interface ParamTableProps {
  readonly study: OperationOutput<"study">;
  readonly trial: OperationOutput<"trial">;
}

/** A trial's configuration beside the best one and the defaults. */
export function ParamTable({ study, trial }: ParamTableProps): ReactElement {
  const { data } = useCall("summary", { study: study.name });
  const summary = data === undefined ? null : asSummary(data);
  const best = summary?.best ?? summary?.front[0] ?? null;
  const defaults = summary?.default ?? null;
  const known = parameterNames(study);
  const names = [
    ...known,
    ...Object.keys({ ...trial.params, ...trial.derived }).filter((name) => !known.includes(name)),
  ];
  return (
    <section aria-labelledby="parameters">
      <h3 id="parameters">Parameters</h3>
      <section className="wide" tabIndex={0} aria-label="Parameters beside the best and the defaults">
        <table>
          <thead>
            <tr>
              <th scope="col">parameter</th>
              <th scope="col">this trial</th>
              {best === null ? null : (
                <th scope="col">
                  best (<TrialLink study={study.name} trial={best.number} />)
                </th>
              )}
              {defaults === null ? null : (
                <th scope="col">
                  defaults (<TrialLink study={study.name} trial={defaults.number} />)
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <Value params={{ ...trial.params, ...trial.derived }} name={name} />
                {best === null ? null : <Value params={best.params} name={name} beside={trial.params} />}
                {defaults === null ? null : <Value params={defaults.params} name={name} beside={trial.params} />}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {best === null || best.number === trial.number ? null : (
        <p>
          <Link
            to="/studies/$study/compare"
            params={{ study: study.name }}
            search={{ trials: [trial.number, best.number] }}
          >
            Compare it with the best, curve by curve
          </Link>
        </p>
      )}
    </section>
  );
}

/** A link to a trial by its number. */
export function TrialLink({ study, trial }: { readonly study: string; readonly trial: number }): ReactElement {
  return (
    <Link to="/studies/$study/trials/$trial" params={{ study, trial: String(trial) }}>
      trial {trial}
    </Link>
  );
}

function Value(props: { readonly params: Params; readonly name: string; readonly beside?: Params }): ReactElement {
  const { params, name, beside } = props;
  if (!Object.hasOwn(params, name)) return <td className="inactive">{beside === undefined ? "not active" : ""}</td>;
  const same = beside !== undefined && JSON.stringify(beside[name]) === JSON.stringify(params[name]);
  return <td className={same ? "same" : ""}>{valueWords(params[name])}</td>;
}
