import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { lacksRoom } from "../../storage/lacks-room.ts";
import { GUARDIAN, LAUNCHER_OF } from "./helper-mark.ts";
import { requireDescriptors } from "./require-descriptors.ts";

const SHELL = "/bin/sh";

/**
 * Begins with the run's id, the launcher's process, its control group and the groups to guard as arguments (a guardian that replaces another
 * must know them at once), then is told `wake PID`, `box FOLDER`, `add PGID` and `del PGID` over its standard input. When that ends without
 * `end`, the tuner is gone: the launcher is woken, lest it stand still for ever, every group left is killed, and on Linux all that is in the
 * control group and every process with the run's id in its environment, until five looks in a row find none. The looks also catch a program
 * whose group was not told yet, one that left its group, and a launcher that is stopped again: it is woken at each look, and killed when it
 * is still there after twenty.
 */
const SCRIPT = `
trap '' INT TERM HUP QUIT PIPE TSTP TTIN TTOU USR1 USR2 ALRM
cd /
run=$1
wake=$2
box=$3
shift 3
live=" $* "
while read -r op id; do
  case $op in
    add) live="$live$id " ;;
    del) case $live in *" $id "*) live="\${live%% $id *} \${live#* $id }" ;; esac ;;
    wake) wake=$id ;;
    box) box=$id ;;
    end) exit 0 ;;
  esac
done
[ -n "$wake" ] && kill -s CONT "$wake"
for group in $live; do kill -s KILL -- "-$group"; done
[ -r /proc/self/environ ] || exit 0
empty_box() {
  for file in "$box"/cgroup.procs "$box"/*/cgroup.procs; do
    [ -r "$file" ] || continue
    # 0 stands for a process that cannot be seen from here, and would be the guardian's own group.
    while read -r pid; do [ "$pid" -gt 0 ] && kill -s KILL "$pid" && none=0; done < "$file"
  done
  rmdir "$box"/* "$box"
}
launcher_left() {
  [ -n "$wake" ] && grep -q -s -F -- "${LAUNCHER_OF}=\${run%-*}" "/proc/$wake/environ"
}
none=0
looks=0
while [ "$none" -lt 5 ] && [ "$looks" -lt 400 ]; do
  none=$((none + 1))
  looks=$((looks + 1))
  if launcher_left; then
    none=0
    kill -s CONT "$wake"
    [ "$looks" -gt 20 ] && kill -s KILL "$wake"
  fi
  [ -d "$box" ] && empty_box 2> /dev/null
  for file in $(grep -l -s -F -- "$run" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    kill -s KILL "\${pid%/environ}" && none=0
  done
  sleep 0.05 || sleep 1
done
`;

/** More restarts than this mean that something keeps killing it, or that there is no `sh`. */
const MAX_STARTS = 10;

/**
 * One small `sh` process for the tuner, in a session of its own, that ends every training process when the tuner dies
 * however it dies. Not reached by Ctrl-C or by a signal to the tuner's group; holds no terminal and no pipe of the user.
 */
export class Guardian {
  /** What every process of this tuner has in its environment. */
  readonly runId: string;
  readonly #onStart: (pid: number) => void;
  readonly #live = new Set<number>();
  #wake: number | null = null;
  #box: string | null = null;
  #process: ChildProcess | null = null;
  #starts = 0;
  #ended = false;

  /** `runId`: in the environment of every process of this tuner, and nowhere else. `onStart`: told the id of each guardian's process. */
  constructor(runId: string, onStart: (pid: number) => void = () => undefined) {
    this.runId = runId;
    this.#onStart = onStart;
  }

  /** Id of the running guardian, or null. */
  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Must be called before a program starts, so that nothing runs unguarded. Throws when the system has no room for a process. */
  start(): void {
    if (this.#process !== null || this.#ended || this.#starts >= MAX_STARTS) return;
    requireDescriptors();
    this.#starts++;
    const words = [GUARDIAN, this.runId, String(this.#wake ?? ""), this.#box ?? "", ...[...this.#live].map(String)];
    const child = spawn(SHELL, ["-c", SCRIPT, ...words], {
      detached: true,
      cwd: "/",
      // Nothing of the user's environment: not the marker of a tuner this one runs in, which would end the guardian too early.
      env: { PATH: `/usr/bin:/bin:${process.env.PATH ?? ""}` },
      stdio: ["pipe", "ignore", "ignore"],
    });
    if (child.pid === undefined && existsSync(SHELL)) {
      this.#starts -= 1;
      child.once("error", () => {});
      throw Object.assign(new Error("The process that guards the programs could not be started."), { code: "EAGAIN" });
    }
    this.#process = child;
    const gone = (): void => {
      if (this.#process !== child) return;
      this.#process = null;
      this.#startAgain();
    };
    child.once("exit", gone);
    child.once("error", gone);
    // A guardian that died breaks the pipe; its exit starts the next one.
    child.stdin?.on("error", gone);
    child.unref();
    const input = child.stdin as { unref?: () => void } | null;
    input?.unref?.();
    if (child.pid !== undefined) this.#onStart(child.pid);
  }

  /** Without room for it now, it is started with the next program. */
  #startAgain(): void {
    try {
      this.start();
    } catch (error) {
      if (lacksRoom(error) === null) throw error;
    }
  }

  /** The launcher's process, which does not outlive the tuner though it was stopped. */
  wakes(pid: number): void {
    this.#wake = pid;
    this.#tell(`wake ${pid}\n`);
  }

  /** A control group to end, with all below it, when the tuner dies; null for none. */
  endsToo(controlGroup: string | null): void {
    this.#box = controlGroup;
    this.#tell(`box ${controlGroup ?? ""}\n`);
  }

  /** A process group to end when the tuner dies. */
  add(group: number): void {
    this.#live.add(group);
    this.#tell(`add ${group}\n`);
  }

  /** That group is gone. */
  remove(group: number): void {
    if (!this.#live.delete(group)) return;
    this.#starts = 1;
    this.#tell(`del ${group}\n`);
  }

  /** Lets the guardian go: to be called when no program of this tuner is left. */
  end(): void {
    this.#tell("end\n");
    this.abandon();
  }

  /** Lets the guardian see what it would see if this process died. */
  abandon(): void {
    this.#ended = true;
    this.#process?.stdin?.end();
    // One that stands still would never see it.
    this.#process?.kill("SIGCONT");
    this.#process = null;
  }

  #tell(text: string): void {
    this.#process?.stdin?.write(text);
  }
}
