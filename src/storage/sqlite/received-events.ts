import type { LoggedEvent } from "../../trial/event.ts";
import { parseEvent } from "./parse-event.ts";

/** Events kept at most, and characters of their texts (one with many reports may have a million); what is asked for beyond them is read again. */
const KEPT = 4_096;
const KEPT_CHARACTERS = 524_288;
/** An event with a longer text is kept as bytes: its thousand objects would outlive the collector's looks, and hardly anybody asks for them again. */
const LONG = 4_096;

/** One whose text is bytes until somebody looks at it. */
interface LongEvent extends Omit<LoggedEvent, "event"> {
  readonly bytes: Uint8Array;
}

/** A study's newest events as the storage's thread sent them, each once, however many commands were under way together. */
export class ReceivedEvents {
  #events: (LoggedEvent | LongEvent)[] = [];
  #characters = 0;

  /** Revision of the newest, 0 before the first. */
  get newest(): number {
    return this.#events.at(-1)?.revision ?? 0;
  }

  /**
   * Takes events in the order of the log; ones that are there already are left alone, and after a gap the older ones are dropped.
   *
   * @param texts - what each was read from.
   */
  add(events: readonly LoggedEvent[], texts: readonly { readonly body: string }[]): void {
    const { newest } = this;
    const begin = events.findIndex(({ revision }) => revision > newest);
    if (begin < 0) return;
    if (events[begin]!.revision !== newest + 1) this.#events = [];
    let characters = 0;
    for (const { body } of texts) characters += body.length;
    for (let k = begin; k < events.length; k++) this.#events.push(asKept(events[k]!, texts[k]!.body));
    this.#characters += characters;
    const long = this.#characters > KEPT_CHARACTERS;
    if (!long && this.#events.length <= 2 * KEPT) return;
    this.#events = this.#events.slice(long ? begin - events.length : -KEPT);
    this.#characters = long ? characters : 0;
  }

  /** The events with revision in (after, upTo], or null when some of them are not here. */
  between(after: number, upTo: number): readonly LoggedEvent[] | null {
    if (after >= upTo) return [];
    const oldest = this.#events[0]?.revision ?? Number.POSITIVE_INFINITY;
    if (after + 1 < oldest || upTo > this.newest) return null;
    return this.#events.slice(after + 1 - oldest, upTo + 1 - oldest).map(asLogged);
  }
}

function asKept(logged: LoggedEvent, body: string): LoggedEvent | LongEvent {
  if (body.length < LONG) return logged;
  return { revision: logged.revision, at: logged.at, bytes: new TextEncoder().encode(body) };
}

/** Read at the first look: who knows the event by another answer does not look at it. */
function asLogged(kept: LoggedEvent | LongEvent): LoggedEvent {
  if ("event" in kept) return kept;
  const { revision, at, bytes } = kept;
  let read: LoggedEvent["event"] | null = null;
  return {
    revision,
    at,
    get event() {
      read ??= parseEvent(new TextDecoder().decode(bytes));
      return read;
    },
  };
}
