import type { ErrorCode } from "../../errors.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import type { Asked, SentStudy } from "./figure-maker.ts";

/** What the thread of figures is told and asked, one after the other. */
export type FigureWork =
  | { readonly type: "take"; readonly study: string; readonly sent: SentStudy }
  | { readonly type: "learn"; readonly study: string; readonly events: readonly LoggedEvent[] }
  | { readonly type: "forget"; readonly study: string }
  | { readonly type: "make"; readonly id: number; readonly asked: Asked };

/** What it answers. */
export type FigureReply =
  | { readonly id: number; readonly json: Uint8Array<ArrayBuffer> }
  | {
      readonly id: number;
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly data: Readonly<Record<string, unknown>>;
      };
    };
