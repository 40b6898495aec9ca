import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { Empty } from "../../widgets/notice.tsx";
import { countWords } from "../../words/count-words.ts";
import type { Column, TrialRow } from "./columns.ts";
import { type TrialRows, useFoundRows, useNumberedRows } from "./use-trial-rows.ts";

interface TrialTableProps {
  readonly study: OperationOutput<"study">;
  readonly filter: string | null;
  readonly sort: string | null;
  readonly columns: readonly Column[];
  readonly onSort: (sort: string) => void;
  readonly onError: (error: Error | null) => void;
}

const ROW = 32;
const BEYOND = 12;

/** The table of trials: only the rows that are seen are there. */
export function TrialTable({ study, filter, sort, columns, onSort, onError }: TrialTableProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ from: 0, to: 50 });
  const isNumbered = filter === null && (sort === null || sort === "trial" || sort === "-trial");
  const looked = { study: study.name, trials: study.trials, filter, sort, ...seen };
  const numbered = useNumberedRows(looked, isNumbered);
  const found = useFoundRows(looked, !isNumbered);
  const rows = isNumbered ? numbered : found;
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: BEYOND,
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { more, next, count, error } = rows;
  useEffect(() => setSeen({ from, to }), [from, to]);
  useEffect(() => {
    if (more && to >= count - BEYOND) next();
  }, [more, next, to, count]);
  useEffect(() => onError(error), [error, onError]);
  if (count === 0 && error === null) return <NoTrials study={study} filtered={!isNumbered} />;
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      <p className="count" role="status">
        {countWords(count, "trial")}
        {more ? " and more" : ""}
      </p>
      <section className="trials" ref={box} tabIndex={0} aria-label="Trials">
        <table aria-rowcount={more ? -1 : count + 1}>
          <TableHead columns={columns} sort={sort} onSort={onSort} />
          <tbody>
            {above > 0 ? <Gap height={above} columns={columns.length} /> : null}
            {items.map(({ index }) => (
              <Row key={index} place={index} rows={rows} columns={columns} study={study.name} />
            ))}
            {below > 0 ? <Gap height={below} columns={columns.length} /> : null}
          </tbody>
        </table>
      </section>
    </>
  );
}

function NoTrials({
  study,
  filtered,
}: {
  readonly study: { readonly trials: number };
  readonly filtered: boolean;
}): ReactElement {
  if (filtered && study.trials > 0) return <Empty>No trial is so.</Empty>;
  return <Empty>Trials appear here as soon as a run begins the first one.</Empty>;
}

function Gap({ height, columns }: { readonly height: number; readonly columns: number }): ReactElement {
  return (
    <tr>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

type HeadProps = Pick<TrialTableProps, "columns" | "sort" | "onSort">;

function TableHead({ columns, sort, onSort }: HeadProps): ReactElement {
  const order = sort ?? "-trial";
  return (
    <thead>
      <tr>
        {columns.map(({ name, isNumber }) => {
          const direction = order === name ? "ascending" : order === `-${name}` ? "descending" : undefined;
          return (
            <th key={name} scope="col" aria-sort={direction ?? "none"} className={isNumber ? "number" : ""}>
              <button type="button" onClick={() => onSort(order === name ? `-${name}` : name)}>
                {name}
                <span aria-hidden="true">{direction === undefined ? "" : direction === "ascending" ? " ↑" : " ↓"}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly place: number;
  readonly rows: TrialRows;
  readonly columns: readonly Column[];
  readonly study: string;
}

function Row({ place, rows, columns, study }: RowProps): ReactElement {
  const row = rows.row(place);
  return (
    <tr aria-rowindex={place + 2} data-state={row?.invalid ? "invalid" : row?.state} style={{ height: ROW }}>
      {columns.map((column) => (
        <td key={column.name} className={column.isNumber ? "number" : ""}>
          {row === undefined ? "…" : <Cell column={column} row={row} study={study} />}
        </td>
      ))}
    </tr>
  );
}

function Cell({
  column,
  row,
  study,
}: {
  readonly column: Column;
  readonly row: TrialRow;
  readonly study: string;
}): ReactElement {
  if (column.name !== "trial") return <>{column.text(row)}</>;
  return (
    <Link to="/studies/$study/trials/$trial" params={{ study, trial: String(row.number) }}>
      {row.number}
    </Link>
  );
}
