import { serveJobs } from "../quality/runner/serve-jobs.ts";
import { runJob } from "./run-job.ts";

serveJobs(runJob);
