import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNumber } from "../../../../src/analysis/words/format-number.ts";
import { nameWithAim } from "../../../../src/objective/unit.ts";
import type { CubePoint } from "../../../../src/plot/front-cube.ts";
import type { FrontFigure } from "../../../../src/plot/index.ts";
import { standingWords } from "./point-words.ts";

/** Rows at most; the trials' table has all of them. */
const MOST = 200;

interface FrontTableProps {
  readonly study: string;
  readonly front: readonly CubePoint[];
  readonly metrics: FrontFigure["metrics"];
}

/** The front in numbers, for who does not see the cube. */
export function FrontTable({ study, front, metrics }: FrontTableProps): ReactElement {
  const rest = front.length - MOST;
  return (
    <details className="cube-table">
      <summary>The front as a table</summary>
      <section className="wide" tabIndex={0} aria-label="The front as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">trial</th>
              {metrics.map((metric) => (
                <th key={metric.name} scope="col" className="number">
                  {nameWithAim(metric)}
                </th>
              ))}
              <th scope="col">which</th>
            </tr>
          </thead>
          <tbody>
            {front.slice(0, MOST).map((point) => (
              <tr key={point.trial}>
                <td>
                  <Link to="/studies/$study/trials/$trial" params={{ study, trial: String(point.trial) }}>
                    {point.trial}
                  </Link>
                </td>
                {point.values.map((value, k) => (
                  <td key={metrics[k]!.name} className="number">
                    {formatNumber(value, 4)}
                  </td>
                ))}
                <td>{standingWords(point)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rest > 0 ? <p className="count">and {rest} more on the front</p> : null}
    </details>
  );
}
