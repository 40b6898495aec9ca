import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { OperationOutput } from "../../../src/server/operations/index.ts";
import { partsOfRef, severalStorages } from "../client/storages.ts";
import { useCall } from "../client/use-call.ts";
import { Empty, Problem } from "../widgets/notice.tsx";
import { useTitle } from "../widgets/use-title.ts";
import { goalWords } from "../words/goal-words.ts";
import { StudyStanding } from "./study/study-standing.tsx";

type Row = OperationOutput<"studies">["studies"][number];

/** The studies of the storage. */
export function StudiesPage(): ReactElement {
  useTitle("Studies");
  const { search = "" } = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const { data, error } = useCall("studies", { limit: 1_000, ...(search !== "" && { search }) });
  return (
    <>
      <div className="heading">
        <h1>Studies</h1>
        <label className="search">
          <span className="hidden">Search by name</span>
          <input
            type="search"
            placeholder="Search by name"
            value={search}
            onChange={({ target }) =>
              void navigate({ search: target.value === "" ? {} : { search: target.value }, replace: true })
            }
          />
        </label>
      </div>
      <Problem error={error} />
      {data === undefined ? null : data.studies.length === 0 ? (
        <Nothing searched={search} />
      ) : (
        <section className="wide" tabIndex={0} aria-label="Studies">
          <StudyTable rows={[...data.studies].reverse()} />
        </section>
      )}
    </>
  );
}

function Nothing({ searched }: { readonly searched: string }): ReactElement {
  if (searched !== "") return <Empty>No study has “{searched}” in its name.</Empty>;
  return (
    <Empty>
      There is no study in this storage yet. A study appears here as soon as <code>attune run</code> begins it.
    </Empty>
  );
}

/** Which storage a study is of, where there are several. */
function StorageCell({ study }: { readonly study: string }): ReactElement | null {
  const own = severalStorages().find(({ name }) => name === partsOfRef(study).storage);
  return own === undefined ? null : (
    <td className="storage" title={own.location}>
      {own.name}
    </td>
  );
}

function StudyTable({ rows }: { readonly rows: readonly Row[] }): ReactElement {
  return (
    <table className="studies">
      <thead>
        <tr>
          <th scope="col">Study</th>
          {severalStorages().length === 0 ? null : <th scope="col">Storage</th>}
          <th scope="col">Goal</th>
          <th scope="col">State</th>
          <th scope="col" className="number">
            Best
          </th>
          <th scope="col">Best so far</th>
          <th scope="col" className="number">
            Trials
          </th>
          <th scope="col">Sampler</th>
          <th scope="col">Started</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <Link to="/studies/$study" params={{ study: row.name }}>
                {partsOfRef(row.name).study}
              </Link>
            </th>
            <StorageCell study={row.name} />
            <td className="goal">{row.damage ?? goalWords(row.metrics)}</td>
            {row.damage === null ? <StudyStanding row={row} /> : <td colSpan={3}>cannot be read</td>}
            <td className="number trial-count">{row.trials}</td>
            <td className="sampler">{row.sampler ?? ""}</td>
            <td className="started">
              <time dateTime={row.createdAt}>{new Date(row.createdAt).toLocaleString()}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
