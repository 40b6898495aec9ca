import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import type { AttuneError } from "../errors.ts";
import { readProcess } from "./command/proc.ts";
import { SecretRedactor } from "./command/secret-redactor.ts";
import { LineProgram } from "./line-program.ts";

const begun: LineProgram[] = [];
afterEach(() => {
  for (const program of begun.splice(0)) program.kill();
});

/** A program under way: what it says, and its end. */
function start(shell: string, command: readonly [string, ...string[]] = ["sh", "-c", shell]) {
  const lines: string[] = [];
  const said = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<AttuneError>();
  let ends = 0;
  const program = new LineProgram(command, new SecretRedactor({ A_TOKEN: "t0ken-of-this-test" }), {
    line: (line) => {
      lines.push(line);
      said.resolve(line);
    },
    ended: (error) => {
      ends += 1;
      ended.resolve(error);
    },
  });
  begun.push(program);
  return { program, lines, said: said.promise, ended: ended.promise, ends: () => ends };
}

const processes = (): number => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;
const pipes = (): number => process.getActiveResourcesInfo().filter((name) => name === "PipeWrap").length;

describe("a program that is spoken to in lines", () => {
  it("gets what is written to it, and its lines are told", async () => {
    const { program, lines, ended } = start('while read -r line; do echo "got $line"; echo; done; echo over');
    program.write("one");
    program.write("two three");
    await program.close();
    expect(lines).toEqual(["got one", "got two three", "over"]);
    expect(await ended).toMatchObject({
      code: "user-code",
      message: 'The program "sh" ended with code 0. It wrote nothing to standard error.',
    });
    program.write("nobody reads this");
    await program.close();
  });

  it("ends once, with its last words", async () => {
    const { program, ended, ends } = start("echo first >&2; echo 'it broke' >&2; exit 3");
    expect((await ended).message).toBe('The program "sh" ended with code 3. Its last words:\nfirst\nit broke');
    await program.close();
    expect(ends()).toBe(1);
    const killed = start("kill -KILL $$");
    expect((await killed.ended).message).toContain('"sh" was ended by SIGKILL.');
  });

  it("has secrets taken out of its last words, also of a line that comes in pieces or never ends", async () => {
    const { ended } = start("printf 'with t0ken-of' >&2; sleep 0.05; printf -- '-this-test' >&2; exit 3");
    expect((await ended).message).toBe('The program "sh" ended with code 3. Its last words:\nwith [redacted]');
  });

  it("is told of where it cannot be started", async () => {
    const { program, ended } = start("", ["/no/such/program", "--loud"]);
    expect((await ended).message).toMatch(
      /^The program "\/no\/such\/program" could not be started: .*ENOENT.* It wrote/,
    );
    program.write("nobody reads this");
    await program.close();
  });

  it("does not get this process's options for Node", async () => {
    process.env.NODE_OPTIONS = "--no-deprecation";
    try {
      const { said } = start('echo "options:$NODE_OPTIONS path:$PATH"');
      expect(await said).toBe(`options: path:${process.env.PATH}`);
    } finally {
      delete process.env.NODE_OPTIONS;
    }
  });

  it("keeps this process alive only while it is waited for", async () => {
    const before = [processes(), pipes()];
    const { program } = start("exec sleep 1000");
    expect([processes(), pipes()]).toEqual(before);
    program.hold();
    expect([processes(), pipes()]).toEqual([before[0]! + 1, before[1]! + 3]);
    program.release();
    expect([processes(), pipes()]).toEqual(before);
  });

  it("ends with a sentence where what it says cannot be taken", async () => {
    const ended = Promise.withResolvers<AttuneError>();
    const program = new LineProgram(["sh", "-c", "echo wrong; sleep 1000"], new SecretRedactor({}), {
      line: (line) => {
        throw new Error(`said ${line}`);
      },
      ended: ended.resolve,
    });
    program.hold();
    expect((await ended.promise).message).toBe('The program "sh" said wrong. It wrote nothing to standard error.');
  });
});

describe.runIf(process.platform === "linux")("the group of a program that is spoken to in lines", () => {
  const runs = (pid: string): boolean => readProcess(Number(pid), "cmdline")?.toString().startsWith("sleep\0") ?? false;
  const gone = async (pid: string): Promise<void> => {
    while (runs(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it("ends at once with it", async () => {
    const { program, said, ended } = start("sleep 1000 & echo $!; wait");
    const child = await said;
    // Its number is told before it is what it is to be.
    while (!runs(child)) await new Promise((resolve) => setTimeout(resolve, 5));
    program.hold();
    program.kill();
    await gone(child);
    expect((await ended).message).toContain("was ended by SIGKILL");
  });

  it("is asked to end two seconds after its input has ended, and ended after two more", async () => {
    const asked = start("trap 'echo asked; exit 0' TERM; echo begun; sleep 1000 & wait; wait");
    const deaf = start("trap '' TERM; sleep 1000 & echo $!; while :; do wait; done");
    const child = await deaf.said;
    await asked.said;
    const begin = performance.now();
    const over = [asked, deaf].map(async ({ program }) => {
      await program.close();
      return performance.now() - begin;
    });
    const [first, second] = await Promise.all(over);
    expect(asked.lines).toEqual(["begun", "asked"]);
    expect(first).toBeGreaterThanOrEqual(1_990);
    expect((await deaf.ended).message).toContain("was ended by SIGKILL");
    expect(second).toBeGreaterThanOrEqual(3_990);
    await gone(child);
  });

  it("leaves no timer behind once it has ended by itself", async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const { program, ended } = start("cat");
    await Promise.all([
      program.close(),
      once(process, "nothing", { signal: AbortSignal.timeout(1) }).catch(() => null),
    ]);
    await ended;
    expect(timers()).toBe(before);
  });
});
