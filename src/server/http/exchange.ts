import type { IncomingMessage, ServerResponse } from "node:http";
import type { Waiting } from "../study-service.ts";
import { problem } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { Refusal } from "./refusal.ts";

/** Where a request is for, besides its method. */
export interface Target {
  /** Below the base of the server. */
  readonly path: string;
  /** What stands behind the `?`. */
  readonly search: string;
  /** Fields of the path by name. */
  readonly params: Readonly<Record<string, string>>;
}

/** One request, read as it came. */
export class Exchange implements Waiting {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly #search: string;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  #gone: AbortController | null = null;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, { path, search, params }: Target) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.#search = search;
    this.path = path;
    this.params = params;
  }

  get method(): string {
    return this.#incoming.method ?? "";
  }

  /** By its name in small letters; null where there is none. */
  header(name: string): string | null {
    const found = this.#incoming.headers[name];
    return (Array.isArray(found) ? found.join(", ") : found) ?? null;
  }

  /** What it came over. */
  get connection(): object {
    return this.#incoming.socket;
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#search);
  }

  /** Whether nobody waits for the answer any more. */
  get isGone(): boolean {
    return this.#outgoing.destroyed;
  }

  /** Aborted when nobody waits for the answer any more. */
  get signal(): AbortSignal {
    if (this.#gone === null) {
      const gone = new AbortController();
      this.#gone = gone;
      if (this.isGone) gone.abort();
      else this.#outgoing.once("close", () => gone.abort());
    }
    return this.#gone.signal;
  }

  /**
   * An object of JSON; nothing is an empty one.
   *
   * @throws Refusal for what is none, or longer than `most` bytes.
   */
  async json(most: number): Promise<Record<string, unknown>> {
    const text = await readBody(this.#incoming, most);
    if (text === null)
      throw new Refusal(problem(413, "too-large", `The body is longer than ${most} bytes; send less at once.`));
    if (text === "") return {};
    const type = this.#incoming.headers["content-type"];
    // No form of a page can send this type, nor a page of another origin without asking first.
    if (type !== "application/json" && !/^application\/json(?:;|$)/i.test(type ?? ""))
      throw new Refusal(
        problem(415, "unsupported-type", "The body is no application/json; send JSON, and say so by Content-Type."),
      );
    return parsed(text);
  }
}

const BYTE_ORDER_MARK = "\uFEFF";

function parsed(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch {
    throw new Refusal(problem(400, "invalid-argument", "The body is no JSON; send an object of JSON."));
  }
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Refusal(problem(400, "invalid-argument", "The body is no object; send an object of JSON."));
}
