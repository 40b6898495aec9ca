import { AttuneError } from "../errors.ts";
import type { JsonValue } from "../space/json.ts";
import { decide } from "./decide.ts";
import type { LoggedEvent, StudyEvent } from "./event.ts";
import { evolve } from "./evolve/evolve.ts";
import { type CommandWorld, commandOf, type Draw } from "./random-command.testing.ts";
import type { StudyDefinition } from "./study-definition.ts";
import { StudyState } from "./study-state.ts";

export function studyDefinition(space: JsonValue): StudyDefinition {
  return {
    name: "random",
    metrics: [{ name: "loss", direction: "minimize" }],
    space,
    settings: {
      sampler: { name: "random", options: {} },
      scheduler: { name: "none", options: {} },
      command: null,
      extra: {},
    },
    seed: 1,
  };
}

/** A log written by random commands, without a storage: time counts one ms an event, no lease runs out. */
export class Simulation {
  readonly state = new StudyState();
  readonly log: LoggedEvent[] = [];
  readonly #world: CommandWorld;

  constructor(world: CommandWorld) {
    this.#world = world;
    this.append({ type: "study-created", definition: studyDefinition(world.spaces[0] ?? {}) });
  }

  append(event: StudyEvent): void {
    const logged: LoggedEvent = { revision: this.log.length + 1, at: this.log.length, event: structuredClone(event) };
    this.log.push(logged);
    evolve(this.state, logged);
  }

  /** Does what a draw means; answers the events it made, none when it was refused. */
  step(draw: Draw): readonly StudyEvent[] {
    const command = commandOf(this.state, draw, this.#world);
    try {
      const { events } = decide(this.state, command, { now: this.log.length, leaseExpired: () => false });
      for (const event of events) this.append(event);
      return events;
    } catch (error) {
      if (error instanceof AttuneError && !error.code.startsWith("storage-")) return [];
      throw error;
    }
  }
}
