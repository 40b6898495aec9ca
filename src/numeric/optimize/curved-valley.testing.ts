/** Rosenbrock's function in any number of dimensions, least (0) where all are 1; writes its gradient. */
export function curvedValley(x: Float64Array, gradient: Float64Array): number {
  gradient.fill(0);
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [1 - x[i]!, x[i + 1]! - x[i]! * x[i]!];
    sum += a * a + 100 * b * b;
    gradient[i] = gradient[i]! - 2 * a - 400 * x[i]! * b;
    gradient[i + 1] = gradient[i + 1]! + 200 * b;
  }
  return sum;
}
