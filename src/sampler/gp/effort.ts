import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";

/** How much work goes into one suggestion by the model. */
export interface Effort {
  /** Most rows that hyperparameters are fitted to, and that a draw of them is optimised on. */
  readonly fitRows: number;
  readonly drawnRows: number;
  /** Evaluations of a fit from each fixed start, of one from the fit before, and of one about a draw from the prior. */
  readonly fixedEvaluations: number;
  readonly warmEvaluations: number;
  readonly drawnEvaluations: number;
  /** Most rows of the model that is searched. */
  readonly modelRows: number;
  /** Starts of that search: random points, mutations of the best trials, and how many of all are climbed from. */
  readonly random: number;
  readonly mutations: number;
  readonly climbs: number;
  /** Mutations of each of the best candidates in each later round. */
  readonly children: number;
}

/** What a suggestion takes when nobody says how long it may. */
const USUAL: Effort = {
  fitRows: 200,
  drawnRows: 150,
  fixedEvaluations: 30,
  warmEvaluations: 20,
  drawnEvaluations: 20,
  modelRows: 400,
  random: 300,
  mutations: 200,
  climbs: 4,
  children: 15,
};

/** Most that fits and the model itself may take of the operations; what they leave is for the search, most of it for candidates. */
const FIT_SHARE = 0.25;
const MODEL_SHARE = 0.25;
const CANDIDATE_SHARE = 0.8;

const MOST_ROWS = 400;
const LEAST_FIT_ROWS = 30;
const LEAST_MODEL_ROWS = 50;
/** Evaluations below which rather fewer rows are taken, and those after which fits have converged. */
const FEW_EVALUATIONS = 8;
const MOST_EVALUATIONS = 40;
/** Up to so many rows every suggestion has a fit of its own, from two starts: in all three times what one takes. */
const ALWAYS_FITTED = 48;
/** Families of children in all rounds of a search together, and their share of the candidates until they are complete. */
const FAMILIES = 24;
const CHILDREN_SHARE = 0.42;
/** Climbs at the end of every search. */
const FIXED_CLIMBS = 2;

/**
 * The work that a suggestion from `rows` trials in `features` dimensions may take for a number of multiply-adds; null for the usual
 * work. More operations never mean less of anything, and some of everything is always done.
 */
export function effortFor(operations: number | null, rows: number, features: number): Effort {
  if (operations === null) return USUAL;
  const { fitRows, evaluations } = fitting((FIT_SHARE * operations) / fits(rows), rows, features);
  const model = modelRows(operations, rows);
  const search = searchOperations(operations, rows, features);
  const candidates = (CANDIDATE_SHARE * search) / candidateCost(model, features);
  const children = Math.min(USUAL.children, (CHILDREN_SHARE * candidates) / FAMILIES);
  const starts = candidates - FAMILIES * children;
  const climbs = ((1 - CANDIDATE_SHARE) * search) / climbCost(model, features) - FIXED_CLIMBS;
  return {
    fitRows,
    drawnRows: fitRows,
    fixedEvaluations: within(1.5 * evaluations, 6, 1.5 * MOST_EVALUATIONS),
    warmEvaluations: evaluations,
    drawnEvaluations: evaluations,
    modelRows: Math.floor(model),
    random: within(0.6 * starts, 30, 15_000),
    mutations: within(0.4 * starts, 20, 10_000),
    climbs: within(climbs, 1, 60),
    children: within(children, 2, USUAL.children),
  };
}

/** As many rows as leave a few evaluations, then as many evaluations as there is room for. */
function fitting(share: number, rows: number, features: number): { fitRows: number; evaluations: number } {
  const all = Math.min(rows, MOST_ROWS);
  let fitRows = all;
  while (fitRows > LEAST_FIT_ROWS && FEW_EVALUATIONS * evaluationCost(fitRows, features) > share) fitRows -= 1;
  const affordable = within(share / evaluationCost(fitRows, features), 4, MOST_EVALUATIONS);
  return { fitRows, evaluations: fitRows < all ? Math.min(affordable, FEW_EVALUATIONS) : affordable };
}

/** Not whole: what a candidate costs must not jump, or more operations would now and then allow fewer of them. */
function modelRows(operations: number, rows: number): number {
  const affordable = exp(ln((MODEL_SHARE * operations) / 2) / 3);
  return Math.max(Math.min(rows, LEAST_MODEL_ROWS), Math.min(rows, MOST_ROWS, affordable));
}

/** Fits that a suggestion pays for, in those from one start. */
function fits(rows: number): number {
  return rows <= ALWAYS_FITTED ? 3 : 1;
}

/** What fits and the model leave at least. */
function searchOperations(operations: number, rows: number, features: number): number {
  const n = Math.min(rows, MOST_ROWS);
  const fit = Math.min(FIT_SHARE * operations, fits(rows) * MOST_EVALUATIONS * evaluationCost(n, features));
  return operations - fit - Math.min(MODEL_SHARE * operations, 2 * n * n * n);
}

// Multiply-adds, measured against the kernel's own factorisation; the constants are what is done whatever the number of rows.

function evaluationCost(n: number, d: number): number {
  return 20_000 + n * n * n + 4 * n * n * d;
}

function candidateCost(n: number, d: number): number {
  return 30_000 + 0.6 * n * n + 3 * n * d;
}

function climbCost(n: number, d: number): number {
  return 25 * (20_000 + 2 * (n * n + 3 * n * d));
}

function within(count: number, low: number, high: number): number {
  return Math.floor(Math.min(high, Math.max(low, count)));
}
