import type { JsonValue, Params } from "../../../src/space/json.ts";
import type { Space } from "../../../src/space/space.ts";
import { parameterToJson } from "../../../src/space/space-json.ts";
import type { Contender } from "./contender.ts";
import { JsonLinesProcess } from "./json-lines-process.ts";
import type { PeerCommand } from "./peers.ts";

export interface PeerSetup {
  readonly seed: number;
  readonly budget: number;
  /** Trials under way at once. */
  readonly pending: number;
}

interface Reply {
  readonly params?: Params | null;
  /** Spent on this message. */
  readonly seconds: number;
  /** The processor's share of them. */
  readonly cpuSeconds: number;
}

/** A peer in a Python process of its own. It takes its own time, from the message read to the answer ready: pipes are not counted. */
export class PeerContender implements Contender {
  readonly #process: JsonLinesProcess;
  seconds = 0;
  cpuSeconds = 0;

  constructor(command: PeerCommand) {
    this.#process = new JsonLinesProcess(command);
  }

  /** Tells the peer the space, before all else. */
  async open(space: Space, setup: PeerSetup): Promise<void> {
    const parameters = space.parameters.map(parameterToJson);
    await this.#send({ op: "open", parameters, ...setup });
    this.seconds = 0;
    this.cpuSeconds = 0;
  }

  async ask(trial: number): Promise<Params | null> {
    return (await this.#send({ op: "ask", trial })).params ?? null;
  }

  async tell(trial: number, params: Params, value: number): Promise<void> {
    await this.#send({ op: "tell", trial, params, value: Number.isFinite(value) ? value : null });
  }

  close(): void {
    this.#process.close();
  }

  async #send(message: JsonValue): Promise<Reply> {
    const reply = await this.#process.ask<Reply>(message);
    this.seconds += reply.seconds;
    this.cpuSeconds += reply.cpuSeconds;
    return reply;
  }
}
