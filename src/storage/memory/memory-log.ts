import type { JsonValue } from "../../space/json.ts";
import { jsonCopy } from "../../space/json-copy.ts";
import type { LoggedEvent, StudyEvent } from "../../trial/event.ts";
import { EventShape, type ShapeSource } from "./event-shape.ts";
import { GrowingNumbers } from "./growing-numbers.ts";

/** Shapes that are tried for an event of a type; where there are as many, what fits none is kept as it is. */
const MOST_SHAPES = 16;

/** An event of a shape; or one that is kept as it is. */
const AS_IT_IS = -1;

/**
 * A study's events as they came; the first has revision 1. Most differ from others in numbers and a text alone, and are kept as these: a third
 * of the memory, and next to nothing that has to be looked at when garbage is collected.
 */
export class MemoryLog {
  readonly #shapes: EventShape[] = [];
  /** Places of the shapes of each type of event, the one that fitted last first. */
  readonly #known = new Map<string, number[]>();
  readonly #numbers = new GrowingNumbers();
  readonly #texts: string[] = [];
  readonly #others = new Map<number, StudyEvent>();
  /** Of each event when it came (ms since 1970), the place of its shape, and where its leaves begin. */
  readonly #heads = new GrowingNumbers();
  readonly #leaves = {
    number: (value: number): void => this.#numbers.add(value),
    text: (value: string): void => void this.#texts.push(value),
  };

  get length(): number {
    return this.#heads.length / HEAD;
  }

  /**
   * Appends an event; answers it as the log has it: a copy, as JSON would give it, which nobody changes. A TypeError for what no JSON can hold; then
   * nothing is appended.
   */
  add(event: StudyEvent, at: number): StudyEvent {
    const [numbers, texts] = [this.#numbers.length, this.#texts.length];
    const [shape, copy] = this.#take(event, numbers, texts) ?? this.#describe(jsonCopy(event), numbers, texts);
    if (shape === AS_IT_IS) this.#others.set(this.length + 1, copy);
    this.#heads.add(at);
    this.#heads.add(shape);
    this.#heads.add(numbers);
    this.#heads.add(texts);
    return copy;
  }

  /** Forgets all but the first so many. */
  cut(length: number): void {
    for (let revision = this.length; revision > length; revision--) this.#others.delete(revision);
    if (length < this.length) this.#cutLeaves(this.#heads.at(length * HEAD + 2), this.#heads.at(length * HEAD + 3));
    this.#heads.cut(length * HEAD);
  }

  /** Events with revision in (after, upTo], oldest first, each made anew. */
  between(after: number, upTo: number = this.length): LoggedEvent[] {
    const found: LoggedEvent[] = [];
    for (let revision = Math.max(0, after) + 1; revision <= Math.min(upTo, this.length); revision++)
      found.push(this.#at(revision));
    return found;
  }

  #at(revision: number): LoggedEvent {
    const head = (revision - 1) * HEAD;
    const [at, shape] = [this.#heads.at(head), this.#heads.at(head + 1)];
    if (shape === AS_IT_IS) return { revision, at, event: this.#others.get(revision)! };
    const source = this.#from(this.#heads.at(head + 2), this.#heads.at(head + 3));
    return {
      revision,
      at,
      event: this.#shapes[shape]!.read(source) as unknown as StudyEvent,
    };
  }

  #from(numbers: number, texts: number): ShapeSource {
    let [number, text] = [numbers, texts];
    return {
      number: () => this.#numbers.at(number++),
      text: () => this.#texts[text++]!,
    };
  }

  /** With the place of the shape that it fits; null where there is none. */
  #take(event: StudyEvent, numbers: number, texts: number): Taken | null {
    const known = this.#known.get(event.type);
    if (known === undefined) return null;
    for (let turn = 0; turn < known.length; turn++) {
      const place = known[turn]!;
      const copy = this.#shapes[place]!.take(event, this.#leaves);
      if (copy !== null) {
        if (turn > 0) known.unshift(...known.splice(turn, 1));
        return [place, copy as StudyEvent];
      }
      this.#cutLeaves(numbers, texts);
    }
    return null;
  }

  /** By a shape of its own, while there are not too many. */
  #describe(event: StudyEvent, numbers: number, texts: number): Taken {
    // As it came it may have had what JSON makes another of.
    const taken = this.#take(event, numbers, texts);
    if (taken !== null) return taken;
    const known = this.#known.get(event.type) ?? [];
    if (known.length === MOST_SHAPES) return [AS_IT_IS, event];
    const made = EventShape.of(event as unknown as JsonValue, known.length === 0 ? null : this.#shapes[known[0]!]!);
    if (made === null || made.take(event, this.#leaves) === null) {
      this.#cutLeaves(numbers, texts);
      return [AS_IT_IS, event];
    }
    this.#known.set(event.type, [this.#shapes.push(made) - 1, ...known]);
    return [this.#shapes.length - 1, event];
  }

  #cutLeaves(numbers: number, texts: number): void {
    this.#numbers.cut(numbers);
    this.#texts.length = texts;
  }
}

/** The place of an event's shape, and the event as it is kept. */
type Taken = readonly [shape: number, event: StudyEvent];

/** Numbers of each event's head. */
const HEAD = 4;
