import type { LoggedEvent } from "../../trial/event.ts";

/** Events kept at most, and characters of their texts (one with many reports may have a million); what is asked for beyond them is read again. */
const KEPT = 4_096;
const KEPT_CHARACTERS = 524_288;

/** A study's newest events as the storage's thread sent them, each once, however many commands were under way together. */
export class ReceivedEvents {
  #events: LoggedEvent[] = [];
  #characters = 0;

  /** Revision of the newest, 0 before the first. */
  get newest(): number {
    return this.#events.at(-1)?.revision ?? 0;
  }

  /**
   * Takes events in the order of the log; ones that are there already are left alone, and after a gap the older ones are dropped.
   *
   * @param characters - of their texts, together.
   */
  add(events: readonly LoggedEvent[], characters: number): void {
    const fresh = events.filter(({ revision }) => revision > this.newest);
    const [first] = fresh;
    if (first === undefined) return;
    if (first.revision !== this.newest + 1) this.#events = [];
    this.#events.push(...fresh);
    this.#characters += characters;
    const long = this.#characters > KEPT_CHARACTERS;
    if (!long && this.#events.length <= 2 * KEPT) return;
    this.#events = this.#events.slice(long ? -fresh.length : -KEPT);
    this.#characters = long ? characters : 0;
  }

  /** The events with revision in (after, upTo], or null when some of them are not here. */
  between(after: number, upTo: number): readonly LoggedEvent[] | null {
    if (after >= upTo) return [];
    const oldest = this.#events[0]?.revision ?? Number.POSITIVE_INFINITY;
    if (after + 1 < oldest || upTo > this.newest) return null;
    return this.#events.slice(after + 1 - oldest, upTo + 1 - oldest);
  }
}
