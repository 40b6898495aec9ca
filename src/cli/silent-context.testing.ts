import type { CliContext } from "./context.ts";
import { createPaint } from "./render/text.ts";

const paint = createPaint(false);
/** A context that shows nothing and knows no environment, for tests of what commands are made of. */
export const silentContext: CliContext = {
  output: {
    out: () => undefined,
    err: () => undefined,
    draw: () => undefined,
    outPaint: paint,
    errPaint: paint,
    outWidth: 80,
    errWidth: 80,
    survive: () => undefined,
    drained: async () => undefined,
    finish: () => undefined,
  },
  environment: {},
  program: null,
  exitWith: () => undefined,
};
