import type { IncomingMessage } from "node:http";
import { loopTurn } from "../../executor/loop-turn.ts";
import { problem } from "./problem.ts";
import { Refusal } from "./refusal.ts";

/**
 * A body as text; null as soon as it is known to be longer than `most` bytes.
 *
 * @throws Refusal where the caller goes before the end of it.
 */
export async function readBody(incoming: IncomingMessage, most: number): Promise<string | null> {
  const length = Number(incoming.headers["content-length"] ?? 0);
  if (length > most) return null;
  // The parser goes on to what came with the headers once these were told, before the loop turns: most bodies are whole then.
  await loopTurn();
  if (!incoming.complete) return await gathered(incoming, most);
  if (incoming.readableLength > most) return null;
  const whole = incoming.read() as Buffer | null;
  if ((whole?.length ?? 0) < length) throw cutOff();
  return whole === null ? "" : whole.toString("utf8");
}

async function gathered(incoming: IncomingMessage, most: number): Promise<string | null> {
  if (incoming.destroyed) throw cutOff();
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  const parts: Buffer[] = [];
  let bytes = 0;
  const take = (part: Buffer): void => {
    bytes += part.length;
    parts.push(part);
    if (bytes > most) resolve(null);
  };
  const gone = (): void => reject(cutOff());
  incoming.on("data", take);
  incoming.once("end", () => resolve(Buffer.concat(parts).toString("utf8")));
  incoming.once("error", gone);
  incoming.once("close", gone);
  try {
    return await promise;
  } finally {
    incoming.off("data", take).off("error", gone).off("close", gone);
    parts.length = 0;
  }
}

/** Told to nobody as a rule, but counted as what it is: no fault of the server. */
function cutOff(): Refusal {
  return new Refusal(problem(400, "invalid-argument", "The caller went before its request was whole."));
}
