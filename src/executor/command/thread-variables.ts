/** Variables by which numerical libraries are told how many threads to use. */
const NAMES = ["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"] as const;

/**
 * Each worker's share of the processors, so that trials side by side do not fight over them; at least 1. A variable that the
 * user's environment has stays; where it has `OMP_NUM_THREADS`, which the others follow, none is set.
 */
export function threadVariables(
  environment: NodeJS.ProcessEnv,
  processors: number,
  workers: number,
): Readonly<Record<string, string>> {
  if (environment.OMP_NUM_THREADS !== undefined) return {};
  const share = String(Math.max(1, Math.floor(processors / workers)));
  return Object.fromEntries(NAMES.filter((name) => environment[name] === undefined).map((name) => [name, share]));
}
