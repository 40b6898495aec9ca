import type { Readable, Writable } from "node:stream";
import { AttuneError } from "../../errors.ts";
import { JsonRpcPeer, type RpcMethods } from "../../protocol/json-rpc/json-rpc-peer.ts";
import { MessageLines } from "../../protocol/json-rpc/message-lines.ts";
import type { JsonValue } from "../../space/json.ts";
import { OWN_PROCESS } from "../caller.ts";
import { OPERATION_NAMES, type OperationName } from "../operations/index.ts";
import { PROTOCOL } from "../protocol-version.ts";
import type { StudyService, Waiting } from "../study-service.ts";

/** With so many bytes that nobody reads no more questions are taken until some are read. */
const MOST_UNREAD = 67_108_864;
/** Questions under way at most. */
const MOST_ASKED = 10_000;

export interface LineServerSetup {
  readonly service: StudyService;
  readonly version: string;
  readonly storage: string;
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Answers operations as JSON-RPC 2.0, a message a line, until the input ends, `shutdown` is called or `end` says so. What is asked is begun in
 * its order and answered as it is done; what is about one trial is done in its order.
 */
export class LineServer {
  readonly #setup: LineServerSetup;
  readonly #peer: JsonRpcPeer;
  readonly #over = Promise.withResolvers<void>();
  readonly #aborted = new AbortController();
  #lines: string[] = [];
  readonly #waiting: Waiting;
  #asked = 0;
  #begun = false;

  constructor(setup: LineServerSetup) {
    this.#setup = setup;
    const { signal } = this.#aborted;
    // What is asked is done though its answer may reach nobody: it was asked before the end.
    this.#waiting = { isGone: false, signal };
    this.#peer = new JsonRpcPeer((line) => this.#say(line), this.#methods(), { atOnce: true });
  }

  /** Resolves once all that was asked is answered, after the end of the input. */
  async run(): Promise<void> {
    const { input, output } = this.#setup;
    const lines = new MessageLines((line) => this.#peer.take(line));
    // Whoever reads no more is gone.
    output.on("error", () => this.end());
    output.on("drain", () => this.#goOn());
    input.on("data", (chunk: Buffer) => {
      try {
        lines.push(chunk);
      } catch {
        this.end();
      }
      if (this.#isFull) input.pause();
    });
    input.on("end", () => {
      lines.end();
      this.#over.resolve();
    });
    input.on("error", () => this.end());
    await this.#over.promise;
    await this.#peer.settled();
    this.#flush();
    await new Promise<void>((resolve) => output.write("", () => resolve()));
  }

  /** Ends it: what waits is answered with what there is. */
  end(): void {
    this.#aborted.abort();
    this.#setup.input.pause();
    this.#over.resolve();
  }

  get #isFull(): boolean {
    return this.#asked >= MOST_ASKED || this.#setup.output.writableLength > MOST_UNREAD;
  }

  #goOn(): void {
    if (!this.#isFull && !this.#aborted.signal.aborted) this.#setup.input.resume();
  }

  /** Answers of one turn are written together. */
  #say(line: string): void {
    if (this.#lines.length === 0) setImmediate(() => this.#flush());
    this.#lines.push(line);
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    const text = `${this.#lines.join("\n")}\n`;
    this.#lines = [];
    this.#setup.output.write(text);
    this.#goOn();
  }

  #methods(): RpcMethods {
    const operations = OPERATION_NAMES.map((name) => [name, (params: JsonValue) => this.#call(name, params)] as const);
    return {
      initialize: (params) => this.#initialize(params),
      ...Object.fromEntries(operations),
      shutdown: () => {
        setImmediate(() => this.end());
        return {};
      },
    };
  }

  #initialize(params: JsonValue): JsonValue {
    const { protocol } = isRecord(params) ? params : {};
    if (protocol !== PROTOCOL) {
      const given = protocol === undefined ? "names no version" : `asks for version ${JSON.stringify(protocol)}`;
      const message = `initialize ${given} of the protocol; this Attune speaks version ${PROTOCOL}: give {"protocol": ${PROTOCOL}}.`;
      throw new AttuneError("invalid-argument", message);
    }
    this.#begun = true;
    const { version, storage } = this.#setup;
    return { protocol: PROTOCOL, name: "attune", version, storage, operations: [...OPERATION_NAMES] };
  }

  async #call(name: OperationName, params: JsonValue): Promise<JsonValue> {
    if (!this.#begun)
      throw new AttuneError("invalid-argument", `${name} is asked before anything is agreed; call initialize first.`);
    const { idempotencyKey = null, ...given } = isRecord(params) ? params : {};
    if (!isRecord(params) || (idempotencyKey !== null && typeof idempotencyKey !== "string"))
      throw new AttuneError("invalid-argument", `${name}: give its fields as an object, and idempotencyKey as a text.`);
    this.#asked += 1;
    try {
      const options = { caller: OWN_PROCESS, key: idempotencyKey, waiting: this.#waiting };
      return (await this.#setup.service.call(name, given, options)) as JsonValue;
    } finally {
      this.#asked -= 1;
      this.#goOn();
    }
  }
}

function isRecord(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
