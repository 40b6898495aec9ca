import type { ContractParams } from "../executor.contract.ts";
import type { TrialHandle } from "./trial-handle.ts";

/** The contract's behaviour as a function. */
export default async function contractObjective(trial: TrialHandle): Promise<number | Record<string, number>> {
  const { ending, value = 0, reports = [] } = trial.params as unknown as ContractParams;
  for (const [index, loss] of reports.entries()) trial.report(index + 1, loss);
  switch (ending) {
    case "value":
      return value;
    case "fail":
      throw new Error("boom");
    case "nan":
      return Number.NaN;
    case "nothing":
      return { other: 1 };
    case "obey":
      trial.report(1, 7);
      await new Promise((resolve) => trial.signal.addEventListener("abort", resolve));
      return 9;
    case "hang":
      trial.report(1, { loss: 7 });
      return new Promise(() => undefined);
  }
}
