import { AttuneError } from "../errors.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import type { Purse } from "../trial/ledger.ts";
import type { GivenBudget } from "./parse-budget.ts";
import type { StudyLog } from "./study-log.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/** A budget in steps or full runs, as the purse that every attempt of a run is held to. One full run of it is kept for the winner. */
export class BudgetPurse {
  readonly #log: StudyLog;
  readonly #given: GivenBudget;
  #kept: boolean;
  #whole = false;

  /** @param keeps whether trials may be left that were run in part, of which the best is to be run whole. */
  constructor(log: StudyLog, given: GivenBudget, keeps: boolean) {
    this.#log = log;
    this.#given = given;
    this.#kept = keeps;
  }

  /** What may be used up, without the run that is kept. */
  get purse(): Purse {
    return this.#less(this.#kept ? 1 : 0);
  }

  /** What may be used up in all. */
  get all(): Purse {
    return this.#less(0);
  }

  /** Whether a full run is kept. */
  get keeps(): boolean {
    return this.#kept;
  }

  /** Whether a trial has run in full, so that there is a winner whatever becomes of those that run. */
  get hasWhole(): boolean {
    if (!this.#whole) {
      const { columns, rows } = this.#log.history.view(this.#log.revision);
      this.#whole = rows.some((row) => columns.state[row] === COMPLETE);
    }
    return this.#whole;
  }

  /** Nothing needs the run that was kept. */
  release(): void {
    this.#kept = false;
  }

  /** AttuneError `invalid-argument` where steps are counted and programs tell none. */
  requireSteps(): void {
    const { unit, amount } = this.#given;
    const { ledger, fullRun } = this.#log.state;
    if (unit !== "steps" || ledger.runs === 0 || fullRun !== null || ledger.steps > 0) return;
    throw new AttuneError(
      "invalid-argument",
      `The budget is ${amount} steps, and the study's programs came to their ends without telling one. Let them report steps, declare a fidelity ` +
        "(epochs: 1..81 fidelity), or give the budget in runs or as a time.",
    );
  }

  #less(kept: number): Purse {
    const { unit, amount } = this.#given;
    if (unit === "runs") return { runs: amount - kept };
    return { steps: amount - kept * (this.#log.state.fullRun ?? 0) };
  }
}
