import { isVisible } from "../objective/index.ts";
import { stoppingLimit } from "../scheduler/index.ts";
import type { StudyState } from "../trial/study-state.ts";
import { listTrials } from "./list-trials.ts";

/** Names the trials that were stopped by limits which are none any more, and offers to have them run to their end; a sentence for each limit. */
export function stoppedByLimits(state: StudyState, limits: readonly string[]): readonly string[] {
  const stopped = new Map<string, number[]>();
  for (const trial of state.list().inState("pruned")) {
    const text = stoppingLimit(trial.decisions?.at(-1)?.reason ?? "");
    if (text === null || limits.includes(text) || !isVisible(trial)) continue;
    stopped.set(text, [...(stopped.get(text) ?? []), trial.number]);
  }
  return Array.from(stopped, ([text, trials]) => {
    const [was, their, them] = trials.length === 1 ? ["was", "its", "it"] : ["were", "their", "them"];
    const list = listTrials(trials);
    return `${list[0]!.toUpperCase()}${list.slice(1)} ${was} stopped by ${JSON.stringify(text)}, which is no limit any more; enqueue ${their} values to have ${them} run to the end.`;
  });
}
