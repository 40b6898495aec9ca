import type { IncomingMessage, ServerResponse } from "node:http";
import { EventStream } from "./event-stream.ts";
import type { Answer } from "./reply.ts";

/** How long is waited for the rest of a body that nobody reads, in ms: a caller that sends on all the same would miss the answer. */
const REST_MS = 500;

/** Sends an answer, and sees to what is left of the request. */
export function writeAnswer(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): void {
  const { status, headers, body } = answer;
  if (body instanceof EventStream) {
    outgoing.writeHead(status, headers as string[]);
    // Whoever asks for the headers alone gets them; the stream would never end.
    if (incoming.method !== "HEAD") void body.send(outgoing);
    else {
      body.drop();
      outgoing.end();
    }
  } else {
    const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
    outgoing.writeHead(status, [...headers, "content-length", String(length)]);
    outgoing.end(body);
  }
  if (!incoming.complete && hasBody(incoming)) outgoing.once("finish", () => endRest(incoming));
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** What comes is dropped; a caller that does not come to an end is cut off. */
function endRest(incoming: IncomingMessage): void {
  incoming.resume();
  const timer = setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroySoon();
  }, REST_MS);
  timer.unref();
}
