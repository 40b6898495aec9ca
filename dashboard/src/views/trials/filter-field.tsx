import { type FormEvent, type ReactElement, useEffect, useRef } from "react";

interface FilterFieldProps {
  readonly filter: string;
  readonly error: Error | null;
  readonly onFilter: (filter: string) => void;
}

/** Where an expression is written that trials must fulfil. */
export function FilterField({ filter, error, onFilter }: FilterFieldProps): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current !== null) field.current.value = filter;
  }, [filter]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFilter(field.current?.value.trim() ?? "");
  };
  return (
    <form className="filter" aria-label="Filter" onSubmit={submit}>
      <label htmlFor="filter">Only trials with</label>
      <input
        id="filter"
        ref={field}
        defaultValue={filter}
        placeholder="lr < 1e-3 and state == 'complete'"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : "filter-problem"}
      />
      <button type="submit">Filter</button>
      {error === null ? null : (
        <p id="filter-problem" className="problem" role="alert">
          {error.message}
        </p>
      )}
    </form>
  );
}
