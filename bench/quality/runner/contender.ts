import type { Params } from "../../../src/space/json.ts";

/** Something that proposes configurations, as the runner sees it: a sampler of Attune or a peer in a process of its own. */
export interface Contender {
  /** The next configuration; null when there is none left. Trials asked for and not told are under way. */
  ask(trial: number): Params | null | Promise<Params | null>;
  /** The value of a trial (larger is better), NaN if it failed. */
  tell(trial: number, params: Params, value: number): void | Promise<void>;
  /** Spent so far on proposing. */
  readonly seconds: number;
  close(): void;
}
