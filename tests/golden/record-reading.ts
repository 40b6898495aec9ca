/** Writes down what the newest rules read of real programs' outputs: `node tests/golden/record-reading.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import {
  disturbedReadings,
  drawnReadings,
  GOLDEN_DISTURBED,
  GOLDEN_DRAWN,
  GOLDEN_READING,
  goldenReadings,
} from "../../src/protocol/golden-reading.testing.ts";

mkdirSync(new URL(".", GOLDEN_READING), { recursive: true });
writeFileSync(GOLDEN_READING, goldenReadings());
writeFileSync(GOLDEN_DISTURBED, disturbedReadings());
writeFileSync(GOLDEN_DRAWN, drawnReadings());
