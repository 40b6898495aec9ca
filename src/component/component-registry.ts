import { AttuneError } from "../errors.ts";
import { didYouMean } from "../space/nearest-word.ts";
import type { Metric } from "../trial/metric.ts";

/** What a component can judge trials by. */
export interface ObjectiveAbilities {
  /** `many`: any number of objectives; left out: one alone. */
  readonly objectives?: "one" | "many";
  /** Whether it knows that results may break limits, or need not know; left out: no. */
  readonly limits?: boolean;
}

/** Entries of one kind by name, in the order they were added. Names are lower-case words with dashes. */
export class ComponentRegistry<E extends ObjectiveAbilities & { readonly name: string }> {
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

  /** Whether the component of that name can judge by so many objectives and limits. */
  canJudge(name: string, objectives: number, limits: number): boolean {
    if (objectives <= 1 && limits === 0) return true;
    const entry = this.get(name);
    return (objectives <= 1 || entry.objectives === "many") && (limits === 0 || entry.limits === true);
  }

  /** Throws AttuneError `invalid-argument` for a component that cannot judge by these, naming those that can. */
  requireJudging(name: string, metrics: readonly Metric[], limits: readonly string[]): void {
    if (this.canJudge(name, metrics.length, limits.length)) return;
    const able = this.names().filter((other) => this.canJudge(other, metrics.length, limits.length));
    const { objectives } = this.get(name);
    const many = metrics.length > 1 && objectives !== "many";
    const knows = many ? "knows one objective" : "knows no limits";
    const has = many
      ? `the study has ${metrics.length}: ${metrics.map((metric) => metric.name).join(", ")}`
      : `the study has ${limits.map((limit) => JSON.stringify(limit)).join(", ")}`;
    const message = `The ${this.#kind} ${name} ${knows}, and ${has}. Choose one that can: ${able.join(", ")}.`;
    throw new AttuneError("invalid-argument", message, { data: { name, allowed: able } });
  }
}
