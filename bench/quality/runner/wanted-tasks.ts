import { AttuneError } from "../../../src/errors.ts";
import { listOf } from "../../support/list-of.ts";
import { type BenchTask, taskName } from "./bench-task.ts";

/** The tasks of a suite whose names contain one of the words, all where none is given. Throws AttuneError `invalid-argument`. */
export function wantedTasks<T extends Pick<BenchTask, "scenario" | "instance">>(
  suite: string,
  tasks: readonly T[],
  text: string | undefined,
): readonly T[] {
  if (tasks.length === 0) throw refusal(`suite ${suite} has no task yet; bench/README.md says what it needs`);
  if (text === undefined) return tasks;
  const names = tasks.map(taskName);
  const filters = listOf(text);
  const unknown = filters.find((filter) => !names.some((name) => name.includes(filter)));
  if (unknown !== undefined || filters.length === 0) {
    const which = unknown ?? "nothing";
    throw refusal(`--tasks: ${suite} has no task whose name contains ${which}; it has: ${names.join(", ")}`);
  }
  return tasks.filter((task) => filters.some((filter) => taskName(task).includes(filter)));
}

function refusal(message: string): AttuneError {
  return new AttuneError("invalid-argument", message);
}
