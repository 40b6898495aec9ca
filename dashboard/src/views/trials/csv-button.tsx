import type { ReactElement } from "react";
import { call } from "../../client/call.ts";
import { partsOfRef } from "../../client/storages.ts";
import { Problem } from "../../widgets/notice.tsx";
import { saveFile } from "../../widgets/save-file.ts";
import { useAction } from "../../widgets/use-action.ts";
import type { Column } from "./columns.ts";
import { csvLine } from "./csv-line.ts";
import { queryOf } from "./trial-query.ts";
import type { TrialsSearch } from "./trials-page.tsx";

/** Trials asked for at a time. */
const PAGE = 1_000;

interface CsvButtonProps {
  readonly study: string;
  readonly search: TrialsSearch;
  readonly columns: readonly Column[];
}

/** Saves the table as it is filtered, in its order and with its columns. */
export function CsvButton({ study, search, columns }: CsvButtonProps): ReactElement {
  const { act, busy, error } = useAction();
  const save = async (): Promise<void> => {
    const lines = [csvLine(columns.map(({ name }) => name))];
    for (let after: number | null | undefined; after !== null; ) {
      const query = queryOf(study, search.filter ?? null, search.sort ?? null);
      const { trials, next } = await call("trials", { ...query, limit: PAGE, ...(after !== undefined && { after }) });
      for (const row of trials) lines.push(csvLine(columns.map(({ value }) => value(row))));
      after = next;
    }
    saveFile(`${partsOfRef(study).study}.csv`, "text/csv", lines.join(""));
  };
  return (
    <>
      <button type="button" disabled={busy} onClick={() => act(save)}>
        {busy ? "Saving…" : "Save as CSV"}
      </button>
      <Problem error={error} />
    </>
  );
}
