import { ownOutput } from "../../../server/stdio/own-output.ts";
import { watchParent } from "../../../server/stdio/parent-watch.ts";
import { LineServer } from "../../../server/stdio/serve-lines.ts";
import { StudyService } from "../../../server/study-service.ts";
import { openStorageToServe } from "../../../storage/registry.ts";
import type { CliContext } from "../../context.ts";
import { attuneVersion } from "../../version.ts";

/** Answers on standard input and output until the input ends, `shutdown` is asked for, or the process that started this one is gone. */
export async function serveStdio(location: string, { output }: CliContext): Promise<void> {
  const answers = ownOutput();
  // Whoever reads no more is no reason to end before all is written down.
  output.survive();
  const storage = await openStorageToServe(location);
  const service = new StudyService(storage);
  const setup = { service, version: attuneVersion(), storage: storage.location };
  const server = new LineServer({ ...setup, input: process.stdin, output: answers });
  const end = (): void => server.end();
  const unwatch = watchParent(end);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  try {
    await server.run();
  } finally {
    unwatch();
    await service.close();
    await storage.close();
    // A child of who started this process may hold the other end.
    process.stdin.destroy();
  }
}
