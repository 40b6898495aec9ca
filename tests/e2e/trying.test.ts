import { describe, expect, it } from "vitest";
import { attune, folder } from "./attune.ts";

/** Reports by every way at once. */
const PROGRAM = `
for s in 1 2 3; do
  echo "step $s by_output=$s"
  echo "{\\"step\\": $s, \\"by_file\\": 1$s}" >> "$ATTUNE_REPORT_FILE"
done
echo '{"test": {"acc": 0.9}}' > results.json
echo "it took 7 s"
`;
const node = process.execPath;

describe("attune try", () => {
  const tried = (...options: string[]) =>
    attune(folder({ "program.sh": PROGRAM }), ["try", ...options, "--", "sh", "program.sh", "{x: 1..9}"]);

  it("shows what came by the file for reports without being asked", async () => {
    const { code, out } = await tried();
    expect(code).toBe(0);
    expect(out).toContain("metrics     by_file    13  (from ATTUNE_REPORT_FILE, reported 3 times)\n");
    expect(out).toContain("by_output  3  (line 3, reported 3 times: step 3 by_output=3)\n");
  });

  it.each([
    ["by_output", ["--value", "best"], "by_output  1  (line 3, reported 3 times: step 3 by_output=3)"],
    ["acc", ["--metric-file", "results.json", "--metric-path", "test.acc"], "acc        0.9  (from --metric-file)"],
    ["seconds", ["--metric-regex", "took ([0-9]+) s"], "seconds    7  (found in the output)"],
    ["answer", ["--metric-from", "last-number"], "answer     7  (the last number printed)"],
  ] as const)("finds %s by %j, and repeats the option for the run", async (metric, options, line) => {
    const { code, out, err } = await tried("--minimize", metric, ...options);
    expect(err).toBe("running…\n");
    expect(out).toContain(`${line}\n`);
    const [option, value] = [options[0], options[1]];
    const words = `${option} ${/^[\w.-]+$/.test(value) ? value : `'${value}'`}`;
    expect(out).toContain(`attune run --minimize ${metric} --trials 50 ${words}`);
    expect(code).toBe(0);
  });

  it("shows what came by HTTP", async () => {
    const post =
      "fetch(process.env.ATTUNE_REPORT_URL, { method: 'POST', body: JSON.stringify({ loss: 0.31, epoch: 4 }), " +
      "headers: { authorization: 'Bearer ' + process.env.ATTUNE_REPORT_TOKEN } })";
    const { code, out } = await attune(folder(), ["try", "--report-http", "--", node, "-e", post, "{x: 1..9}"]);
    expect(out).toContain("metrics     loss  0.31  (by HTTP)\n");
    expect(code).toBe(0);
  });

  it("says why a metric was not found", async () => {
    const { code, out } = await tried("--minimize", "acc", "--metric-file", "other.json");
    expect(code).toBe(1);
    expect(out).toContain("no metric `acc`");
    expect(out).toContain("other.json");
    expect(out).toContain("metrics     acc was not found");
    const nameless = await tried("--metric-file", "results.json");
    expect(nameless.code).toBe(2);
    expect(nameless.err).toContain("Say which metric that way brings: --minimize val_loss");
  });
});
