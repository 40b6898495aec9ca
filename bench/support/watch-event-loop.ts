import { monitorEventLoopDelay } from "node:perf_hooks";

const TICK_MS = 5;

/** The longest time in ms that the event loop stood still while the work went on: as a timer of 5 ms saw it, and perf_hooks. */
export async function watchEventLoop(work: () => Promise<unknown>): Promise<{ timer: number; monitor: number }> {
  const monitor = monitorEventLoopDelay({ resolution: TICK_MS });
  let last = performance.now();
  let timer = 0;
  const ticking = setInterval(() => {
    const now = performance.now();
    timer = Math.max(timer, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  monitor.enable();
  await work();
  monitor.disable();
  clearInterval(ticking);
  // The last stretch may have ended with the work, before a timer could see it.
  return {
    timer: Math.max(timer, performance.now() - last - TICK_MS),
    monitor: Math.max(0, monitor.max / 1e6 - TICK_MS),
  };
}
