import { type QueryKey, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { OperationInput, OperationName, OperationOutput } from "../../../src/server/operations/index.ts";
import { call, type Refusal } from "./call.ts";
import { took } from "./live-queries.ts";

export interface CallSettings {
  readonly enabled?: boolean;
  /** Ms between two looks besides those that a change of the study brings. */
  readonly every?: number | false;
}

/** What an operation answers, kept fresh as its study changes; what was there before of the same thing is shown until the new answer comes. */
export function useCall<N extends OperationName>(
  name: N,
  input: OperationInput<N>,
  { enabled = true, every = false }: CallSettings = {},
): UseQueryResult<OperationOutput<N>, Refusal> {
  return useQuery<OperationOutput<N>, Refusal>({
    queryKey: [name, input],
    queryFn: async ({ signal }) => await took([name, input], async () => await call(name, input, signal)),
    placeholderData: (before, query) => (query !== undefined && isOfSame(query.queryKey, input) ? before : undefined),
    enabled,
    refetchInterval: every,
  });
}

/** Fields that say what an answer is about: what is known of one is never shown as if it were of another. */
const ABOUT = ["study", "trial", "figure", "metric"] as const;

function isOfSame([, before]: QueryKey, input: object): boolean {
  const [one, other] = [before, input] as readonly Readonly<Record<string, unknown>>[];
  return ABOUT.every((field) => one?.[field] === other?.[field]);
}
