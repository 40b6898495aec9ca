import { parentPort } from "node:worker_threads";
import { AttuneError } from "../../errors.ts";
import { serveRequests } from "./sqlite-server.ts";
import type { ThreadRequest } from "./thread-messages.ts";

const port = parentPort;
if (port === null)
  throw new AttuneError("internal", "sqlite-thread is a worker thread's file; open the storage instead.");
const take = serveRequests((reply) => port.postMessage(reply));
port.on("message", async (request: ThreadRequest) => {
  await take(request);
  if (request.method === "close") port.close();
});
