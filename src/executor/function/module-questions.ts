import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { AttuneError, type ErrorCode } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";

type Answer = { readonly value: JsonValue } | { readonly code: ErrorCode; readonly message: string };

/** What a thread needs to ask the tuner's thread and wait for the answer without yielding. */
export interface QuestionEnd {
  readonly port: MessagePort;
  /** `answered[0]` counts answers. */
  readonly answered: Int32Array;
}

/** The tuner's end: answers each question of a thread by `ask`. */
export function answerQuestions(ask: (parameter: Parameter) => JsonValue): QuestionEnd & { close(): void } {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  port1.on("message", (parameter: Parameter) => {
    port1.postMessage(answerOf(ask, parameter));
    Atomics.add(answered, 0, 1);
    Atomics.notify(answered, 0);
  });
  return { port: port2, answered, close: () => port1.close() };
}

function answerOf(ask: (parameter: Parameter) => JsonValue, parameter: Parameter): Answer {
  try {
    return { value: ask(parameter) };
  } catch (error) {
    if (error instanceof AttuneError) return { code: error.code, message: error.message };
    return { code: "internal", message: String(error) };
  }
}

/** The thread's end: asks and waits. */
export function askQuestion({ port, answered }: QuestionEnd, parameter: Parameter): JsonValue {
  const before = Atomics.load(answered, 0);
  port.postMessage(parameter);
  Atomics.wait(answered, 0, before);
  const answer = receiveMessageOnPort(port)?.message as Answer | undefined;
  if (answer !== undefined && "value" in answer) return answer.value;
  const { code, message } = answer ?? { code: "internal" as const, message: "The tuner gave no answer." };
  throw new AttuneError(code, message);
}
