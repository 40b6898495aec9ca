/**
 * Milliseconds of the hypervolume of points on a front, beside moocore's (C):
 *
 *     node bench/hypervolume.ts [--points 500] [--rounds 9]
 *
 * The points lie on a quarter of a sphere, all on the front. moocore is measured where `bench/setup-peers.sh objectives` has installed it, on the
 * same points; the two volumes must agree.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { hypervolume } from "../src/numeric/hypervolume/hypervolume.ts";
import { keyedStreams } from "../src/numeric/random/keyed-streams.ts";
import { plainly } from "./support/plainly.ts";
import { type Figure, report } from "./support/report.ts";
import { medianInterval } from "./support/statistics.ts";
import { wholeNumber } from "./support/whole-number.ts";

const PYTHON = path.join(import.meta.dirname, ".venv-objectives", "bin", "python");
/** Milliseconds wanted at most, by dimension. */
const MOST: Readonly<Record<number, number>> = { 3: 5, 5: 300 };
const AGREED = 1e-9;

interface Peer {
  readonly volume: number;
  readonly milliseconds: readonly number[];
}

function sphere(count: number, dimension: number): readonly (readonly number[])[] {
  const stream = keyedStreams(1, "hypervolume").stream(`${dimension}`);
  return Array.from({ length: count }, () => {
    const sides = Array.from({ length: dimension }, () => Math.abs(stream.normal()));
    const length = Math.sqrt(sides.reduce((sum, side) => sum + side * side, 0));
    return sides.map((side) => 1 - side / length);
  });
}

function byMoocore(points: readonly (readonly number[])[], reference: readonly number[], rounds: number): Peer | null {
  if (!existsSync(PYTHON)) return null;
  const script = path.join(import.meta.dirname, "peers", "hypervolume_moocore.py");
  const input = JSON.stringify({ points, reference, rounds });
  const { stdout } = spawnSync(PYTHON, [script], { input, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] });
  return JSON.parse(stdout) as Peer;
}

function figuresOf(dimension: number, count: number, rounds: number): readonly Figure[] {
  const points = sphere(count, dimension);
  const reference = new Array<number>(dimension).fill(1.1);
  const volume = hypervolume(points, reference);
  const milliseconds = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    hypervolume(points, reference);
    return performance.now() - begin;
  });
  const name = `${count} points, ${dimension} objectives`;
  const most = count === 500 ? MOST[dimension] : undefined;
  const figure = (who: string, measured: readonly number[]): Figure => {
    const { middle, low, high } = medianInterval(measured);
    return { name: `${name}, ${who}`, value: middle, low, high, unit: "ms" };
  };
  const own: Figure = { ...figure("Attune", milliseconds), ...(most === undefined ? {} : { wanted: { most } }) };
  const peer = byMoocore(points, reference, rounds);
  if (peer === null) return [own];
  if (Math.abs(peer.volume - volume) > AGREED * volume)
    throw new Error(`the volume is ${volume}, moocore says ${peer.volume}`);
  return [own, figure("moocore", peer.milliseconds)];
}

await plainly(() => {
  const { values } = parseArgs({
    options: { points: { type: "string", default: "500" }, rounds: { type: "string", default: "9" } },
  });
  const points = wholeNumber("points", values.points, 1);
  const rounds = wholeNumber("rounds", values.rounds, 1);
  report(
    "hypervolume",
    tmpdir(),
    [2, 3, 4, 5].flatMap((dimension) => figuresOf(dimension, points, rounds)),
  );
});
