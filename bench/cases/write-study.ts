import { benchStudy } from "./bench-study.ts";

const AT_A_TIME = 20;

/** Fills a study with `count` finished trials by asking and telling. */
export async function writeStudy(storage: string, name: string, count: number): Promise<void> {
  const study = await benchStudy(storage, name);
  for (let done = 0; done < count; done += AT_A_TIME) {
    const batch = Math.min(AT_A_TIME, count - done);
    await Promise.all(
      Array.from({ length: batch }, async (_, offset) => {
        const trial = await study.ask();
        await study.tell(trial, Math.abs(trial.params.momentum - 0.5) + (done + offset) / 1e6);
      }),
    );
  }
  await study.close();
}
