import { Written } from "../written.ts";
import { SAFE_HEADERS } from "./guard.ts";
import type { Problem } from "./problem.ts";

type Headers = Readonly<Record<string, string>>;

/** An answer, with what every answer says to browsers. Its headers are an object, which the server for Node writes as they are. */
export function reply(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  type: string,
  status = 200,
  headers: Headers = {},
): Response {
  return new Response(body, { status, headers: { ...SAFE_HEADERS, "content-type": type, ...headers } });
}

const JSON_ANSWER = { status: 200, headers: { ...SAFE_HEADERS, "content-type": "application/json" } };

export function jsonReply(value: unknown): Response {
  return new Response(JSON.stringify(value), JSON_ANSWER);
}

/** The answer of an operation. */
export function answerReply(answer: object): Response {
  return answer instanceof Written ? reply(answer.json, "application/json") : jsonReply(answer);
}

/** A refusal (RFC 9457). */
export function problemReply(told: Problem, headers: Headers = {}): Response {
  return reply(JSON.stringify(told), "application/problem+json", told.status, headers);
}
