/** What decides whether a live screen is shown. */
export interface LiveConditions {
  readonly isTerminal: boolean;
  readonly quiet: boolean;
  readonly environment: NodeJS.ProcessEnv;
}

/** True on a terminal that can redraw; not in CI, with NO_COLOR, TERM=dumb or --quiet, where plain lines tell the same. */
export function showsLive({ isTerminal, quiet, environment }: LiveConditions): boolean {
  const { CI: ci = "", NO_COLOR: noColor = "", TERM: term = "" } = environment;
  const inCi = ci !== "" && ci !== "0" && ci !== "false";
  return isTerminal && !quiet && !inCi && noColor === "" && term !== "" && term !== "dumb";
}
