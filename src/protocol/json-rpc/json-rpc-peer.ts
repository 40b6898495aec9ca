import type { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import { errorOf, type RpcError, rpcErrorOf } from "./rpc-error.ts";

/** What a peer can be asked: by name, with the parameters of the call; an error thrown is the answer. */
export type RpcMethods = Readonly<Record<string, (params: JsonValue) => JsonValue | Promise<JsonValue>>>;

type Id = number | string | null;

interface Pending {
  readonly resolve: (result: JsonValue) => void;
  readonly reject: (error: AttuneError) => void;
}

/** How a peer answers. */
export interface RpcPeerOptions {
  /** Gets the lines that are no JSON; without it they are answered with an error. */
  readonly stray?: (line: string) => void;
  /** What is asked is begun at once and answered as it is done; else each waits for the one before it. */
  readonly atOnce?: boolean;
}

/**
 * One end of a conversation in JSON-RPC 2.0 (jsonrpc.org/specification), a message a line: it asks, and answers what it is asked, unless
 * told otherwise in the order in which it came. `write` gets lines without their end.
 */
export class JsonRpcPeer {
  readonly #write: (line: string) => void;
  readonly #methods: RpcMethods;
  readonly #pending = new Map<number, Pending>();
  readonly #stray: ((line: string) => void) | null;
  readonly #atOnce: boolean;
  readonly #underWay = new Set<Promise<void>>();
  #turn: Promise<void> = Promise.resolve();
  #lastId = 0;
  #over: AttuneError | null = null;

  constructor(write: (line: string) => void, methods: RpcMethods = {}, { stray, atOnce = false }: RpcPeerOptions = {}) {
    this.#write = write;
    this.#methods = methods;
    this.#stray = stray ?? null;
    this.#atOnce = atOnce;
  }

  /** Asks the other end. AttuneError with its code and sentence when it answers with an error, or when there is no other end any more. */
  request(method: string, params: JsonValue): Promise<JsonValue> {
    if (this.#over !== null) return Promise.reject(this.#over);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#write(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /** Takes a line of the other end. What is asked wrongly is answered so. */
  take(line: string): void {
    let message: JsonValue;
    try {
      message = JSON.parse(line);
    } catch {
      if (this.#stray === null) this.#say(null, { error: NO_JSON });
      else this.#stray(line);
      return;
    }
    if (isAnswer(message)) this.#answered(message);
    else if (this.#atOnce) this.#begin(message);
    else this.#turn = this.#turn.then(() => this.#serve(message));
  }

  #begin(message: JsonValue): void {
    const served = this.#serve(message).finally(() => this.#underWay.delete(served));
    this.#underWay.add(served);
  }

  /** Resolves once all that was asked so far has been answered. */
  async settled(): Promise<void> {
    await this.#turn;
    await Promise.all(this.#underWay);
  }

  /** There is no other end any more: who waits for it gets this error. */
  end(error: AttuneError): void {
    this.#over ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#over);
    this.#pending.clear();
  }

  #answered(answer: Answer): void {
    const pending = typeof answer.id === "number" ? this.#pending.get(answer.id) : undefined;
    if (pending === undefined) {
      if (answer.error !== undefined) this.end(errorOf(answer.error));
      return;
    }
    this.#pending.delete(answer.id as number);
    if (answer.error === undefined) pending.resolve(answer.result ?? null);
    else pending.reject(errorOf(answer.error));
  }

  async #serve(message: JsonValue): Promise<void> {
    const batch = Array.isArray(message) && message.length > 0 ? message : [message];
    const answers: object[] = [];
    for (const part of batch) {
      const answer = await this.#answerTo(part);
      if (answer !== null) answers.push(answer);
    }
    if (answers.length > 0) this.#write(JSON.stringify(batch === message ? answers : answers[0]));
  }

  /** Null for what wants no answer. */
  async #answerTo(message: JsonValue): Promise<object | null> {
    if (!isCall(message)) {
      const error = {
        code: -32600,
        message: 'This is no request; give {"jsonrpc": "2.0", "id": …, "method": …, "params": …}.',
      };
      return envelope(idOf(message), { error });
    }
    const outcome = await this.#outcomeOf(message);
    return message.id === undefined ? null : envelope(message.id, outcome);
  }

  async #outcomeOf({ method, params = {} }: Call): Promise<Outcome> {
    if (!Object.hasOwn(this.#methods, method)) {
      const known = Object.keys(this.#methods).join(", ");
      return { error: { code: -32601, message: `There is no method ${JSON.stringify(method)}; there are ${known}.` } };
    }
    try {
      return { result: await this.#methods[method]!(params) };
    } catch (error) {
      return { error: rpcErrorOf(error) };
    }
  }

  #say(id: Id, outcome: Outcome): void {
    this.#write(JSON.stringify(envelope(id, outcome)));
  }
}

const NO_JSON: RpcError = { code: -32700, message: "The line is no JSON; give one message of JSON-RPC 2.0 a line." };

interface Call {
  readonly id?: Id;
  readonly method: string;
  readonly params?: JsonValue;
}

interface Answer {
  readonly id: JsonValue;
  readonly result?: JsonValue;
  readonly error?: JsonValue;
}

type Outcome = { readonly result: JsonValue } | { readonly error: RpcError };

function envelope(id: Id, outcome: Outcome): object {
  return { jsonrpc: "2.0", id, ...outcome };
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAnswer(message: JsonValue): message is JsonValue & Answer {
  return isObject(message) && !("method" in message) && ("result" in message || "error" in message);
}

function isCall(message: JsonValue): message is JsonValue & Call {
  return isObject(message) && message.jsonrpc === "2.0" && typeof message.method === "string" && isId(message.id);
}

function isId(id: JsonValue | undefined): boolean {
  return id === undefined || id === null || typeof id === "number" || typeof id === "string";
}

function idOf(message: JsonValue): Id {
  const id = isObject(message) ? message.id : null;
  return typeof id === "number" || typeof id === "string" ? id : null;
}
