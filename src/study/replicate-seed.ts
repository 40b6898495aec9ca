import { keyedStreams } from "../numeric/random/keyed-streams.ts";

/**
 * Seed for the program of a configuration's replicate, in [0, 2^31), from study seed and index alone: all configurations share
 * them, so that their replicates can be compared in pairs.
 */
export function replicateSeed(studySeed: number, index: number): number {
  return keyedStreams(studySeed, index).stream("replicate-seed").uint32() >>> 1;
}
