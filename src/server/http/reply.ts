import { Written } from "../written.ts";
import type { EventStream } from "./event-stream.ts";
import { SAFE_HEADERS } from "./guard.ts";
import type { Problem } from "./problem.ts";

type Headers = Readonly<Record<string, string>>;

/** What is answered to a request. */
export interface Answer {
  readonly status: number;
  /** Names and values in turn, without the length of the body. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | EventStream;
}

/** An answer, with what every answer says to browsers. */
export function reply(body: Answer["body"], type: string, status = 200, headers: Headers = {}): Answer {
  return { status, headers: headerList({ ...SAFE_HEADERS, "content-type": type, ...headers }), body };
}

function headerList(headers: Headers): readonly string[] {
  return Object.entries(headers).flat();
}

const JSON_HEADERS = headerList({ ...SAFE_HEADERS, "content-type": "application/json" });

export function jsonReply(value: unknown): Answer {
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(value) };
}

/** The answer of an operation. */
export function answerReply(answer: object): Answer {
  return answer instanceof Written ? reply(answer.json, "application/json") : jsonReply(answer);
}

/** A refusal (RFC 9457). */
export function problemReply(told: Problem, headers: Headers = {}): Answer {
  return reply(JSON.stringify(told), "application/problem+json", told.status, headers);
}
