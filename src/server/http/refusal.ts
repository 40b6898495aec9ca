import type { Problem } from "./problem.ts";

/** Thrown where a request is refused in words of HTTP. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}
