import { compileLimits } from "../objective/index.ts";
import type { Space } from "../space/index.ts";
import type { LoggedEvent } from "../trial/event.ts";
import { History } from "../trial/history.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import { metricsInForce } from "../trial/metrics-in-force.ts";
import type { StudyState } from "../trial/study-state.ts";
import { KnownStudy } from "./known-study.ts";

/** One study as its log tells it, and what suggestions are made from: fed with the log's events in order. */
export class StudyProjection extends KnownStudy {
  #history: History | null = null;
  #emptyView: HistoryView | null = null;

  /** The declared space, and what programs had asked for by that revision. */
  spaceAt(revision: number): Space {
    return this.state.everDefined ? this.history.spaceAt(revision, this.space) : this.space;
  }

  override get spaceWithAsked(): Space {
    return this.spaceAt(this.revision);
  }

  /** Built when first asked for, kept up to date from then on. */
  get history(): History {
    this.#history ??= new History(this.#metricNames, this.state, (revision) => this.#metricsAt(revision));
    return this.#history;
  }

  /** A view of nothing, for samplers that look at nothing. */
  get emptyView(): HistoryView {
    this.#emptyView ??= new History(this.#metricNames).view(0);
    return this.#emptyView;
  }

  protected override bringForward(logged: LoggedEvent): void {
    super.bringForward(logged);
    this.#history?.apply(logged);
    if (logged.event.type === "settings-changed") this.#history?.addMetrics(this.#metricNames);
  }

  /** The objectives, then what else the limits look at; all that there ever were. */
  get #metricNames(): readonly string[] {
    return metricsOf(this.state.definition.metrics, this.state.settingsVersions);
  }

  /** The objectives, and what else the limits looked at, as they were in force at that revision. */
  #metricsAt(revision: number): readonly string[] {
    const { definition, settingsVersions } = this.state;
    const version = settingsVersions.findLast((one) => one.revision <= revision);
    return metricsOf(definition.metrics, version === undefined ? [] : [version]);
  }
}

function metricsOf(begun: readonly Metric[], versions: StudyState["settingsVersions"]): readonly string[] {
  const objectives = versions.length === 0 ? begun : versions.flatMap(({ value }) => metricsInForce(begun, value));
  const limited = versions.flatMap(({ value }) => compileLimits(value.limits).flatMap((limit) => limit.metrics));
  return [...new Set([...objectives.map((metric) => metric.name), ...limited])];
}
