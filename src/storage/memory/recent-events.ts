import type { LoggedEvent, StudyEvent } from "../../trial/event.ts";

/** Events, and reports in them, that are kept at most. */
const MOST = 4_096;

/**
 * What came since a command whose sender knew all before it. Hundreds of workers send theirs in one turn of the event loop, each knowing what was
 * known when the turn began: making the same events anew for each would cost the square of their number.
 */
export class RecentEvents {
  #events: LoggedEvent[] = [];
  #weight = 0;

  /** Events that follow on those before, or begin anew; `sufficient` where nobody needs those before any more. */
  add(events: readonly LoggedEvent[], sufficient: boolean): void {
    const first = events[0];
    if (first === undefined) return;
    const follows = this.#events.at(-1)?.revision === first.revision - 1;
    if (sufficient || !follows || this.#weight > MOST) {
      this.#events = [];
      this.#weight = 0;
    }
    for (const logged of events) {
      this.#events.push(logged);
      this.#weight += weightOf(logged.event);
    }
  }

  /** All with a revision in (after, upTo], or null where they are not all here. */
  between(after: number, upTo: number): readonly LoggedEvent[] | null {
    const first = this.#events[0]?.revision ?? Number.POSITIVE_INFINITY;
    const isHere = after >= first - 1 && this.#events.at(-1)?.revision === upTo;
    return isHere ? this.#events.slice(after - first + 1) : null;
  }
}

function weightOf(event: StudyEvent): number {
  return 1 + ("reports" in event ? event.reports.length : 0);
}
