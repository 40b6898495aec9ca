import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { commandOf, descendantsOf } from "../../support/processes.ts";
import type { Fault } from "./fault.ts";

/** Opens a terminal, runs the words in it, reads nothing of it, and ends as they end, by a signal too. */
const UNREAD = `import os, pty, signal, sys
pid, _ = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
if code < 0:
  if code != -signal.SIGKILL: signal.signal(-code, signal.SIG_DFL)
  os.kill(os.getpid(), -code)
sys.exit(code)`;
const hasPython = spawnSync("python3", ["--version"]).status === 0;

export const TERMINALS: readonly Fault[] = [
  {
    kind: "terminal that is not read",
    lacks: () => (hasPython ? null : "python3 opens the terminal"),
    inject: async (leg) => {
      const before = ["python3", "-c", UNREAD];
      const tuner = leg.tune({ before, environment: { TERM: "xterm" } });
      tuner.deaf = true;
      tuner.unread = true;
      // A Ctrl-C would end Python as it starts, in which there is no Attune yet.
      tuner.opening = true;
      for (let own: number | undefined; tuner.pid === tuner.started.pid && tuner.ended === null; await sleep(20)) {
        // What is called python3 may start others before it is that.
        own = descendantsOf(tuner.started.pid).find((pid) => commandOf(pid).startsWith(process.execPath));
        tuner.pid = own ?? tuner.pid;
      }
      tuner.opening = false;
      return true;
    },
  },
  {
    kind: "pipe that is not read",
    inject: async (leg) => {
      const tuner = leg.one(leg.living());
      if (tuner === undefined) return false;
      const { stderr } = tuner.started.child;
      tuner.deaf = true;
      stderr?.pause();
      await leg.moment(2_000);
      stderr?.resume();
      tuner.deaf = false;
      return true;
    },
  },
];
