import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, lazy, type ReactElement, Suspense, useState } from "react";
import { call } from "../../client/call.ts";
import { queries } from "../../client/live-queries.ts";
import { severalStorages, studyRef } from "../../client/storages.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useAction } from "../../widgets/use-action.ts";
import { useTitle } from "../../widgets/use-title.ts";
import { SAMPLERS } from "./sampler-names.ts";
import type { SpaceText } from "./space-text.tsx";

const SpaceTextField = lazy(async () => ({ default: (await import("./space-text.tsx")).SpaceTextField }));

/** A study from a form: what is to be found, in which space, by which sampler, and, where the server allows it, with which program. */
export function NewStudyPage(): ReactElement {
  useTitle("New study");
  const navigate = useNavigate();
  const { act, busy, error } = useAction();
  const [space, setSpace] = useState<SpaceText | null>(null);
  const [command, setCommand] = useState("");
  const storages = severalStorages();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "").trim();
    act(async () => {
      const metric = {
        name: text("metric"),
        direction: text("direction") === "maximize" ? "maximize" : "minimize",
      } as const;
      const { study } = await call("createStudy", {
        name: studyRef(storages.length === 0 ? null : text("storage"), text("name")),
        metrics: [metric],
        space: { ...space?.definitions },
        sampler: text("sampler"),
        ...(command.trim() !== "" && { command: { shell: command.trim() } }),
      });
      await queries.invalidateQueries();
      await navigate({ to: "/studies/$study", params: { study: study.name } });
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <h1>New study</h1>
      <label>
        Name <input name="name" required maxLength={200} autoComplete="off" />
      </label>
      {storages.length === 0 ? null : (
        <label>
          Storage{" "}
          <select name="storage">
            {storages.map(({ name, location }) => (
              <option key={name} value={name}>
                {name} ({location})
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Goal{" "}
        <select name="direction">
          <option value="minimize">minimize</option>
          <option value="maximize">maximize</option>
        </select>
      </label>
      <label>
        Metric <input name="metric" required defaultValue="loss" maxLength={200} autoComplete="off" />
      </label>
      <label>
        Sampler{" "}
        <select name="sampler">
          {SAMPLERS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Suspense fallback={<p>One moment…</p>}>
        <SpaceTextField onRead={setSpace} command={command} />
      </Suspense>
      <label>
        Program (optional){" "}
        <input
          value={command}
          onChange={({ target }) => setCommand(target.value)}
          placeholder="python train.py ${args}"
          spellCheck={false}
        />
      </label>
      <p className="under">
        <code>{"${args}"}</code> stands for all parameters, <code>{"${lr}"}</code> for one. The server has to allow
        programs (<code>--allow-commands</code>), and a person accepts it on that machine before it runs. Without a
        program, drive the study with <code>ask</code> and <code>tell</code>.
      </p>
      <button type="submit" disabled={busy || space === null || space.problem !== null}>
        Create the study
      </button>
      <Problem error={error} />
    </form>
  );
}
