import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Summary } from "../../client/summary.ts";
import { countWords } from "../../words/count-words.ts";

/** Causes named at most. */
const MOST = 8;

/** What failed, the most frequent cause first. */
export function Failures({
  study,
  failures,
}: {
  readonly study: string;
  readonly failures: Summary["failures"];
}): ReactElement | null {
  if (failures.length === 0) return null;
  return (
    <section aria-labelledby="failed">
      <h2 id="failed">What failed</h2>
      <ul className="causes">
        {failures.slice(0, MOST).map(({ outcome, cause, count, last }) => (
          <li key={`${outcome} ${last}`}>
            <Link to="/studies/$study/trials/$trial" params={{ study, trial: String(last) }}>
              {count === 1 ? `trial ${last}` : `${countWords(count, "trial")}, the newest is ${last}`}
            </Link>
            : {cause ?? outcome}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/studies/$study/trials" params={{ study }} search={{ filter: "state == 'failed'" }}>
          All trials that failed
        </Link>
      </p>
    </section>
  );
}
