/** Names one process beyond reuse of its id: which boot of which machine, which pid namespace, which start. */
export interface ProcessIdentity {
  readonly boot: string;
  readonly namespace: string;
  readonly pid: number;
  /** Start time as the system tells it (ticks since boot on Linux). */
  readonly started: string;
}

/** Who asked for a trial by hand, and where. */
export interface Asker {
  readonly user: string;
  readonly host: string;
  /** Hash of the machine's own id and name, or "" where there is none. */
  readonly machine: string;
}

/**
 * Who may write to an attempt. *leased*: holds `token` while its process lives (same namespace) or its lease is renewed;
 * *detached*: whoever shows `token`, without expiry unless it has a lease or was renewed, or the `asker` (left out where unknown); *foreign*: another tool's protocol, by compare-and-set on the state.
 */
export type Owner =
  | {
      readonly kind: "leased";
      readonly token: string;
      readonly process: ProcessIdentity | null;
      readonly worker: string;
    }
  | {
      readonly kind: "detached";
      readonly token: string;
      readonly asker?: Asker;
      /** How long it is waited for, in ms; left out for no end. */
      readonly lease?: number;
      /** Left out unless the trial was taken over from an earlier attempt whose token is lost. */
      readonly handedOver?: true;
    }
  | { readonly kind: "foreign"; readonly token: string; readonly source: string };
