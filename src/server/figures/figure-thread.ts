import { parentPort } from "node:worker_threads";
import { AttuneError } from "../../errors.ts";
import { FigureMaker } from "./figure-maker.ts";
import type { FigureReply, FigureWork } from "./figure-messages.ts";

function serve(): void {
  const port = parentPort;
  if (port === null)
    throw new AttuneError("internal", "figure-thread is a worker thread's file; ask for a figure instead.");
  const maker = new FigureMaker();
  const answer = (reply: FigureReply, bytes?: Uint8Array<ArrayBuffer>): void =>
    port.postMessage(reply, bytes === undefined ? [] : [bytes.buffer]);
  port.on("message", async (work: FigureWork) => {
    if (work.type === "take") maker.take(work.study, work.sent);
    else if (work.type === "learn") maker.learn(work.study, work.events);
    else if (work.type === "forget") maker.forget(work.study);
    else
      try {
        const json = await maker.make(work.asked);
        answer({ id: work.id, json }, json);
      } catch (error) {
        if (!(error instanceof AttuneError)) throw error;
        const { code, message, data } = error;
        answer({ id: work.id, error: { code, message, data } });
      }
  });
}

serve();
