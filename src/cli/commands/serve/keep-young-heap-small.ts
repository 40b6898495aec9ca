import { setFlagsFromString } from "node:v8";

/** Size in MB that the spaces of threads begin with, see the limits of each. */
const SEMI_SPACE_MB = 2;

/**
 * Has the space in which V8 lays what is new grow no further, here and in threads that begin later: by itself it doubles with all that ever came
 * through it, up to 128 MB, and a server that is looked at for long would hold that for nobody. Threads, whose limits keep theirs small, begin
 * with what they may have.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString(`--min-semi-space-size=${SEMI_SPACE_MB}`);
  setFlagsFromString("--semi-space-growth-factor=1");
}
