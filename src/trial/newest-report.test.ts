import { expect, it, vi } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { leased, StudyAtWork } from "./decide/study-at-work.testing.ts";
import { newestReport } from "./newest-report.ts";
import { ReportList } from "./table/report-list.ts";

it("is a trial's last report, of a running one without the others being made", () => {
  const study = new StudyAtWork();
  study.send({ type: "enqueue", params: { x: 1 }, origin: "enqueued", replicate: null });
  study.claim(leased("a"));
  const view = study.state.view(0)!;
  expect(newestReport(view)).toBeUndefined();
  const reports = Array.from({ length: 9 }, (_none, step) => ({ seq: step, step, values: { loss: step / 2 } }));
  study.send({ type: "report", trial: 0, token: "a", reports });
  const all = vi.spyOn(ReportList.prototype, "first");
  expect(newestReport(view)).toEqual({ seq: 8, step: 8, values: { loss: 4 } });
  expect(all).not.toHaveBeenCalled();
  expect(newestReport(study.state.trial(0)!)).toEqual({ seq: 8, step: 8, values: { loss: 4 } });
  expect(newestReport(makeTrial(0, 1))).toBeUndefined();
});
