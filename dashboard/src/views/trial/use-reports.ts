import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { OperationOutput } from "../../../../src/server/operations/index.ts";
import { call } from "../../client/call.ts";
import { took } from "../../client/live-queries.ts";

/** A value at a step. */
export type CurvePoint = readonly [step: number, value: number];

const PAGE = 10_000;

/** What a trial told of a metric, by step, of several at one step the last; only what is new is asked for. */
export function useReports(
  study: string,
  trial: Pick<OperationOutput<"trial">, "number" | "reportCount">,
  metric: string,
): readonly CurvePoint[] {
  const input = { study, trial: trial.number, reports: PAGE };
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    // Not by its study: reports are only added, and asked for as their number grows.
    queryKey: ["reports", { of: input }],
    queryFn: async ({ pageParam, signal }) =>
      await took(["reports", input], async () => {
        const told = await call("trial", { ...input, ...(pageParam > 0 && { afterReport: pageParam - 1 }) }, signal);
        return { reports: told.reports, after: pageParam + told.reports.length, count: told.reportCount };
      }),
    initialPageParam: 0,
    getNextPageParam: ({ after }) => (after < trial.reportCount ? after : null),
    enabled: trial.reportCount > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return useMemo(() => {
    const bySteps = new Map<number, number>();
    for (const { reports } of data?.pages ?? [])
      for (const { step, values } of reports) {
        const value = values[metric];
        if (typeof value === "number") bySteps.set(step, value);
      }
    return [...bySteps].sort(([a], [b]) => a - b);
  }, [data, metric]);
}
