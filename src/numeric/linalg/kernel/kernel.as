// AssemblyScript. Compiled by scripts/build-kernel.mjs into ../kernel-wasm.ts. Longer than a file should be: it is one numeric kernel.
// All numbers are f64; pointers are bytes, 16-byte aligned; leading dimensions (elements) are even, so that every row is aligned.
// Matrices are row-major. Every entry's sum has one order that depends on its place only, never on how the work was tiled:
// rows added later to a factor have the same bits as if they had been there from the start.

const BLOCK: i32 = 16;

@inline function cell(p: usize, ld: i32, i: i32, j: i32): usize {
  return p + ((<usize>(i * ld + j)) << 3);
}

@inline function sum2(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** exp of both lanes, for -700 <= x <= 700 (smaller ones count as -700): Taylor of degree 13 on |r| <= ln(2)/2. */
@inline function expPair(x: v128): v128 {
  x = f64x2.max(x, f64x2.splat(-700.0));
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  let p = f64x2.splat(1.6059043836821613e-10);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.08767569878681e-9));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.505210838544172e-8));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.755731922398589e-7));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.7557319223985893e-6));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.48015873015873e-5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.984126984126984e-4));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.388888888888889e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(8.333333333333333e-3));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(4.1666666666666664e-2));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.6666666666666666e-1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.mul(f64x2.mul(p, r), r), r);
  p = f64x2.add(p, f64x2.splat(1.0));
  // Adding 1.5 * 2^52 leaves k in the low bits; shifted into the exponent they are 2^k.
  const bits = f64x2.add(k, f64x2.splat(6755399441055744.0));
  const power = i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52);
  return f64x2.mul(p, power);
}

export function exp(x: f64): f64 {
  return f64x2.extract_lane(expPair(f64x2.splat(x)), 0);
}

export function log(x: f64): f64 {
  return NativeMath.log(x);
}

/** B[i, j] -= sum over k in [k0, k1) of B'[i, k] * A[j, k], for i in [i0, i1), j in [j0, j1); k0 even; an odd k1 reads one pad. */
function subtractProducts(
  c: usize, ldc: i32, b: usize, ldb: i32, i0: i32, i1: i32, a: usize, lda: i32, j0: i32, j1: i32, k0: i32, k1: i32,
): void {
  if (k0 >= k1) return;
  let i = i0;
  for (; i + 4 <= i1; i += 4) {
    let j = j0;
    for (; j + 2 <= j1; j += 2) {
      let s00 = f64x2.splat(0), s01 = f64x2.splat(0), s10 = f64x2.splat(0), s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0), s21 = f64x2.splat(0), s30 = f64x2.splat(0), s31 = f64x2.splat(0);
      let pb = cell(b, ldb, i, k0);
      let pa = cell(a, lda, j, k0);
      const rb = <usize>ldb << 3;
      const ra = <usize>lda << 3;
      const end = cell(a, lda, j, k1);
      for (; pa < end; pa += 16, pb += 16) {
        const a0 = v128.load(pa);
        const a1 = v128.load(pa + ra);
        let x = v128.load(pb);
        s00 = f64x2.add(s00, f64x2.mul(x, a0));
        s01 = f64x2.add(s01, f64x2.mul(x, a1));
        x = v128.load(pb + rb);
        s10 = f64x2.add(s10, f64x2.mul(x, a0));
        s11 = f64x2.add(s11, f64x2.mul(x, a1));
        x = v128.load(pb + 2 * rb);
        s20 = f64x2.add(s20, f64x2.mul(x, a0));
        s21 = f64x2.add(s21, f64x2.mul(x, a1));
        x = v128.load(pb + 3 * rb);
        s30 = f64x2.add(s30, f64x2.mul(x, a0));
        s31 = f64x2.add(s31, f64x2.mul(x, a1));
      }
      subtractPair(cell(c, ldc, i, j), s00, s01);
      subtractPair(cell(c, ldc, i + 1, j), s10, s11);
      subtractPair(cell(c, ldc, i + 2, j), s20, s21);
      subtractPair(cell(c, ldc, i + 3, j), s30, s31);
    }
    for (; j < j1; j++)
      for (let q = 0; q < 4; q++) subtractOne(c, ldc, b, ldb, i + q, a, lda, j, k0, k1);
  }
  for (; i < i1; i++) for (let j = j0; j < j1; j++) subtractOne(c, ldc, b, ldb, i, a, lda, j, k0, k1);
}

@inline function subtractPair(p: usize, s0: v128, s1: v128): void {
  f64.store(p, f64.load(p) - sum2(s0));
  f64.store(p + 8, f64.load(p + 8) - sum2(s1));
}

function subtractOne(
  c: usize, ldc: i32, b: usize, ldb: i32, i: i32, a: usize, lda: i32, j: i32, k0: i32, k1: i32,
): void {
  let s = f64x2.splat(0);
  let pb = cell(b, ldb, i, k0);
  let pa = cell(a, lda, j, k0);
  const end = cell(a, lda, j, k1);
  for (; pa < end; pa += 16, pb += 16) s = f64x2.add(s, f64x2.mul(v128.load(pb), v128.load(pa)));
  const p = cell(c, ldc, i, j);
  f64.store(p, f64.load(p) - sum2(s));
}

/** Within a diagonal block: row i of B against rows [j0, j1) of L, columns from j0 on. */
@inline function substituteRow(b: usize, ldb: i32, i: i32, l: usize, ld: i32, j0: i32, j1: i32): void {
  const row = cell(b, ldb, i, 0);
  for (let j = j0; j < j1; j++) {
    let s = f64.load(row + (<usize>j << 3));
    const lj = cell(l, ld, j, 0);
    for (let k = j0; k < j; k++) s -= f64.load(row + (<usize>k << 3)) * f64.load(lj + (<usize>k << 3));
    f64.store(row + (<usize>j << 3), s / f64.load(lj + (<usize>j << 3)));
  }
}

/**
 * Factors the lower triangle of A in place, rows [from, n), the first `from` rows being factored already.
 * Returns -1, or the row whose pivot is not a positive number.
 */
export function cholesky(a: usize, from: i32, n: i32, ld: i32): i32 {
  for (let j0 = 0; j0 < n; j0 += BLOCK) {
    const j1 = min(j0 + BLOCK, n);
    subtractProducts(a, ld, a, ld, max(j0, from), n, a, ld, j0, j1, 0, j0);
    for (let i = max(j0, from); i < j1; i++) {
      substituteRow(a, ld, i, a, ld, j0, i);
      const row = cell(a, ld, i, 0);
      let s = f64.load(row + (<usize>i << 3));
      for (let k = j0; k < i; k++) {
        const x = f64.load(row + (<usize>k << 3));
        s -= x * x;
      }
      if (!(s > 0) || s == Infinity) return i;
      f64.store(row + (<usize>i << 3), sqrt(s));
    }
    for (let i = max(j1, from); i < n; i++) substituteRow(a, ld, i, a, ld, j0, j1);
  }
  return -1;
}

/** Each of the m rows b of B becomes the solution v of L v = b. */
export function solveLower(l: usize, n: i32, ld: i32, b: usize, m: i32, ldb: i32): void {
  for (let j0 = 0; j0 < n; j0 += BLOCK) {
    const j1 = min(j0 + BLOCK, n);
    subtractProducts(b, ldb, b, ldb, 0, m, l, ld, j0, j1, 0, j0);
    for (let i = 0; i < m; i++) substituteRow(b, ldb, i, l, ld, j0, j1);
  }
}

/** Each of the m rows b of B becomes the solution v of L' v = b. */
export function solveUpper(l: usize, n: i32, ld: i32, b: usize, m: i32, ldb: i32): void {
  for (let r = 0; r < m; r++) {
    const row = cell(b, ldb, r, 0);
    for (let i = n - 1; i >= 0; i--) {
      const li = cell(l, ld, i, 0);
      const x = f64.load(row + (<usize>i << 3)) / f64.load(li + (<usize>i << 3));
      f64.store(row + (<usize>i << 3), x);
      const xx = f64x2.splat(x);
      let k = 0;
      for (; k + 2 <= i; k += 2) {
        const at = <usize>k << 3;
        v128.store(row + at, f64x2.sub(v128.load(row + at), f64x2.mul(xx, v128.load(li + at))));
      }
      if (k < i) {
        const at = <usize>k << 3;
        f64.store(row + at, f64.load(row + at) - x * f64.load(li + at));
      }
    }
  }
}

/** C (lower triangle) -= inverse of L L'. V is room for n rows of ld numbers and becomes the transposed inverse of L. */
export function subtractInverse(l: usize, n: i32, ld: i32, v: usize, c: usize): void {
  memory.fill(v, 0, (<usize>n * ld) << 3);
  for (let r = 0; r < n; r++) f64.store(cell(v, ld, r, r), 1.0);
  for (let r0 = 0; r0 < n; r0 += BLOCK) {
    const r1 = min(r0 + BLOCK, n);
    for (let j0 = r0; j0 < n; j0 += BLOCK) {
      const j1 = min(j0 + BLOCK, n);
      subtractProducts(v, ld, v, ld, r0, r1, l, ld, j0, j1, r0, j0);
      for (let i = r0; i < r1; i++) substituteRow(v, ld, i, l, ld, j0, j1);
    }
  }
  for (let i0 = 0; i0 < n; i0 += BLOCK) {
    const i1 = min(i0 + BLOCK, n);
    subtractProducts(c, ld, v, ld, i0, i1, v, ld, 0, i1, i0, n);
  }
}

/**
 * Matérn-5/2 covariances. Points are feature-major: feature f of point i at x[f * ldx + i]. The first `numeric` features count
 * by their squared difference (scaled beforehand), the further `nominal` ones by weights[f] where they differ.
 * K[i, j] = scale * (1 + r + r²/3) exp(-r), r² = 5 d²; with `slope` not 0, H[i, j] = dK / d(d²). Row i of A against the first
 * `columns` points of B; `lower` not 0: only those up to i.
 */
export function covariance(
  xa: usize, lda: i32, i0: i32, i1: i32, xb: usize, ldb: i32, columns: i32, numeric: i32, nominal: i32, weights: usize,
  scale: f64, k: usize, slope: usize, ld: i32, lower: i32,
): void {
  const five = f64x2.splat(5.0);
  const third = f64x2.splat(1.0 / 3.0);
  const one = f64x2.splat(1.0);
  const s = f64x2.splat(scale);
  const fall = f64x2.splat((-5.0 / 6.0) * scale);
  const stepA = <usize>lda << 3;
  const stepB = <usize>ldb << 3;
  for (let i = i0; i < i1; i++) {
    const end = lower ? i + 1 : columns;
    for (let j = 0; j < end; j += 2) {
      let d = f64x2.splat(0);
      let pa = xa + (<usize>i << 3);
      let pb = xb + (<usize>j << 3);
      for (let f = 0; f < numeric; f++) {
        const t = f64x2.sub(v128.load64_splat(pa), v128.load(pb));
        d = f64x2.add(d, f64x2.mul(t, t));
        pa += stepA;
        pb += stepB;
      }
      for (let f = 0; f < nominal; f++) {
        const differs = f64x2.ne(v128.load64_splat(pa), v128.load(pb));
        d = f64x2.add(d, v128.and(differs, v128.load64_splat(weights + (<usize>f << 3))));
        pa += stepA;
        pb += stepB;
      }
      const r2 = f64x2.mul(five, d);
      const r = f64x2.sqrt(r2);
      const e = expPair(f64x2.neg(r));
      const at = cell(0, ld, i - i0, j);
      v128.store(k + at, f64x2.mul(f64x2.mul(s, f64x2.add(f64x2.add(one, r), f64x2.mul(r2, third))), e));
      if (slope) v128.store(slope + at, f64x2.mul(f64x2.mul(fall, f64x2.add(one, r)), e));
    }
  }
}

/**
 * out[f] = sum over i > j of C[i, j] * H[i, j] * (squared difference, or 1 where nominal features differ) of feature f.
 * `row` is room for ld numbers.
 */
export function featureSums(
  x: usize, ldx: i32, n: i32, numeric: i32, nominal: i32, c: usize, h: usize, ld: i32, row: usize, out: usize,
): void {
  const one = f64x2.splat(1.0);
  for (let f = 0; f < numeric + nominal; f++) f64.store(out + (<usize>f << 3), 0);
  for (let i = 1; i < n; i++) {
    const ci = cell(c, ld, i, 0);
    const hi = cell(h, ld, i, 0);
    for (let j = 0; j < i; j += 2) {
      const at = <usize>j << 3;
      v128.store(row + at, f64x2.mul(v128.load(ci + at), v128.load(hi + at)));
    }
    if (i & 1) f64.store(row + (<usize>i << 3), 0);
    for (let f = 0; f < numeric + nominal; f++) {
      const xf = cell(x, ldx, f, 0);
      const own = v128.load64_splat(xf + (<usize>i << 3));
      let s = f64x2.splat(0);
      if (f < numeric) {
        for (let j = 0; j < i; j += 2) {
          const at = <usize>j << 3;
          const t = f64x2.sub(own, v128.load(xf + at));
          s = f64x2.add(s, f64x2.mul(v128.load(row + at), f64x2.mul(t, t)));
        }
      } else {
        for (let j = 0; j < i; j += 2) {
          const at = <usize>j << 3;
          const differs = v128.and(f64x2.ne(own, v128.load(xf + at)), one);
          s = f64x2.add(s, f64x2.mul(v128.load(row + at), differs));
        }
      }
      const p = out + (<usize>f << 3);
      f64.store(p, f64.load(p) + sum2(s));
    }
  }
}

/** C (lower triangle) = a a'. */
export function outer(a: usize, n: i32, c: usize, ld: i32): void {
  for (let i = 0; i < n; i++) {
    const own = v128.load64_splat(a + (<usize>i << 3));
    const row = cell(c, ld, i, 0);
    for (let j = 0; j <= i; j += 2) {
      const at = <usize>j << 3;
      v128.store(row + at, f64x2.mul(own, v128.load(a + at)));
    }
  }
}

/** Sum over k < n of a[k] * b[k]. */
export function dot(a: usize, b: usize, n: i32): f64 {
  let s = f64x2.splat(0);
  let k = 0;
  for (; k + 2 <= n; k += 2) s = f64x2.add(s, f64x2.mul(v128.load(a + (<usize>k << 3)), v128.load(b + (<usize>k << 3))));
  let t = sum2(s);
  if (k < n) t += f64.load(a + (<usize>k << 3)) * f64.load(b + (<usize>k << 3));
  return t;
}

/** out[i * ldo + j] = dot(row i of A, row j of B) over n columns. */
export function dots(a: usize, lda: i32, m: i32, b: usize, ldb: i32, q: i32, n: i32, out: usize, ldo: i32): void {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < q; j++) f64.store(cell(out, ldo, i, j), dot(cell(a, lda, i, 0), cell(b, ldb, j, 0), n));
}

/** out[i] = dot(row i of A, itself) over n columns. */
export function squares(a: usize, lda: i32, m: i32, n: i32, out: usize): void {
  for (let i = 0; i < m; i++) {
    const p = cell(a, lda, i, 0);
    f64.store(out + (<usize>i << 3), dot(p, p, n));
  }
}

/** out[f] = sum over i < n of w[i] * h[i] * (point[f] - x[f, i]) for the numeric features: half the gradient of a weighted sum. */
export function pull(
  x: usize, ldx: i32, n: i32, numeric: i32, point: usize, w: usize, h: usize, out: usize,
): void {
  for (let f = 0; f < numeric; f++) {
    const own = f64.load(point + (<usize>f << 3));
    const xf = cell(x, ldx, f, 0);
    let s: f64 = 0;
    for (let i = 0; i < n; i++) {
      const at = <usize>i << 3;
      s += f64.load(w + at) * f64.load(h + at) * (own - f64.load(xf + at));
    }
    f64.store(out + (<usize>f << 3), s);
  }
}
