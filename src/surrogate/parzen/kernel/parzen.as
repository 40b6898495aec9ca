// AssemblyScript. Compiled by scripts/build-kernel.mjs into ../parzen-wasm.ts.
// All numbers are f64; pointers are bytes, 16-byte aligned. Tables of kernels are by slot and axis; points are by axis and point, `stride`
// points an axis, a multiple of four. exp, ln and the normal distribution have the same bits as those of src/numeric/special: the same
// operations in the same order.
// An axes block is of i32: how many axes are continuous, cells and choices; then these axes, in this order.

const LOG_SQRT_TWO_PI: f64 = 0.9189385332046728;
const SQRT1_2: f64 = 0.7071067811865476;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const LOG2E: f64 = 1.4426950408889634;
const HALF_LN2: f64 = 0.3465735912322998;
const THREE_HALVES_LN2: f64 = 1.0397205352783203;
/** Beyond it a normal tail is less than half of the last bit of what it is taken from. */
const NO_TAIL: f64 = 8.5;
/** A term below exp(-37.5) of a positive sum is less than half of its last bit. */
const NO_TERM: f64 = 37.5;
/** Members beyond the newest this many weigh less the older they are. */
const FULL_WEIGHT: i32 = 25;

@inline function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

@inline function int(p: usize, i: i32): i32 {
  return i32.load(p + ((<usize>i) << 2));
}

@inline function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>((<i64>(k + 1023)) << 52);
}

@inline function rest(r: f64): f64 {
  const t = r * r;
  return r - t * (0.16666666666666602 + t * (-0.0027777777777015593 + t * (6.613756321437934e-5 +
    t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
}

/** For x <= 0. */
export function exp(x: f64): f64 {
  if (x < -745.1332191019411) return 0;
  const size = -x;
  if (size < 3.725290298461914e-9) return 1 + x;
  const k: f64 = size < HALF_LN2 ? 0 : size < THREE_HALVES_LN2 ? -1 : trunc(LOG2E * x - 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = rest(r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k >= -1021) return y * powerOfTwo(<i32>k);
  return y * powerOfTwo(<i32>k + 1000) * powerOfTwo(-1000);
}

/** exp of both lanes, for -700 <= x <= 0 (smaller ones count as -700). */
@inline function expPair(given: v128): v128 {
  const x = f64x2.max(given, f64x2.splat(-700));
  const size = f64x2.neg(x);
  let k = f64x2.trunc(f64x2.sub(f64x2.mul(f64x2.splat(LOG2E), x), f64x2.splat(0.5)));
  k = v128.bitselect(f64x2.splat(-1), k, f64x2.lt(size, f64x2.splat(THREE_HALVES_LN2)));
  k = v128.bitselect(f64x2.splat(0), k, f64x2.lt(size, f64x2.splat(HALF_LN2)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = f64x2.add(f64x2.splat(-1.6533902205465252e-6), f64x2.mul(t, f64x2.splat(4.1381367970572385e-8)));
  p = f64x2.add(f64x2.splat(6.613756321437934e-5), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(-0.0027777777777015593), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(0.16666666666666602), f64x2.mul(t, p));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  // Adding 1.5 * 2^52 leaves k in the low bits; shifted into the exponent they are 2^k.
  const bits = f64x2.add(k, f64x2.splat(6755399441055744));
  const power = i64x2.shl(i64x2.add(bits, i64x2.splat(1023)), 52);
  const tiny = f64x2.lt(size, f64x2.splat(3.725290298461914e-9));
  return v128.bitselect(f64x2.add(f64x2.splat(1), x), f64x2.mul(y, power), tiny);
}

/** Puts the exp of two numbers, as above, in their place. */
export function expTwo(pair: usize): void {
  v128.store(pair, expPair(v128.load(pair)));
}

/** For x in [0, 2^1000). */
export function ln(x: f64): f64 {
  if (x == 0) return -Infinity;
  if (x < 2.2250738585072014e-308) return scaledLn(x * 18014398509481984, 54);
  return scaledLn(x, 0);
}

function scaledLn(x: f64, shift: i32): f64 {
  const word = <i32>(reinterpret<i64>(x) >> 32);
  const fraction = word & 0xfffff;
  const half = (fraction + 0x95f64) & 0x100000;
  const exponent = (word >> 20) - 1023 + (half >> 20);
  const f = x * powerOfTwo(-exponent) - 1;
  const k = <f64>(exponent - shift);
  if ((0xfffff & (2 + fraction)) < 3) {
    if (f == 0) return k == 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    const q = f * f * (0.5 - 0.3333333333333333 * f);
    return k == 0 ? f - q : k * LN2_HIGH - (q - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586))) +
    w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const square = 0.5 * f * f;
    if (k == 0) return f - (square - s * (square + r));
    return k * LN2_HIGH - (square - (s * (square + r) + k * LN2_LOW) - f);
  }
  return k == 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** erf(x) / x for |x| <= 0.46875 (Cody). */
@inline function erfOverX(given: f64): f64 {
  const x = given * given;
  const above = (((0.18577770618460315 * x + 3.1611237438705655) * x + 113.86415415105016) * x + 377.485237685302) * x +
    3209.3775891384694;
  const below = (((1.0 * x + 23.601290952344122) * x + 244.02463793444417) * x + 1282.6165260773723) * x +
    2844.236833439171;
  return above / below;
}

/** exp(x²) erfc(x) for x >= 0.46875 (Cody). */
function scaledErfc(x: f64): f64 {
  if (x <= 4) {
    const above = (((((((2.1531153547440383e-8 * x + 0.5641884969886701) * x + 8.883149794388377) * x +
      66.11919063714163) * x + 298.6351381974001) * x + 881.952221241769) * x + 1712.0476126340707) * x +
      2051.0783778260716) * x + 1230.3393547979972;
    const below = (((((((1.0 * x + 15.744926110709835) * x + 117.6939508913125) * x + 537.1811018620099) * x +
      1621.3895745666903) * x + 3290.7992357334597) * x + 4362.619090143247) * x + 3439.3676741437216) * x +
      1230.3393548037495;
    return above / below;
  }
  const z = 1 / (x * x);
  const above = ((((0.016315387137302097 * z + 0.30532663496123236) * z + 0.36034489994980445) * z +
    0.12578172611122926) * z + 0.016083785148742275) * z + 0.0006587491615298378;
  const below = ((((1.0 * z + 2.568520192289822) * z + 1.8729528499234673) * z + 0.5279051029514285) * z +
    0.06051834131244132) * z + 0.0023352049762686918;
  return (0.5641895835477563 - z * (above / below)) / x;
}

function upperTail(x: f64): f64 {
  if (x > 38.6) return 0;
  const high = trunc(x * 16) / 16;
  return 0.5 * (exp(-0.5 * high * high) * exp(-0.5 * (x - high) * (x + high))) * scaledErfc(x * SQRT1_2);
}

function normalCdf(x: f64): f64 {
  const y = abs(x) * SQRT1_2;
  if (y <= 0.46875) return 0.5 + 0.5 * x * SQRT1_2 * erfOverX(y);
  const upper = upperTail(abs(x));
  return x > 0 ? 1 - upper : upper;
}

export function normalMass(a0: f64, b0: f64): f64 {
  const a = a0 > 0 ? -b0 : a0;
  const b = a0 > 0 ? -a0 : b0;
  const width = b - a;
  if (width < 1e-3) {
    const m = a + 0.5 * width;
    return width * 0.3989422804014327 * exp(-0.5 * m * m) * (1 + (width * width * (m * m - 1)) / 24);
  }
  if (b <= 0) return normalCdf(b) - normalCdf(a);
  let mass: f64 = 1;
  if (a > -NO_TAIL) mass -= normalCdf(a);
  if (b < NO_TAIL) mass -= normalCdf(-b);
  return mass;
}

// The normal quantile: Wichura, AS 241, PPND16.

function middleQuotient(x: f64): f64 {
  const above = ((((((2509.0809287301227 * x + 33430.57558358813) * x + 67265.7709270087) * x + 45921.95393154987) * x +
      13731.69376550946) * x + 1971.5909503065513) * x + 133.14166789178438) * x + 3.3871328727963665;
  const below = ((((((5226.495278852546 * x + 28729.085735721943) * x + 39307.89580009271) * x + 21213.794301586597) * x +
      5394.196021424751) * x + 687.1870074920579) * x + 42.31333070160091) * x + 1.0;
  return above / below;
}

function tailQuotient(x: f64): f64 {
  const above = ((((((0.0007745450142783414 * x + 0.022723844989269184) * x + 0.2417807251774506) * x + 1.2704582524523684) *
      x + 3.6478483247632045) * x + 5.769497221460691) * x + 4.630337846156546) * x + 1.4234371107496835;
  const below = ((((((1.0507500716444169e-9 * x + 0.0005475938084995345) * x + 0.015198666563616457) * x +
      0.14810397642748008) * x + 0.6897673349851) * x + 1.6763848301838038) * x + 2.053191626637759) * x + 1.0;
  return above / below;
}

function farQuotient(x: f64): f64 {
  const above = ((((((2.0103343992922881e-7 * x + 2.7115555687434876e-5) * x + 0.0012426609473880784) * x +
      0.026532189526576124) * x + 0.29656057182850487) * x + 1.7848265399172913) * x + 5.463784911164114) * x +
      6.657904643501103;
  const below = ((((((2.0442631033899397e-15 * x + 1.421511758316446e-7) * x + 1.8463183175100548e-5) * x +
      0.0007868691311456133) * x + 0.014875361290850615) * x + 0.1369298809227358) * x + 0.599832206555888) * x
      + 1.0;
  return above / below;
}

/** For p in [0, 1]. */
function normalQuantile(p: f64): f64 {
  const q = p - 0.5;
  if (abs(q) <= 0.425) return q * middleQuotient(0.180625 - q * q);
  if (!(p > 0 && p < 1)) return p == 0 ? -Infinity : Infinity;
  const r = sqrt(-ln(q < 0 ? p : 1 - p));
  const x = r <= 5 ? tailQuotient(r - 1.6) : farQuotient(r - 5);
  return q < 0 ? -x : x;
}

/** The place in [0, 1] below which a share u of the normal kernel lies. */
export function truncatedNormal(u: f64, mean: f64, inverse: f64): f64 {
  const low = normalCdf(-mean * inverse);
  const high = normalCdf((1 - mean) * inverse);
  return min<f64>(1, max<f64>(0, mean + normalQuantile(low + u * (high - low)) / inverse));
}

/** The bandwidth of one kernel on one numeric axis from the gap to its neighbours. */
@inline function fitOne(values: usize, gaps: usize, inverse: usize, norms: usize, place: i32, floor: f64, cells: bool): void {
  const scale = 1 / min<f64>(1, max<f64>(floor, f64.load(at(gaps, place))));
  if (f64.load(at(inverse, place)) == scale) return;
  f64.store(at(inverse, place), scale);
  const mean = f64.load(at(values, place));
  const mass = normalMass(-mean * scale, (1 - mean) * scale);
  f64.store(at(norms, place), -ln(mass) + (cells ? 0 : ln(scale) - LOG_SQRT_TWO_PI));
}

/** Sums the norms of a slot's axes, always in the same order. */
@inline function setBase(axes: usize, norms: usize, bases: usize, width: i32, slot: i32): void {
  const numeric = int(axes, 0) + int(axes, 1);
  let base: f64 = 0;
  for (let i = 0; i < numeric; i++) base += f64.load(at(norms, slot * width + int(axes, 3 + i)));
  f64.store(at(bases, slot), base);
}

/** Fits all kernels of the slots before `slots`. */
export function fitAll(
  axes: usize, width: i32, values: usize, gaps: usize, inverse: usize, norms: usize, bases: usize, slots: i32, floor: f64,
): void {
  const continuous = int(axes, 0);
  const numeric = continuous + int(axes, 1);
  for (let slot = 0; slot < slots; slot++) {
    for (let i = 0; i < numeric; i++)
      fitOne(values, gaps, inverse, norms, slot * width + int(axes, 3 + i), floor, i >= continuous);
    setBase(axes, norms, bases, width, slot);
  }
}

/** Fits the kernels at `count` places of the table; `kinds`: 1 on axes of cells. */
export function fitSome(
  axes: usize, width: i32, values: usize, gaps: usize, inverse: usize, norms: usize, bases: usize, places: usize,
  kinds: usize, count: i32, floor: f64,
): void {
  for (let i = 0; i < count; i++) fitOne(values, gaps, inverse, norms, int(places, i), floor, int(kinds, i) == 1);
  for (let i = 0; i < count; i++) setBase(axes, norms, bases, width, int(places, i) / width);
}

/** Weight of the m-th oldest of n members: a ramp from 1/n to 1, then 1 for the newest 25. */
@inline function memberWeight(m: i32, n: i32, least: f64, steps: f64): f64 {
  if (m >= n - FULL_WEIGHT) return 1;
  return steps == 0 ? least : least + (<f64>m * (1 - least)) / steps;
}

/**
 * Adds the members' kernels to the sums: of a point the log of its density is top + ln(sum), what is above `floor` counts. Returns the
 * members' weights and 1. `order`: slots (i32) from the oldest on. `chances`: log probability of a member's own choice and of each
 * other, by axis. `memo`: see `cellLog`.
 */
export function addKernels(
  axes: usize, width: i32, values: usize, inverse: usize, bases: usize, order: usize, members: i32, chances: usize,
  points: usize, lower: usize, upper: usize, stride: i32, top: usize, sum: usize, floor: usize, memo: usize, mask: i32,
): f64 {
  const continuous = int(axes, 0);
  const cells = int(axes, 1);
  const choices = int(axes, 2);
  const least = 1 / <f64>members;
  const steps = <f64>(members - FULL_WEIGHT - 1);
  let total: f64 = 1;
  for (let m = 0; m < members; m++) {
    const slot = int(order, m);
    const weight = memberWeight(m, members, least, steps);
    total += weight;
    if ((m & 63) == 63) for (let c = 0; c < stride; c++) raiseFloor(c, top, sum, floor);
    const own = at(values, slot * width);
    const scales = at(inverse, slot * width);
    const base = v128.load64_splat(at(bases, slot));
    for (let c = 0; c < stride; c += 4) {
      const least = v128.load(at(floor, c));
      const least2 = v128.load(at(floor, c), 16);
      let log = base;
      let log2 = base;
      let i = 0;
      for (; i + 2 <= continuous; i += 2) {
        const d = int(axes, 3 + i);
        const e = int(axes, 4 + i);
        const place = at(points, d * stride + c);
        const place2 = at(points, e * stride + c);
        log = subtractHalfSquare(log, own, scales, d, v128.load(place));
        log2 = subtractHalfSquare(log2, own, scales, d, v128.load(place, 16));
        log = subtractHalfSquare(log, own, scales, e, v128.load(place2));
        log2 = subtractHalfSquare(log2, own, scales, e, v128.load(place2, 16));
        if (!v128.any_true(v128.or(f64x2.gt(log, least), f64x2.gt(log2, least2)))) break;
      }
      if (i + 2 <= continuous) continue;
      if (i < continuous) {
        const d = int(axes, 3 + i);
        const place = at(points, d * stride + c);
        log = subtractHalfSquare(log, own, scales, d, v128.load(place));
        log2 = subtractHalfSquare(log2, own, scales, d, v128.load(place, 16));
      }
      for (let j = continuous + cells; j < continuous + cells + choices; j++) {
        const d = int(axes, 3 + j);
        const place = at(points, d * stride + c);
        log = addChoice(log, own, chances, d, v128.load(place));
        log2 = addChoice(log2, own, chances, d, v128.load(place, 16));
      }
      for (let half = 0; half < 2; half++) {
        const first = c + 2 * half;
        let sums = half == 0 ? log : log2;
        const limit = half == 0 ? least : least2;
        if (!v128.any_true(f64x2.gt(sums, limit))) continue;
        if (cells > 0) {
          const low = cellLog(f64x2.extract_lane(sums, 0), axes, own, scales, lower, upper, stride, first, floor, memo, mask);
          const high = cellLog(f64x2.extract_lane(sums, 1), axes, own, scales, lower, upper, stride, first + 1, floor, memo, mask);
          sums = f64x2.replace_lane(f64x2.splat(low), 1, high);
        }
        addPair(sums, limit, weight, first, top, sum, floor);
      }
    }
  }
  return total;
}

@inline function subtractHalfSquare(log: v128, own: usize, scales: usize, d: i32, places: v128): v128 {
  const z = f64x2.mul(f64x2.sub(places, v128.load64_splat(at(own, d))), v128.load64_splat(at(scales, d)));
  return f64x2.sub(log, f64x2.mul(f64x2.mul(f64x2.splat(0.5), z), z));
}

@inline function addChoice(log: v128, own: usize, chances: usize, d: i32, places: v128): v128 {
  const same = f64x2.eq(v128.load64_splat(at(own, d)), places);
  const chance = at(chances, 2 * d);
  return f64x2.add(log, v128.bitselect(v128.load64_splat(chance), v128.load64_splat(chance, 8), same));
}

/** Two points' part of `addKernels`. */
@inline function addPair(log: v128, least: v128, weight: f64, c: i32, top: usize, sum: usize, floor: usize): void {
  const counts = f64x2.gt(log, least);
  if (!v128.any_true(counts)) return;
  const best = v128.load(at(top, c));
  if (v128.any_true(v128.and(counts, f64x2.gt(log, best)))) {
    addOne(f64x2.extract_lane(log, 0), weight, c, top, sum, floor);
    addOne(f64x2.extract_lane(log, 1), weight, c + 1, top, sum, floor);
    return;
  }
  const terms = f64x2.mul(f64x2.splat(weight), expPair(f64x2.sub(log, best)));
  v128.store(at(sum, c), f64x2.add(v128.load(at(sum, c)), v128.and(terms, counts)));
}

/** To what can change a point's sum at all. */
function raiseFloor(c: i32, top: usize, sum: usize, floor: usize): void {
  const least = f64.load(at(top, c)) + ln(f64.load(at(sum, c))) - NO_TERM;
  f64.store(at(floor, c), max(f64.load(at(floor, c)), least));
}

/** One point's part of `addKernels`. */
function addOne(log: f64, weight: f64, c: i32, top: usize, sum: usize, floor: usize): void {
  if (!(log > f64.load(at(floor, c)))) return;
  const best = f64.load(at(top, c));
  const before = f64.load(at(sum, c));
  if (log > best) {
    f64.store(at(sum, c), before * exp(best - log) + weight);
    f64.store(at(top, c), log);
    raiseFloor(c, top, sum, floor);
  } else f64.store(at(sum, c), before + weight * exp(log - best));
}

/**
 * Adds to a log density what the axes of cells make of a point. `memo` holds masses by axis of cells, point and a hash of the
 * member's place (`mask` + 1 entries of place, scale and log mass): members with equal places are many where cells are few.
 */
function cellLog(
  start: f64, axes: usize, own: usize, scales: usize, lower: usize, upper: usize, stride: i32, c: i32, floor: usize,
  memo: usize, mask: i32,
): f64 {
  const least = f64.load(at(floor, c));
  const continuous = int(axes, 0);
  const cells = int(axes, 1);
  let log = start;
  if (!(log > least)) return -Infinity;
  for (let i = 0; i < cells; i++) {
    const d = int(axes, 3 + continuous + i);
    const mean = f64.load(at(own, d));
    const scale = f64.load(at(scales, d));
    const a = (f64.load(at(lower, d * stride + c)) - mean) * scale;
    const b = (f64.load(at(upper, d * stride + c)) - mean) * scale;
    // The mass of a cell on one side of the mean is below exp(-z²/2) of its nearer border: cheaper than the mass itself.
    const nearest = a > 0 ? a : b < 0 ? b : 0;
    if (log - 0.5 * nearest * nearest <= least) return -Infinity;
    const hash = <i32>((reinterpret<u64>(mean) * 0x9e3779b97f4a7c15) >> 40) & mask;
    const entry = at(memo, 3 * ((i * stride + c) * (mask + 1) + hash));
    if (f64.load(entry) != mean || f64.load(entry, 8) != scale) {
      f64.store(entry, mean);
      f64.store(entry, scale, 8);
      f64.store(entry, ln(normalMass(a, b)), 16);
    }
    log += f64.load(entry, 16);
    if (!(log > least)) return -Infinity;
  }
  return log;
}
