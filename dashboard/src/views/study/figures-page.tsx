import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useCall } from "../../client/use-call.ts";
import { Problem } from "../../widgets/notice.tsx";
import { useTitle } from "../../widgets/use-title.ts";
import { parameterNames } from "../trials/columns.ts";
import { FigurePanel } from "./figure-panel.tsx";

/** All figures of a study; each is made when it comes into sight. */
export function FiguresPage(): ReactElement {
  const { study } = useParams({ from: "/studies/$study" });
  useTitle(`Figures of ${study}`);
  const { data, error } = useCall("figures", { study });
  return (
    <>
      <Problem error={error} />
      <div className="figures">
        {(data?.figures ?? []).map((kind) => (
          <FigurePanel key={kind.name} study={study} kind={kind} />
        ))}
      </div>
    </>
  );
}

/** What the address says of one figure. */
export interface FigureSearch {
  readonly metric?: string;
  /** Two, for a figure of pairs. */
  readonly x?: string;
  readonly y?: string;
  /** In space, where a figure can be seen so. */
  readonly view?: "3d";
}

/** The part of the address that is one of these. */
export function readFigureSearch(given: Record<string, unknown>): FigureSearch {
  const texts = ["metric", "x", "y"].flatMap((name) => {
    const value = given[name];
    return typeof value === "string" && value !== "" ? [[name, value]] : [];
  });
  return { ...(Object.fromEntries(texts) as FigureSearch), ...(given.view === "3d" && { view: given.view }) };
}

/** Figures that show a pair of parameters. */
const OF_PAIRS: readonly string[] = ["contour", "rank"];
const HEIGHT = 560;

/** One figure, large. */
export function FigurePage(): ReactElement | null {
  const { study: name, figure } = useParams({ from: "/studies/$study/figures/$figure" });
  useTitle(`${figure} of ${name}`);
  const { metric, x, y, view } = useSearch({ from: "/studies/$study/figures/$figure" });
  const navigate = useNavigate({ from: "/studies/$study/figures/$figure" });
  const { data } = useCall("figures", { study: name });
  const study = useCall("study", { study: name });
  const kind = data?.figures.find((one) => one.name === figure);
  if (data === undefined || study.data === undefined) return null;
  if (kind === undefined) return <Problem error={new Error(`There is no figure "${figure}".`)} />;
  const change = (part: Partial<Record<keyof FigureSearch, string>>): void =>
    void navigate({ search: readFigureSearch({ metric, x, y, view, ...part }), replace: true });
  const parameters = parameterNames(study.data);
  const isPair = OF_PAIRS.includes(kind.name) && parameters.length > 1;
  const pair = x !== undefined && y !== undefined && x !== y ? [x, y] : undefined;
  return (
    <>
      <div className="tools">
        {kind.metrics.length > 1 ? (
          <Choice label="Objective" options={kind.metrics} value={metric} onChoose={(one) => change({ metric: one })} />
        ) : null}
        {isPair ? <Choice label="x" options={parameters} value={x} onChoose={(one) => change({ x: one })} /> : null}
        {isPair ? <Choice label="y" options={parameters} value={y} onChoose={(one) => change({ y: one })} /> : null}
      </div>
      <FigurePanel
        key={`${name} ${kind.name}`}
        study={name}
        kind={kind}
        height={HEIGHT}
        alone
        space={{ isShown: view === "3d", onShow: (isShown) => change({ view: isShown ? "3d" : "" }) }}
        choice={{
          ...(metric === undefined ? kind.metrics[0] !== undefined && { metric: kind.metrics[0] } : { metric }),
          ...(pair !== undefined && { parameters: pair }),
        }}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly string[];
  readonly value: string | undefined;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, options, value, onChoose }: ChoiceProps): ReactElement {
  return (
    <label>
      {label}{" "}
      <select value={value ?? ""} onChange={({ target }) => onChoose(target.value)}>
        {value === undefined ? <option value="">the most important</option> : null}
        {options.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
