import type { OperationInput } from "../../../../src/server/operations/index.ts";

/** What the server is asked for the table; without an order the newest trials come first. */
export function queryOf(study: string, filter: string | null, sort: string | null): OperationInput<"trials"> {
  return {
    study,
    ...(filter !== null && { filter }),
    ...(sort === null || sort === "-trial" ? { newestFirst: true } : sort === "trial" ? {} : { sort: [sort] }),
  };
}
