import { parentPort } from "node:worker_threads";
import { AttuneError } from "../../errors.ts";
import { MessageGroup, type Together } from "./message-group.ts";
import { serveRequests } from "./sqlite-server.ts";
import { packError, type ThreadReply, type ThreadRequest } from "./thread-messages.ts";

const port = parentPort;
if (port === null)
  throw new AttuneError("internal", "sqlite-thread is a worker thread's file; open the storage instead.");
// An answer that cannot be sent is a refusal.
const refuse = (reply: ThreadReply, error: unknown): void => {
  if ("id" in reply) port.postMessage({ id: reply.id, error: packError(error) });
};
const replies = new MessageGroup<ThreadReply>((together) => port.postMessage(together), refuse);
const take = serveRequests((reply) => replies.add(reply));

async function takeOne(request: ThreadRequest): Promise<void> {
  await take(request);
  if (request.method === "close") port?.close();
}

port.on("message", (together: Together<ThreadRequest>) => {
  for (const request of MessageGroup.apart(together)) void takeOne(request);
});
