import { afterEach, describe, expect, it, vi } from "vitest";
import { listenForStop } from "./terminal.ts";

const ended: number[] = [];
const opened: { dispose: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.dispose();
  vi.useRealTimers();
  vi.restoreAllMocks();
  ended.length = 0;
});

/** Signals as the system hands them over, at moments of a clock that stands still between them. */
function listen(hasTerminal = true) {
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.spyOn(process, "exit").mockImplementation((code) => void ended.push(Number(code)) as never);
  const told: string[] = [];
  const signals = listenForStop(hasTerminal, (name, first) => told.push(`${name} ${first}`));
  opened.push(signals);
  const come = (name: NodeJS.Signals, after = 0): void => {
    vi.advanceTimersByTime(after);
    process.emit(name, name);
  };
  return { signals, told, come };
}

describe("signals that stop a run", () => {
  it("ask it to stop, then to end now, then end it as it stands, with the code of the first", () => {
    const { signals, told, come } = listen();
    expect(signals.exitCode()).toBeNull();
    come("SIGTERM");
    expect([signals.stop.aborted, signals.kill.aborted, signals.exitCode()]).toEqual([true, false, 143]);
    come("SIGINT", 250);
    expect([signals.kill.aborted, signals.exitCode(), ended]).toEqual([true, 143, []]);
    expect(told).toEqual(["SIGTERM true", "SIGINT false"]);
    come("SIGINT", 250);
    expect(ended).toEqual([143]);
  });

  it("are echoes of the first for a quarter of a second, whatever their name, however many there are", () => {
    const { signals, told, come } = listen();
    come("SIGINT");
    for (const name of ["SIGINT", "SIGHUP", "SIGTERM"] as const) come(name, 83);
    expect([told, signals.kill.aborted]).toEqual([["SIGINT true"], false]);
    // Echoes have none of their own.
    come("SIGINT", 1);
    expect([told.length, signals.kill.aborted]).toEqual([2, true]);
  });

  it("are not a hangup where no terminal is attached", () => {
    const { signals, told, come } = listen(false);
    come("SIGHUP");
    expect([told, signals.stop.aborted, signals.exitCode()]).toEqual([[], false, null]);
    come("SIGINT");
    expect([told, signals.exitCode()]).toEqual([["SIGINT true"], 130]);
  });

  it("are nothing to it any more once it is over", () => {
    const before = process.listenerCount("SIGTERM");
    const { signals } = listen();
    expect(process.listenerCount("SIGTERM")).toBe(before + 1);
    signals.dispose();
    expect(process.listenerCount("SIGTERM")).toBe(before);
  });
});
