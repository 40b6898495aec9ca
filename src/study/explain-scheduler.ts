import { createScheduler, schedulerAbilities } from "../scheduler/registry.ts";
import { History } from "../trial/history.ts";
import type { KnownStudy } from "./known-study.ts";
import { schedulerStudy } from "./scheduler-study.ts";

/** What the study's scheduler goes by, in words; null for one whose name says it all, or that this process does not know. */
export function explainScheduler({ state, space, revision }: KnownStudy): string | null {
  const { settings, metrics, seed } = state;
  if (schedulerAbilities(settings.scheduler.name) === null) return null;
  const scheduler = createScheduler(
    settings.scheduler,
    metrics,
    space.fidelity ?? null,
    schedulerStudy(settings, space, seed),
  );
  if (scheduler.explain === undefined) return null;
  const history = new History(
    metrics.map(({ name }) => name),
    state,
  );
  return scheduler.explain(history.view(revision));
}
