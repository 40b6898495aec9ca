import type { ReactElement } from "react";
import type { Column } from "./columns.ts";

interface ColumnChoiceProps {
  readonly all: readonly Column[];
  readonly shown: readonly Column[];
  readonly onChoose: (names: readonly string[]) => void;
}

/** Which columns are shown. */
export function ColumnChoice({ all, shown, onChoose }: ColumnChoiceProps): ReactElement {
  const names = new Set(shown.map(({ name }) => name));
  const toggle = (name: string): void => {
    const next = all.filter((column) => (column.name === name ? !names.has(name) : names.has(column.name)));
    if (next.length > 0) onChoose(next.map((column) => column.name));
  };
  return (
    <details className="choice">
      <summary>Columns</summary>
      <fieldset>
        <legend className="hidden">Columns of the table</legend>
        {all.map(({ name }) => (
          <label key={name}>
            <input type="checkbox" checked={names.has(name)} onChange={() => toggle(name)} />
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
