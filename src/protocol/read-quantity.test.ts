import { describe, expect, it } from "vitest";
import { readQuantity } from "./read-quantity.ts";

describe("readQuantity", () => {
  it.each([
    ["115 ms", 0.115, "s"],
    ["12.3ms", 0.0123, "s"],
    ["250us", 250e-6, "s"],
    ["250 µs", 250e-6, "s"],
    ["2.5μs", 2.5e-6, "s"],
    ["7 ns", 7e-9, "s"],
    ["-1.5 s", -1.5, "s"],
    ["3 min", 180, "s"],
    ["2h", 7200, "s"],
    ["1.5 seconds", 1.5, "s"],
    ["3 Minutes", 180, "s"],
    ["12 msec", 0.012, "s"],
    ["2 days", 172_800, "s"],
    ["0m2.814s", 2.814, "s"],
    ["3m12s", 192, "s"],
    ["1h02m", 3720, "s"],
    ["1h0m0.5s", 3600.5, "s"],
    ["3 min 12 s", 192, "s"],
    ["1 hour and 5 minutes", 3900, "s"],
    ["1 day, 2 hours", 93_600, "s"],
    ["1m30s elapsed", 90, "s"],
    ["3.2 MiB", 3.2 * 1_048_576, "B"],
    ["3.2MB", 3_200_000, "B"],
    ["512 B", 512, "B"],
    ["1 KiB", 1024, "B"],
    ["1 kB", 1000, "B"],
    ["1 KB", 1000, "B"],
    ["2 GiB", 2_147_483_648, "B"],
    ["10 bytes", 10, "B"],
    ["12 ms/step", 0.012, "s/step"],
    ["350 MB/s", 350e6, "B/s"],
    ["1.5s/it", 1.5, "s/it"],
    ["115\u00a0ms", 0.115, "s"],
    ["0.5 s, loss 3", 0.5, "s"],
    ["0.5 s | 3", 0.5, "s"],
  ])("%j is %d %s", (text, value, unit) => {
    const read = readQuantity(text, 0);
    expect(read).toMatchObject({ unit });
    expect((read as { value: number }).value).toBeCloseTo(value, 12);
  });

  it.each(["3 m", "3.2M", "5 k", "5K", "2 G", "10 Mb", "10 mb", "4 kb", "7Gi"])("%j may mean several", (text) => {
    expect(readQuantity(text, 0)).toMatchObject({ fault: { text, sure: true } });
  });

  it.each([
    "0.31",
    "0.31 min: 0.2",
    "0.5 s 0.7",
    "3 h = 2",
    "0.5 m: 3",
    "5 it/s",
    "27 tokens/s",
    "0.5dB",
    "31 %",
    "x 3 s",
    "3 S",
    "1s2h",
  ])("%j has no unit of these", (text) => {
    expect(readQuantity(text, 0)).toBeNull();
  });
});
