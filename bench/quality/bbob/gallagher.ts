import { rotationOf } from "./instance.ts";
import { uniforms } from "./legacy-random.ts";
import { minus, multiply, oscillateOne, penalty, square, sum, type Vector } from "./transforms.ts";

interface Peaks {
  readonly count: number;
  /** Peaks lie in [-spread / 2, spread / 2]^d. */
  readonly spread: number;
  /** Condition of the highest peak. */
  readonly condition: number;
}

/** Places of the numbers in ascending order. */
function ranks(numbers: Vector): readonly number[] {
  return Array.from(numbers.keys()).sort((a, b) => numbers[a]! - numbers[b]!);
}

/** f21 and f22: Gallagher's Gaussian peaks, the highest first, in a rotated frame. */
export function gallagher({ count, spread, condition }: Peaks, seed: number, dimension: number): (x: Vector) => number {
  const rotation = rotationOf(seed, dimension);
  const order = ranks(uniforms(count - 1, seed));
  const places = uniforms(dimension * count, seed);
  const peaks = Array.from({ length: count }, (_, i) => {
    const height = i === 0 ? 10 : 1.1 + (8 * (i - 1)) / (count - 2);
    const own = i === 0 ? condition : 1000 ** (order[i - 1]! / (count - 2));
    const scales = Float64Array.from(
      ranks(uniforms(dimension, seed + 1000 * i)),
      (rank) => own ** (rank / (dimension - 1) - 0.5),
    );
    const shrink = i === 0 ? 0.8 : 1;
    const center = places.slice(i * dimension, (i + 1) * dimension).map((u) => shrink * (spread * u - spread / 2));
    return { height, scales, center: multiply(rotation, center) };
  });
  return (x) => {
    const turned = multiply(rotation, x);
    const heights = peaks.map(({ height, scales, center }) => {
      const distance = sum(minus(turned, center).map((delta, j) => scales[j]! * square(delta)));
      return height * Math.exp((-0.5 / dimension) * distance);
    });
    return square(oscillateOne(10 - Math.max(...heights))) + penalty(x);
  };
}
