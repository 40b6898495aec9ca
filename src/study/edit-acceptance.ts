import { OPTION, type OptionKinds } from "../space/check-options.ts";
import type { ChangeRequest } from "../trial/change-request.ts";

/** What is done where an edit loses something. */
export interface EditAcceptance {
  /** True: it is made all the same. */
  readonly accept?: boolean;
  /** True: nothing is changed, only told. */
  readonly dryRun?: boolean;
  /** What asks for it: one that was made before is not made again, and answered as then. */
  readonly request?: ChangeRequest;
}

/** What an edit takes besides. */
export const ACCEPTANCE_KINDS: OptionKinds<EditAcceptance> = {
  accept: OPTION.yesOrNo,
  dryRun: OPTION.yesOrNo,
  request: OPTION.record,
};
