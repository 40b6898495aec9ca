/** How a column's bytes are to be read: its first byte. Numbers stay as they are, for stored blocks hold them. */
export const COLUMN = {
  /** One JSON text for all rows. */
  same: 0,
  /** Whole numbers: their distance from the smallest in so many bytes. */
  integers: 1,
  /** Doubles, bit for bit. */
  doubles: 2,
  /** Places in a list of JSON values. */
  places: 3,
  /** Texts of as many lower-case hexadecimal digits: two in a byte. */
  hexadecimal: 4,
  /** Objects: which keys each has, in their order, and a column for each key. */
  objects: 5,
  /** Lists: how long each is, and a column of what is in all of them. */
  lists: 6,
  /** Whole numbers, each as far from the one before: the first, and how far. */
  progression: 7,
  /** Whole numbers that stay the same for many rows: where each run begins, and a column of their values. */
  runs: 8,
} as const;

/** The largest whole number of so many bytes. */
export function largestOf(width: number): number {
  if (width === 1) return 0xff;
  return width === 2 ? 0xffff : 0xffff_ffff;
}

/** Bytes that hold whole numbers up to that one. */
export function widthOf(largest: number): 1 | 2 | 4 {
  if (largest <= 0xff) return 1;
  return largest <= 0xffff ? 2 : 4;
}
