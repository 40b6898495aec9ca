import type { Readable, Writable } from "node:stream";
import { AttuneError, type ErrorCode } from "../../errors.ts";
import { MessageLines } from "../../protocol/json-rpc/message-lines.ts";

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly data?: { readonly code?: ErrorCode } };
}

/** The other end of a server that speaks in lines. */
export class LineClient {
  readonly #to: Writable;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** Lines that came and are no answers. */
  readonly strays: string[] = [];
  #last = 0;

  constructor(from: Readable, to: Writable) {
    this.#to = to;
    const lines = new MessageLines((line) => this.#take(line));
    from.on("data", (chunk: Buffer) => lines.push(chunk));
  }

  async call(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#last;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#to.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    const { result, error } = await answered;
    if (error === undefined) return result;
    throw new AttuneError(error.data?.code ?? "internal", error.message);
  }

  #take(line: string): void {
    let answer: Answer;
    try {
      answer = JSON.parse(line) as Answer;
    } catch {
      this.strays.push(line);
      return;
    }
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }
}
