import type { JsonValue } from "../../space/json.ts";
import type { StudyTables } from "./study-tables.ts";
import type { DefinitionRecord } from "./trial-record.ts";

interface First {
  readonly revision: number;
  readonly domain: JsonValue;
}

/** The first domain that each name was defined with in a study: an entry a name, however many trials there are. */
export class DefinedNames {
  readonly #first = new Map<string, First>();
  #whole = true;

  /** Says that the tables were filled from elsewhere: their trials are read when somebody asks, which many commands never do. */
  defer(): void {
    this.#whole = false;
  }

  /** Undefined for a name that no trial defined. */
  first({ trials, everDefined }: StudyTables, name: string): JsonValue | undefined {
    if (!this.#whole && everDefined) for (const { definitions } of trials) this.#note(definitions);
    this.#whole = true;
    return this.#first.get(name)?.domain;
  }

  /** Takes the definitions of an event. */
  add(definitions: readonly DefinitionRecord[]): void {
    if (this.#whole) this.#note(definitions);
  }

  #note(definitions: readonly DefinitionRecord[]): void {
    for (const { name, revision, domain } of definitions) {
      const known = this.#first.get(name);
      if (known === undefined || known.revision > revision) this.#first.set(name, { revision, domain });
    }
  }
}
