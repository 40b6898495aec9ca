import { AttuneError } from "../errors.ts";
import { OPTION, type OptionKinds } from "../space/check-options.ts";
import type { ChangeRequest } from "../trial/change-request.ts";
import type { Owner } from "../trial/owner.ts";
import { detachedOwner, leasedOwner } from "./new-owner.ts";

/** Who is to have a trial, and how long. */
export interface AskOptions {
  /** True: whoever shows its token may tell about it, from any process. */
  readonly detached?: boolean;
  /** Seconds after which a detached trial is lost unless it was told about; default: never. */
  readonly expires?: number;
  /** How many trials the study is to have in all; none is handed out beyond that, whoever asks. Default: as many as are asked for. */
  readonly trials?: number;
  /** True: who asks is not the user of this process, so that its token alone may tell about a detached trial. */
  readonly elsewhere?: boolean;
  /** What asks for it: the same trial again, be it of another process, for a request that was answered before. Detached trials alone. */
  readonly request?: ChangeRequest;
  /** Aborted: waits no longer where the scheduler waits for other trials. */
  readonly signal?: AbortSignal;
}

/** For which request something is done; one that was carried out before is not again, and answered as then. */
export type Requested = { readonly request?: ChangeRequest };

/** What `ask` takes. */
export const ASK_OPTION_KINDS: OptionKinds<AskOptions> = {
  detached: OPTION.yesOrNo,
  expires: { takes: "a number of seconds above 0", fits: OPTION.positive.fits },
  trials: OPTION.wholeFrom1,
  elsewhere: OPTION.yesOrNo,
  request: OPTION.record,
  signal: OPTION.signal,
};

/** Resolves when the signal aborts. */
export function abortOf(signal: AbortSignal | undefined): Promise<void> | undefined {
  if (signal === undefined) return undefined;
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** The owner of a trial that is handed out so. AttuneError `invalid-argument`. */
export function ownerOfAsked({ detached = false, expires, elsewhere = false }: AskOptions): Owner {
  if (!detached && expires === undefined) return leasedOwner("ask");
  const lease = expires === undefined ? null : Math.ceil(expires * 1000);
  if (detached) return elsewhere ? detachedOwner(lease, null) : detachedOwner(lease);
  const message = "expires is given without detached: true; any other trial ends with its process.";
  throw new AttuneError("invalid-argument", message);
}
