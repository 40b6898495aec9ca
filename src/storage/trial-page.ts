import { type TrialField, trialFields } from "../analysis/field/trial-field.ts";
import { trialFilter } from "../analysis/field/trial-filter.ts";
import { type OrderedTrial, TrialOrder } from "../analysis/field/trial-order.ts";
import { AttuneError } from "../errors.ts";
import { spaceFromJson } from "../space/index.ts";
import type { StudyState } from "../trial/study-state.ts";
import type { Trial, TrialState } from "../trial/trial.ts";
import type { KnownOrder } from "./known-order.ts";
import { outlineOfState, type StudyOutline } from "./study-outline.ts";

/** Trials of a page at most. */
export const MOST_OF_PAGE = 10_000;

/** Which trials a page holds. */
export interface TrialQuery {
  /**
   * Number of the last trial of the page before, its `next`; left out for the first page. In an order the page begins behind the place that
   * trial has in it now.
   */
  readonly after?: number;
  /** Trials at most: 1 to 10,000. */
  readonly limit: number;
  /** From the newest number down; else from 0 up. */
  readonly newestFirst?: boolean;
  /** Only trials in one of these states. */
  readonly states?: readonly TrialState[];
  /** True for only those marked invalid, false for only the others. */
  readonly invalid?: boolean;
  /** Only trials for which this expression over their fields is true, as `attune trials --filter` takes it. */
  readonly where?: string;
  /** In the order of these fields, the first of them first, and of equal ones by number; trials without a value come last. */
  readonly order?: readonly {
    readonly field: string;
    /** From large to small. */
    readonly descending?: boolean;
  }[];
}

/** Some of a study's trials, all of one moment. */
export interface TrialPage {
  readonly trials: readonly Trial[];
  /** What to give as `after` for the next page; null when this is the last one. */
  readonly next: number | null;
  /** The study's revision that the page shows. */
  readonly revision: number;
}

/** The trials of a study at one moment, to look at one by one: null for one that is not known here. */
export interface TrialLookup {
  readonly count: number;
  readonly revision: number;
  /** The study's outline at that moment; null where it is not known here. Asked for only by queries with `where` or `order`. */
  outline(): StudyOutline | null;
  /** To look at some fields of, before another is looked at. */
  view(number: number): Trial | null;
  /** As a whole. */
  trial(number: number): Trial | null;
  /** Where the order of the query before is kept, and which study this is. */
  readonly known?: { readonly order: KnownOrder; readonly of: string };
}

/**
 * The page that a query asks for; null as soon as something is not known here.
 *
 * @throws AttuneError `invalid-argument` or `invalid-space` for a limit, a cursor, an expression or a field that is none.
 */
export function trialPage(query: TrialQuery, lookup: TrialLookup): TrialPage | null {
  checkQuery(query);
  const needsFields = query.where !== undefined || query.order !== undefined;
  const outline = needsFields ? lookup.outline() : null;
  if (needsFields && outline === null) return null;
  const fields = outline === null ? NO_FIELDS : fieldsOf(outline);
  const where = query.where === undefined ? null : trialFilter(query.where, fields, "where");
  const fits = (trial: Trial): boolean => isOfKind(trial, query) && (where === null || where(trial));
  const found = query.order === undefined ? inTurn(query, lookup, fits) : inOrder(query, lookup, fits, fields);
  if (found === null) return null;
  const trials = trialsOf(found.numbers, lookup);
  if (trials === null) return null;
  return { trials, next: found.more ? (found.numbers.at(-1) ?? null) : null, revision: lookup.revision };
}

/** The page that a query asks of a study's newest state; errors as of {@link trialPage}. */
export function trialPageOf(state: StudyState, query: TrialQuery, known?: TrialLookup["known"]): TrialPage {
  const page = trialPage(query, {
    ...(known !== undefined && { known }),
    count: state.nextNumber,
    revision: state.revision,
    outline: () => outlineOfState(state),
    view: (number) => state.view(number) ?? null,
    trial: (number) => state.trial(number) ?? null,
  });
  return page ?? { trials: [], next: null, revision: state.revision };
}

/** Looked up by their numbers: those that lie together are read together. */
function trialsOf(numbers: readonly number[], lookup: TrialLookup): readonly Trial[] | null {
  const trials = new Array<Trial>(numbers.length);
  for (const place of Int32Array.from(numbers.keys()).sort((a, b) => numbers[a]! - numbers[b]!)) {
    const trial = lookup.trial(numbers[place]!);
    if (trial === null) return null;
    trials[place] = trial;
  }
  return trials;
}

type Fields = ReadonlyMap<string, TrialField>;

const NO_FIELDS: Fields = new Map();

/** Numbers of a page's trials, and whether there are more behind. */
interface Found {
  readonly numbers: readonly number[];
  readonly more: boolean;
}

function fieldsOf({ definition, spaces, measured }: StudyOutline): Fields {
  const space = spaceFromJson(spaces.at(-1)?.value ?? definition.space);
  return trialFields({ metrics: [...definition.metrics.map(({ name }) => name), ...measured], space });
}

function inTurn(
  { after, limit, newestFirst = false }: TrialQuery,
  { count, view }: TrialLookup,
  fits: (trial: Trial) => boolean,
): Found | null {
  const step = newestFirst ? -1 : 1;
  const first = (after ?? (newestFirst ? count : -1)) + step;
  const numbers: number[] = [];
  for (let number = newestFirst ? Math.min(first, count - 1) : first; number >= 0 && number < count; number += step) {
    const trial = view(number);
    if (trial === null) return null;
    if (!fits(trial)) continue;
    // One more than the page holds tells whether there is another.
    if (numbers.length === limit) return { numbers, more: true };
    numbers.push(number);
  }
  return { numbers, more: false };
}

function inOrder(
  query: TrialQuery,
  lookup: TrialLookup,
  fits: (trial: Trial) => boolean,
  fields: Fields,
): Found | null {
  const { after, limit, order = [] } = query;
  const { count, view } = lookup;
  if (after !== undefined && after >= count) throw noSuchCursor(after, count);
  const by = new TrialOrder(
    order.map(({ field, descending = false }) => ({ field: fieldOf(fields, field), descending })),
  );
  let known = true;
  function* fitting(behind: OrderedTrial | null = null): Generator<OrderedTrial> {
    for (let number = 0; number < count; number++) {
      const trial = view(number);
      if (trial === null) {
        known = false;
        return;
      }
      if (!fits(trial)) continue;
      const one = by.of(trial);
      if (behind === null || by.compare(behind, one) < 0) yield one;
    }
  }
  const all = wholeOrder(query, lookup, () => {
    const numbers = by.all(fitting());
    return known ? numbers : null;
  });
  const place = after === undefined || all === null ? -1 : all.indexOf(after);
  if (all !== null && (after === undefined || place >= 0)) {
    const numbers = Array.from(all.subarray(place + 1, place + 1 + limit));
    return { numbers, more: place + 1 + limit < all.length };
  }
  const from = after === undefined || !known ? null : view(after);
  if (!known || (after !== undefined && from === null)) return null;
  const { first, of } = by.first(fitting(from === null ? null : by.of(from)), limit);
  return known ? { numbers: first.map(({ number }) => number), more: of > limit } : null;
}

/** The order of all trials where that is known, or made for a page behind the first one: more will follow as a rule. */
function wholeOrder(
  { after, states, invalid, where, order }: TrialQuery,
  { known, revision }: TrialLookup,
  make: () => Int32Array | null,
): Int32Array | null {
  if (known === undefined) return null;
  const query = JSON.stringify([known.of, { states, invalid, where, order }]);
  const kept = known.order.of(query, revision);
  if (kept !== null || after === undefined) return kept;
  const made = make();
  if (made !== null) known.order.keep(query, revision, made);
  return made;
}

function fieldOf(fields: Fields, name: string): TrialField {
  const field = fields.get(name);
  if (field !== undefined) return field;
  const message = `An order of trials goes by "${name}", which is none of ${[...fields.keys()].join(", ")}.`;
  throw new AttuneError("invalid-argument", message);
}

function isOfKind({ state, invalid }: Trial, query: TrialQuery): boolean {
  if (query.states !== undefined && !query.states.includes(state)) return false;
  return query.invalid === undefined || query.invalid === (invalid.at(-1)?.to === null);
}

function checkQuery({ limit, after, newestFirst, order }: TrialQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_OF_PAGE) {
    throw new AttuneError("invalid-argument", `A page has 1 to ${MOST_OF_PAGE} trials; ${limit} were asked for.`);
  }
  if (after !== undefined && (!Number.isInteger(after) || after < 0)) {
    throw new AttuneError("invalid-argument", `A page comes after the number of a trial; it was given ${after}.`);
  }
  if (order !== undefined && newestFirst === true) {
    const message =
      "A page in an order of fields is not one of the newest trials first; leave out newestFirst or order.";
    throw new AttuneError("invalid-argument", message);
  }
}

function noSuchCursor(after: number, count: number): AttuneError {
  const there = count === 0 ? "there is none yet" : `there are 0 to ${count - 1}`;
  return new AttuneError(
    "invalid-argument",
    `A page in an order comes after one of its trials; ${after} is none, ${there}.`,
  );
}
