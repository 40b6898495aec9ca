/** Milliseconds of processor time that this thread spends on `work`: what else the machine does is not in it. */
function cpuMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Below this many ms a time says nothing about growth. */
const NOISE_MS = 30;
const TRIES = 8;

/** Where a size takes this many ms, it is told by it and its quarter how time grows. */
const ENOUGH_MS = 40;

/**
 * {@link growthOfFour} at the largest size up to `most` that a linear reader is through with at once: sizes double from 8,192 on, until one takes its
 * time.
 */
export function growthUpTo(work: (size: number) => void, most: number): number {
  let size = Math.min(most, 8192);
  while (size < most && cpuMs(() => work(size)) < ENOUGH_MS) size = Math.min(most, 2 * size);
  return growthOfFour(work, size / 4);
}

/**
 * How many times as long `work` takes on four times the size: 4 where it is linear, 16 where it is quadratic. The least of some tries;
 * 0 where it takes next to nothing.
 */
export function growthOfFour(work: (size: number) => void, size: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < TRIES && least > 7; k++) {
    const long = cpuMs(() => work(4 * size));
    if (long < NOISE_MS) return 0;
    least = Math.min(
      least,
      long /
        Math.max(
          0.1,
          cpuMs(() => work(size)),
        ),
    );
  }
  return least;
}
