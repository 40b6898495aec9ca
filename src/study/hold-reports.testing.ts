import type { Storage } from "../storage/storage.ts";

/** A storage that writes reports only once `held` lets it, asked at each batch. */
export function holdReports(inner: Storage, held: () => Promise<void>): Storage {
  const execute: Storage["execute"] = async (study, command, known) => {
    if (command.type === "report") await held();
    return await inner.execute(study, command, known);
  };
  return new Proxy(inner, {
    get: (target, name) => {
      if (name === "execute") return execute;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}
