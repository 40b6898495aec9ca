import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "hono";
import { type Problem, problem } from "./problem.ts";
import { readBody } from "./read-body.ts";

/** What the server for Node gives with each request; nothing where there is no socket. */
interface Bindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/** One request, read by what it came as: the forms of browsers are made of it only where they are needed. */
export class Exchange {
  readonly context: Context;
  readonly #bindings: Bindings;

  constructor(context: Context) {
    this.context = context;
    this.#bindings = (context.env ?? {}) as Bindings;
  }

  get method(): string {
    return this.context.req.method;
  }

  get path(): string {
    return this.context.req.path;
  }

  /** By its name in small letters; null where there is none. */
  header(name: string): string | null {
    const { incoming } = this.#bindings;
    const found = incoming === undefined ? this.context.req.header(name) : incoming.headers[name];
    return (Array.isArray(found) ? found.join(", ") : found) ?? null;
  }

  /** What it came over; null where that is not known. */
  get connection(): object | null {
    return this.#bindings.incoming?.socket ?? null;
  }

  /** Fields of the path by name. */
  get params(): Readonly<Record<string, string>> {
    return this.context.req.param() as Record<string, string>;
  }

  get query(): URLSearchParams {
    return new URL(this.context.req.url).searchParams;
  }

  /** Whether nobody waits for the answer any more. */
  get isGone(): boolean {
    return this.#bindings.outgoing?.destroyed ?? false;
  }

  /** Aborted when nobody waits for the answer any more. */
  get signal(): AbortSignal {
    return this.context.req.raw.signal;
  }

  /** An object of JSON; nothing is an empty one. */
  async json(most: number): Promise<Record<string, unknown> | Problem> {
    const text = await readBody(this.context.req.raw, Number(this.header("content-length") ?? Number.NaN), most);
    if (text === null) return problem(413, "too-large", `The body is longer than ${most} bytes; send less at once.`);
    if (text === "") return {};
    // No form of a page can send this type, nor a page of another origin without asking first.
    if (!/^application\/json(?:;|$)/i.test(this.header("content-type") ?? ""))
      return problem(
        415,
        "unsupported-type",
        "The body is no application/json; send JSON, and say so by Content-Type.",
      );
    return parsed(text);
  }
}

/** Whether it is a refusal rather than what was sent. */
export function isProblem(value: object): value is Problem {
  return (
    "status" in value &&
    "detail" in value &&
    String((value as { type?: unknown }).type).startsWith("urn:attune:problem:")
  );
}

function parsed(text: string): Record<string, unknown> | Problem {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    return problem(400, "invalid-argument", "The body is no JSON; send an object of JSON.");
  }
  return problem(400, "invalid-argument", "The body is no object; send an object of JSON.");
}
