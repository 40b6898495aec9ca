import { OPTION, type OptionKinds } from "../space/check-options.ts";

/** What is done where an edit loses something. */
export interface EditAcceptance {
  /** True: it is made all the same. */
  readonly accept?: boolean;
  /** True: nothing is changed, only told. */
  readonly dryRun?: boolean;
}

/** What an edit takes besides. */
export const ACCEPTANCE_KINDS: OptionKinds<EditAcceptance> = { accept: OPTION.yesOrNo, dryRun: OPTION.yesOrNo };
