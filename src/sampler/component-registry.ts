import { AttuneError } from "../errors.ts";
import { didYouMean } from "../space/nearest-word.ts";

/** Entries of one kind by name, in the order they were added. Names are lower-case words with dashes. */
export class ComponentRegistry<E extends { readonly name: string }> {
  readonly #kind: string;
  readonly #entries = new Map<string, E>();

  /** `kind` names the entries in messages: `sampler`. */
  constructor(kind: string, entries: readonly E[]) {
    this.#kind = kind;
    for (const entry of entries) this.add(entry);
  }

  /** Throws AttuneError `invalid-argument` when the name is ill-formed or taken. */
  add(entry: E): void {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(entry.name))
      throw new AttuneError(
        "invalid-argument",
        `"${entry.name}" cannot name a ${this.#kind}: use lower-case letters, digits and single dashes.`,
      );
    if (this.#entries.has(entry.name))
      throw new AttuneError(
        "invalid-argument",
        `A ${this.#kind} named ${entry.name} is registered already; choose another name.`,
      );
    this.#entries.set(entry.name, entry);
  }

  names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** The entry of that name, or undefined. */
  find(name: string): E | undefined {
    return this.#entries.get(name);
  }

  /** Throws AttuneError `invalid-argument` naming what there is and the nearest word. */
  get(name: string): E {
    const entry = this.find(name);
    if (entry !== undefined) return entry;
    throw new AttuneError(
      "invalid-argument",
      `There is no ${this.#kind} named "${name}"; there are ${this.names().join(", ")}.${didYouMean(name, this.names())}`,
      { data: { name, allowed: this.names() } },
    );
  }
}
