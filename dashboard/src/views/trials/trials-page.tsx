import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useCall } from "../../client/use-call.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useTitle } from "../../widgets/use-title.ts";
import { ColumnChoice } from "./column-choice.tsx";
import { type Column, columnsOf, usualColumns } from "./columns.ts";
import { CsvButton } from "./csv-button.tsx";
import { FilterField } from "./filter-field.tsx";
import { TrialTable } from "./trial-table.tsx";

/** What the address says of the table. */
export interface TrialsSearch {
  readonly filter?: string;
  /** `-loss`: from large to small. */
  readonly sort?: string;
  /** Names with commas between. */
  readonly columns?: string;
}

/** The part of the address that is one of these. */
export function readTrialsSearch(given: Record<string, unknown>): TrialsSearch {
  const texts = ["filter", "sort", "columns"].flatMap((name) => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? [[name, value]] : [];
  });
  return Object.fromEntries(texts) as TrialsSearch;
}

/** All trials of a study: filtered, in an order, with the columns that are wanted. */
export function TrialsPage(): ReactElement | null {
  const { study: name } = useParams({ from: "/studies/$study" });
  useTitle(`Trials of ${name}`);
  const search = useSearch({ from: "/studies/$study/trials" });
  const navigate = useNavigate({ from: "/studies/$study/trials" });
  const [error, setError] = useState<Error | null>(null);
  const { data: study } = useCall("study", { study: name });
  if (study === undefined) return null;
  const all = columnsOf(study);
  const shown = chosen(all, search.columns) ?? usualColumns(all, study);
  const change = (part: Partial<Record<keyof TrialsSearch, string | undefined>>): void =>
    void navigate({ search: readTrialsSearch({ ...search, ...part }), replace: true });
  return (
    <>
      <div className="tools">
        <FilterField filter={search.filter ?? ""} error={error} onFilter={(filter) => change({ filter })} />
        <ColumnChoice all={all} shown={shown} onChoose={(names) => change({ columns: names.join(",") })} />
        <CsvButton study={name} search={search} columns={shown} />
      </div>
      <Problem error={search.filter === undefined ? error : null} />
      <TrialTable
        study={study}
        filter={search.filter ?? null}
        sort={search.sort ?? null}
        columns={shown}
        onSort={(sort) => change({ sort })}
        onError={setError}
      />
    </>
  );
}

function chosen(all: readonly Column[], names: string | undefined): readonly Column[] | null {
  if (names === undefined) return null;
  const wanted = names.split(",");
  const found = all.filter(({ name }) => wanted.includes(name));
  return found.length === 0 ? null : found;
}
