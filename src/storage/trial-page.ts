import { AttuneError } from "../errors.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { Trial, TrialState } from "../trial/trial.ts";

/** Trials of a page at most. */
const MOST = 10_000;

/** Which trials a page holds. */
export interface TrialQuery {
  /** Number of the last trial of the page before, its `next`; left out for the first page. */
  readonly after?: number;
  /** Trials at most: 1 to 10,000. */
  readonly limit: number;
  /** From the newest number down; else from 0 up. */
  readonly newestFirst?: boolean;
  /** Only trials in one of these states. */
  readonly states?: readonly TrialState[];
  /** True for only those marked invalid, false for only the others. */
  readonly invalid?: boolean;
}

/** Some of a study's trials, all of one moment. */
export interface TrialPage {
  readonly trials: readonly Trial[];
  /** What to give as `after` for the next page; null when this is the last one. */
  readonly next: number | null;
  /** The study's revision that the page shows. */
  readonly revision: number;
}

/**
 * The page that a query asks of `count` trials; null as soon as `find` answers null, for a trial that is not known here.
 *
 * @throws AttuneError `invalid-argument` for a limit or a cursor that is none.
 */
export function trialPage(
  query: TrialQuery,
  { count, revision }: { readonly count: number; readonly revision: number },
  find: (number: number) => Trial | null,
): TrialPage | null {
  checkQuery(query);
  const step = query.newestFirst ? -1 : 1;
  const trials: Trial[] = [];
  const first = (query.after ?? (query.newestFirst ? count : -1)) + step;
  for (
    let number = Math.min(first, query.newestFirst ? count - 1 : first);
    number >= 0 && number < count;
    number += step
  ) {
    // One more than the page holds tells whether there is another.
    const trial = find(number);
    if (trial === null) return null;
    if (!fits(trial, query)) continue;
    if (trials.length === query.limit) return { trials, next: trials.at(-1)?.number ?? null, revision };
    trials.push(trial);
  }
  return { trials, next: null, revision };
}

/** The page that a query asks of a study's newest state; errors as of {@link trialPage}. */
export function trialPageOf(state: StudyState, query: TrialQuery): TrialPage {
  const moment = { count: state.nextNumber, revision: state.revision };
  const page = trialPage(query, moment, (number) => state.trial(number) ?? null);
  return page ?? { trials: [], next: null, revision: state.revision };
}

function fits({ state, invalid }: Trial, query: TrialQuery): boolean {
  if (query.states !== undefined && !query.states.includes(state)) return false;
  return query.invalid === undefined || query.invalid === (invalid.at(-1)?.to === null);
}

function checkQuery({ limit, after }: TrialQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new AttuneError("invalid-argument", `A page has 1 to ${MOST} trials; ${limit} were asked for.`);
  }
  if (after !== undefined && (!Number.isInteger(after) || after < 0)) {
    throw new AttuneError("invalid-argument", `A page comes after the number of a trial; it was given ${after}.`);
  }
}
