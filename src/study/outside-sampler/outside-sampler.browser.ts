import { AttuneError } from "../../errors.ts";
import type { StudyProjection } from "../study-projection.ts";
import type { SuggestingProgram } from "./suggesting-program.ts";

/** A page starts no programs. */
export function createOutsideSampler(_study: StudyProjection): SuggestingProgram {
  const message = "A page cannot start a program; choose another sampler than program.";
  return {
    suggest: () => Promise.reject(new AttuneError("unsupported", message)),
    rest: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
