import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { OperationInput, OperationName, OperationOutput } from "../../../src/server/operations/index.ts";
import { call, type Refusal } from "./call.ts";
import { took } from "./live-queries.ts";

export interface CallSettings {
  readonly enabled?: boolean;
  /** Ms between two looks besides those that a change of the study brings. */
  readonly every?: number | false;
}

/** What an operation answers, kept fresh as its study changes; what was there before is shown until the new answer comes. */
export function useCall<N extends OperationName>(
  name: N,
  input: OperationInput<N>,
  { enabled = true, every = false }: CallSettings = {},
): UseQueryResult<OperationOutput<N>, Refusal> {
  return useQuery<OperationOutput<N>, Refusal>({
    queryKey: [name, input],
    queryFn: async ({ signal }) => await took([name, input], async () => await call(name, input, signal)),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: every,
  });
}
