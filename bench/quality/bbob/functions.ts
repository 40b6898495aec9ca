// The 24 noiseless functions of N. Hansen, S. Finck, R. Ros, A. Auger, "Real-parameter black-box optimization benchmarking 2009:
// noiseless functions definitions", INRIA report RR-6829, without f_opt: each is 0 at its optimum.
import { gallagher } from "./gallagher.ts";
import { optimumOf, rotationOf } from "./instance.ts";
import { gaussians, uniforms } from "./legacy-random.ts";
import {
  minus,
  multiply,
  oscillate,
  oscillateOne,
  penalty,
  rastriginWaves,
  share,
  skew,
  square,
  stretch,
  sum,
  type Vector,
} from "./transforms.ts";

type Maker = (seed: number, dimension: number) => (x: Vector) => number;

const TURN = 1_000_000;
const first = (seed: number, dimension: number) => rotationOf(seed + TURN, dimension);
const second = rotationOf;

const ellipsoid = (z: Vector) => sum(z.map((value, i) => 10 ** (6 * share(i, z)) * square(value)));
const squares = (z: Vector) => sum(z.map(square));
const pairs = (z: Vector, of: (a: number, b: number) => number) =>
  sum(Array.from(z.subarray(1), (next, i) => of(z[i]!, next)));
const rosenbrock = (a: number, b: number) => 100 * square(square(a) - b) + square(a - 1);
const rosenbrockScale = (dimension: number) => Math.max(1, Math.sqrt(dimension) / 8);

/** A function of x - x_opt. */
const shifted =
  (of: (z: Vector) => number): Maker =>
  (seed, dimension) => {
    const optimum = optimumOf(seed, dimension);
    return (x) => of(minus(x, optimum));
  };

/** A function of R (x - x_opt). */
const rotated =
  (of: (z: Vector) => number, optimumSeed = (seed: number) => seed): Maker =>
  (seed, dimension) => {
    const optimum = optimumOf(optimumSeed(seed), dimension);
    const rotation = first(seed, dimension);
    return (x) => of(multiply(rotation, minus(x, optimum)));
  };

const buecheRastrigin: Maker = (seed, dimension) => {
  const optimum = optimumOf(seed, dimension).map((value, i) => (i % 2 === 0 ? Math.abs(value) : value));
  return (x) => {
    const z = oscillate(minus(x, optimum)).map(
      (value, i, all) => value * 10 ** (0.5 * share(i, all)) * (value > 0 && i % 2 === 0 ? 10 : 1),
    );
    return rastriginWaves(z) + squares(z) + 100 * penalty(x);
  };
};

const linearSlope: Maker = (seed, dimension) => {
  const slope = optimumOf(seed, dimension).map((value, i, all) => (value < 0 ? -1 : 1) * 10 ** share(i, all));
  return (x) => sum(slope.map((s, i) => 5 * Math.abs(s) - s * (x[i]! * Math.sign(s) < 5 ? x[i]! : 5 * Math.sign(s))));
};

const attractiveSector: Maker = (seed, dimension) => {
  const optimum = optimumOf(seed, dimension);
  const [r, q] = [second(seed, dimension), first(seed, dimension)];
  return (x) => {
    const z = multiply(q, stretch(10, multiply(r, minus(x, optimum))));
    return oscillateOne(sum(z.map((value, i) => square(value * optimum[i]! > 0 ? 100 * value : value)))) ** 0.9;
  };
};

const stepEllipsoid: Maker = (seed, dimension) => {
  const optimum = optimumOf(seed, dimension);
  const [r, q] = [second(seed, dimension), first(seed, dimension)];
  return (x) => {
    const hat = stretch(10, multiply(r, minus(x, optimum)));
    const steps = hat.map((v) => (Math.abs(v) > 0.5 ? Math.floor(0.5 + v) : Math.floor(0.5 + 10 * v) / 10));
    const z = multiply(q, steps);
    const value = sum(z.map((v, i) => 10 ** (2 * share(i, z)) * square(v)));
    return 0.1 * Math.max(Math.abs(hat[0]!) / 1e4, value) + penalty(x);
  };
};

const plainRosenbrock: Maker = (seed, dimension) => {
  const optimum = optimumOf(seed, dimension).map((value) => 0.75 * value);
  const scale = rosenbrockScale(dimension);
  return (x) =>
    pairs(
      minus(x, optimum).map((value) => scale * value + 1),
      rosenbrock,
    );
};

const rosenbrockFrame =
  (of: (z: Vector) => number): Maker =>
  (seed, dimension) => {
    const rotation = second(seed, dimension);
    const scale = rosenbrockScale(dimension);
    return (x) => of(multiply(rotation, x).map((value) => scale * value + 0.5));
  };

const griewankRosenbrock = (z: Vector) => {
  const waves = (a: number, b: number) => rosenbrock(a, b) / 4000 - Math.cos(rosenbrock(a, b));
  return (10 * pairs(z, waves)) / (z.length - 1) + 10;
};

const bentCigar: Maker = (seed, dimension) => {
  const optimum = optimumOf(seed + TURN, dimension);
  const r = first(seed, dimension);
  return (x) => {
    const z = multiply(r, skew(0.5, multiply(r, minus(x, optimum))));
    return square(z[0]!) + 1e6 * squares(z.subarray(1));
  };
};

/** z = Q Λ^α R (x - x_opt). */
const twice =
  (alpha: number, of: (z: Vector) => number, outside: number): Maker =>
  (seed, dimension) => {
    const optimum = optimumOf(seed, dimension);
    const [r, q] = [second(seed, dimension), first(seed, dimension)];
    return (x) => of(multiply(q, stretch(alpha, multiply(r, minus(x, optimum))))) + outside * penalty(x);
  };

const rotatedRastrigin: Maker = (seed, dimension) => {
  const optimum = optimumOf(seed, dimension);
  const [r, q] = [first(seed, dimension), second(seed, dimension)];
  return (x) => {
    const bent = skew(0.2, oscillate(multiply(r, minus(x, optimum))));
    const z = multiply(r, stretch(10, multiply(q, bent)));
    return rastriginWaves(z) + squares(z);
  };
};

const weierstrassSeries = (x: number) =>
  sum(Array.from({ length: 12 }, (_, k) => 0.5 ** k * Math.cos(2 * Math.PI * 3 ** k * (x + 0.5))));

const weierstrass: Maker = (seed, dimension) => {
  const optimum = optimumOf(seed, dimension);
  const [r, q] = [first(seed, dimension), second(seed, dimension)];
  const lowest = weierstrassSeries(0);
  return (x) => {
    const bent = oscillate(multiply(r, minus(x, optimum)));
    const z = multiply(r, stretch(0.01, multiply(q, bent)));
    const mean = sum(z.map(weierstrassSeries)) / dimension;
    return 10 * (mean - lowest) ** 3 + (10 / dimension) * penalty(x);
  };
};

const schaffers =
  (alpha: number): Maker =>
  (seed, dimension) => {
    const optimum = optimumOf(seed, dimension);
    const [r, q] = [first(seed, dimension), second(seed, dimension)];
    const one = (a: number, b: number) => {
      const s = Math.sqrt(square(a) + square(b));
      return Math.sqrt(s) * (1 + square(Math.sin(50 * s ** 0.2)));
    };
    return (x) => {
      const z = stretch(alpha, multiply(q, skew(0.5, multiply(r, minus(x, optimum)))));
      return square(pairs(z, one) / (dimension - 1)) + 10 * penalty(x);
    };
  };

const SCHWEFEL = 4.2096874637;

const schwefel: Maker = (seed, dimension) => {
  const signs = uniforms(dimension, seed).map((u) => (u < 0.5 ? -1 : 1));
  return (x) => {
    const mirrored = x.map((value, i) => 2 * signs[i]! * value);
    const hat = mirrored.map((value, i) => (i === 0 ? value : value + 0.25 * (mirrored[i - 1]! - SCHWEFEL)));
    const z = stretch(
      10,
      hat.map((value) => value - SCHWEFEL),
    ).map((value) => 100 * (value + SCHWEFEL));
    const waves = sum(z.map((value) => value * Math.sin(Math.sqrt(Math.abs(value)))));
    return 4.189828872724339 - waves / (100 * dimension) + 100 * penalty(z.map((value) => value / 100));
  };
};

const katsuura = (z: Vector) => {
  const d = z.length;
  const roughness = (v: number) =>
    sum(Array.from({ length: 32 }, (_, k) => Math.abs(2 ** (k + 1) * v - Math.round(2 ** (k + 1) * v)) / 2 ** (k + 1)));
  const product = z.reduce((all, v, i) => all * (1 + (i + 1) * roughness(v)) ** (10 / d ** 1.2), 1);
  return (10 / d / d) * (product - 1);
};

const lunacek: Maker = (seed, dimension) => {
  const signs = gaussians(dimension, seed).map((value) => (value < 0 ? -1 : 1));
  const [r, q] = [second(seed, dimension), first(seed, dimension)];
  const s = 1 - 0.5 / (Math.sqrt(dimension + 20) - 4.1);
  const center = 2.5;
  const other = -Math.sqrt((square(center) - 1) / s);
  return (x) => {
    const hat = x.map((value, i) => 2 * signs[i]! * value);
    const near = sum(hat.map((value) => square(value - center)));
    const far = dimension + s * sum(hat.map((value) => square(value - other)));
    const z = multiply(
      q,
      stretch(
        100,
        multiply(
          r,
          hat.map((value) => value - center),
        ),
      ),
    );
    return Math.min(near, far) + rastriginWaves(z) + 1e4 * penalty(x);
  };
};

const ridge = (z: Vector) => square(z[0]!) + 100 * Math.sqrt(squares(z.subarray(1)));
const powers = (z: Vector) => Math.sqrt(sum(z.map((v, i) => Math.abs(v) ** (2 + 4 * share(i, z)))));
const discus = (z: Vector) => 1e6 * square(z[0]!) + squares(z.subarray(1));
const rastrigin = (z: Vector) => rastriginWaves(z) + squares(z);

/** f1 to f24 in their order. */
export const BBOB_FUNCTIONS: readonly Maker[] = [
  shifted(squares),
  shifted((z) => ellipsoid(oscillate(z))),
  shifted((z) => rastrigin(stretch(10, skew(0.2, oscillate(z))))),
  buecheRastrigin,
  linearSlope,
  attractiveSector,
  stepEllipsoid,
  plainRosenbrock,
  rosenbrockFrame((z) => pairs(z, rosenbrock)),
  rotated((z) => ellipsoid(oscillate(z))),
  rotated((z) => discus(oscillate(z))),
  bentCigar,
  twice(10, ridge, 0),
  rotated(powers),
  rotatedRastrigin,
  weierstrass,
  schaffers(10),
  schaffers(1000),
  rosenbrockFrame(griewankRosenbrock),
  schwefel,
  (seed, dimension) => gallagher({ count: 101, spread: 10, condition: Math.sqrt(1000) }, seed, dimension),
  (seed, dimension) => gallagher({ count: 21, spread: 9.8, condition: 1000 }, seed, dimension),
  twice(100, katsuura, 1),
  lunacek,
];
