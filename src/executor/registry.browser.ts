import { AttuneError } from "../errors.ts";
import type { Executor } from "./executor.ts";
import { FunctionExecutor } from "./function/function-executor.ts";
import type { ExecutorName, ExecutorOptions } from "./registry.ts";

export const EXECUTOR_NAMES: readonly ExecutorName[] = ["function"];

/** Makes the executor of that name; in a browser there is only the one for functions. */
export async function createExecutor<N extends ExecutorName>(name: N, options: ExecutorOptions[N]): Promise<Executor> {
  if (name === "function") return new FunctionExecutor(options as ExecutorOptions["function"]);
  const message = `A browser cannot run what the ${name} executor runs; give a function.`;
  throw new AttuneError("invalid-argument", message, { data: { name } });
}
