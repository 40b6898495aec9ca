/** A unit of time or size. */
export interface Unit {
  /** What it is converted to. */
  readonly kind: "s" | "B";
  /** Divided by where it is below one, so that 12.3 ms is exactly 0.0123 s. */
  readonly factor: number;
  readonly divisor: number;
}

function time(factor: number, divisor = 1): Unit {
  return { kind: "s", factor, divisor };
}

function size(factor: number): Unit {
  return { kind: "B", factor, divisor: 1 };
}

const [NS, US, MS, SEC, MIN, HOUR, DAY] = [
  time(1, 1e9),
  time(1, 1e6),
  time(1, 1e3),
  time(1),
  time(60),
  time(3600),
  time(86_400),
];

/** Units in these very letters. */
const SYMBOLS: Readonly<Record<string, Unit>> = {
  ns: NS,
  us: US,
  µs: US,
  μs: US,
  ms: MS,
  s: SEC,
  min: MIN,
  h: HOUR,
  B: size(1),
  kB: size(1e3),
  KB: size(1e3),
  MB: size(1e6),
  GB: size(1e9),
  TB: size(1e12),
  KiB: size(1024),
  MiB: size(1_048_576),
  GiB: size(1_073_741_824),
  TiB: size(1_099_511_627_776),
};

/** Words for them, in any capitals. */
const WORDS: Readonly<Record<string, Unit>> = {
  ...words(NS, "nsec", "nanosecond"),
  ...words(US, "usec", "µsec", "μsec", "microsecond"),
  ...words(MS, "msec", "millisecond"),
  ...words(SEC, "sec", "second"),
  ...words(MIN, "minute", "mins"),
  ...words(HOUR, "hr", "hour"),
  ...words(DAY, "day"),
  ...words(size(1), "byte"),
};

function words(unit: Unit, ...names: readonly string[]): Readonly<Record<string, Unit>> {
  return Object.fromEntries(names.flatMap((name) => [name, `${name}s`]).map((name) => [name, unit]));
}

/** The unit that letters stand for (`ms`, `MiB`, `minutes`); null for none, or where they may mean several. */
export function readUnit(letters: string): Unit | null {
  if (Object.hasOwn(SYMBOLS, letters)) return SYMBOLS[letters]!;
  const word = letters.toLowerCase();
  return word.length > 1 && Object.hasOwn(WORDS, word) ? WORDS[word]! : null;
}
