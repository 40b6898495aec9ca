import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { call } from "../../client/call.ts";
import { took } from "../../client/live-queries.ts";
import type { TrialRow } from "./columns.ts";
import { queryOf } from "./trial-query.ts";

/** Trials asked for at a time. */
const PAGE = 100;

/** Rows of the table, of which only those that are looked at are asked for. */
export interface TrialRows {
  /** Rows known to be there; with `more` there are others behind. */
  readonly count: number;
  readonly more: boolean;
  /** Undefined while it is not there yet. */
  readonly row: (place: number) => TrialRow | undefined;
  readonly error: Error | null;
  /** Asks for the rows behind. */
  readonly next: () => void;
}

interface Looked {
  readonly study: string;
  /** How many trials the study has. */
  readonly trials: number;
  readonly filter: string | null;
  readonly sort: string | null;
  /** Places from and to which are looked at. */
  readonly from: number;
  readonly to: number;
}

/** All trials by number, each at a place that is known beforehand: any stretch is asked for alone. */
export function useNumberedRows({ study, trials, sort, from, to }: Looked, enabled: boolean): TrialRows {
  const newestFirst = sort !== "trial";
  const numberAt = (place: number): number => (newestFirst ? trials - 1 - place : place);
  const ends = [numberAt(from), numberAt(Math.max(from, to))].map((number) => Math.floor(Math.max(0, number) / PAGE));
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  const blocks = enabled && trials > 0 ? Array.from({ length: last - first + 1 }, (_none, k) => first + k) : [];
  const answers = useQueries({
    queries: blocks.map((block) => {
      const input = { study, limit: PAGE, ...(block > 0 && { after: block * PAGE - 1 }) };
      return {
        queryKey: ["trials", input],
        queryFn: async ({ signal }: { signal: AbortSignal }) =>
          await took(["trials", input], async () => await call("trials", input, signal)),
      };
    }),
  });
  const known = new Map<number, TrialRow>();
  for (const { data } of answers) for (const row of data?.trials ?? []) known.set(row.number, row);
  return {
    count: enabled ? trials : 0,
    more: false,
    row: (place) => known.get(numberAt(place)),
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    next: () => undefined,
  };
}

/** Trials that fulfil an expression or come in an order: page behind page. */
export function useFoundRows({ study, filter, sort }: Looked, enabled: boolean): TrialRows {
  const query = useMemo(() => ({ ...queryOf(study, filter, sort), limit: PAGE }), [study, filter, sort]);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["trials", query],
    queryFn: async ({ pageParam, signal }) =>
      await took(
        ["trials", query],
        async () => await call("trials", { ...query, ...(pageParam !== null && { after: pageParam }) }, signal),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    enabled,
  });
  const rows = data?.pages.flatMap(({ trials }) => trials) ?? [];
  const next = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { count: rows.length, more: hasNextPage, row: (place) => rows[place], error, next };
}
