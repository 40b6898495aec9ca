import { compileLimits } from "../objective/index.ts";
import { type Space, spaceFromJson } from "../space/index.ts";
import type { LoggedEvent } from "../trial/event.ts";
import { evolve } from "../trial/evolve/evolve.ts";
import { History } from "../trial/history.ts";
import type { HistoryView } from "../trial/history-view.ts";
import { StudyState } from "../trial/study-state.ts";

/** One study as its log tells it, and what suggestions are made from: fed with the log's events in order. */
export class StudyProjection {
  readonly state: StudyState;
  #space: Space | null = null;
  #spaceVersion = 0;
  #history: History | null = null;
  #emptyView: HistoryView | null = null;

  /** @param state where it begins; brought forward from here on. */
  constructor(state: StudyState = new StudyState()) {
    this.state = state;
  }

  get revision(): number {
    return this.state.revision;
  }

  get space(): Space {
    if (this.#space === null || this.#spaceVersion !== this.state.spaceVersion) {
      this.#space = spaceFromJson(this.state.space);
      this.#spaceVersion = this.state.spaceVersion;
    }
    return this.#space;
  }

  /** The declared space, and what programs had asked for by that revision. */
  spaceAt(revision: number): Space {
    return this.state.everDefined ? this.history.spaceAt(revision, this.space) : this.space;
  }

  /** Built when first asked for, kept up to date from then on. */
  get history(): History {
    this.#history ??= new History(this.#metricNames, this.state);
    return this.#history;
  }

  /** A view of nothing, for samplers that look at nothing. */
  get emptyView(): HistoryView {
    this.#emptyView ??= new History(this.#metricNames).view(0);
    return this.#emptyView;
  }

  /** Takes the events that are new, in order; answers which those are. */
  apply(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
    const news: LoggedEvent[] = [];
    for (const logged of events) {
      if (logged.revision <= this.state.revision) continue;
      evolve(this.state, logged);
      this.#history?.apply(logged);
      if (logged.event.type === "settings-changed") this.#history?.addMetrics(this.#metricNames);
      news.push(logged);
    }
    return news;
  }

  /** The objectives, then what else the limits look at. */
  get #metricNames(): readonly string[] {
    const { metrics, settings } = this.state;
    const limited = compileLimits(settings.limits).flatMap((limit) => limit.metrics);
    return [...new Set([...metrics.map((metric) => metric.name), ...limited])];
  }
}
