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
};

/** Shares of the operations; what is left pays for the model itself. */
const FIT_SHARE = 0.25;
const CANDIDATE_SHARE = 0.4;
const CLIMB_SHARE = 0.1;

const MOST_ROWS = 400;
const LEAST_FIT_ROWS = 30;
const LEAST_MODEL_ROWS = 50;
/** Evaluations below which rather fewer rows are taken. */
const FEW_EVALUATIONS = 8;
/** Mutations and climbs that every search makes, in candidates and in climbs. */
const FIXED_CANDIDATES = 100;
const FIXED_CLIMBS = 2;

/**
 * The work that a suggestion from `rows` trials in `features` dimensions may take for a number of multiply-adds; null for the usual
 * work. More operations never mean less of anything, and some of everything is always done.
 */
export function effortFor(operations: number | null, rows: number, features: number): Effort {
  if (operations === null) return USUAL;
  const { fitRows, evaluations } = fitting(FIT_SHARE * operations, rows, features);
  const model = modelRows(operations, rows);
  const candidates = (CANDIDATE_SHARE * operations) / candidateCost(model, features) - FIXED_CANDIDATES;
  const climbs = (CLIMB_SHARE * operations) / climbCost(model, features) - FIXED_CLIMBS;
  return {
    fitRows,
    drawnRows: fitRows,
    fixedEvaluations: within(1.5 * evaluations, 6, 150),
    warmEvaluations: evaluations,
    drawnEvaluations: evaluations,
    modelRows: Math.floor(model),
    random: within(0.6 * candidates, 30, 10_000),
    mutations: within(0.4 * candidates, 20, 6000),
    climbs: within(climbs, 1, 30),
  };
}

/** As many rows as leave a few evaluations, then as many evaluations as there is room for. */
function fitting(share: number, rows: number, features: number): { fitRows: number; evaluations: number } {
  const all = Math.min(rows, MOST_ROWS);
  let fitRows = all;
  while (fitRows > LEAST_FIT_ROWS && FEW_EVALUATIONS * evaluationCost(fitRows, features) > share) fitRows -= 1;
  const affordable = within(share / evaluationCost(fitRows, features), 4, 100);
  return { fitRows, evaluations: fitRows < all ? Math.min(affordable, FEW_EVALUATIONS) : affordable };
}

/** Not whole: what a candidate costs must not jump, or more operations would now and then allow fewer of them. */
function modelRows(operations: number, rows: number): number {
  const affordable = exp(ln(operations / 8) / 3);
  return Math.max(Math.min(rows, LEAST_MODEL_ROWS), Math.min(rows, MOST_ROWS, affordable));
}

// Multiply-adds, measured against the kernel's own factorisation; the constants are what is done whatever the number of rows.

function evaluationCost(n: number, d: number): number {
  return 20_000 + n * n * n + 4 * n * n * d;
}

function candidateCost(n: number, d: number): number {
  return 50_000 + 2 * (n * n + 3 * n * d);
}

function climbCost(n: number, d: number): number {
  return 25 * (20_000 + 2 * (n * n + 3 * n * d));
}

function within(count: number, low: number, high: number): number {
  return Math.floor(Math.min(high, Math.max(low, count)));
}
