import type { JsonValue } from "../space/json.ts";

/** Which request a change is made for: it is made once, however often it is asked for, by whatever process. */
export interface ChangeRequest {
  /** Stands for the key that came with it, up to 100 characters. */
  readonly id: string;
  /** Stands for all that was asked: another request of the same id is refused. */
  readonly asks: string;
  /** What is told to who asks again, where that is not the command's own answer. */
  readonly answer?: JsonValue;
}

/** One that was carried out, as it is kept with the event of its change. */
export interface AnsweredRequest extends ChangeRequest {
  readonly answer: JsonValue;
}
