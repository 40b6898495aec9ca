import { serveJobs } from "../../quality/runner/serve-jobs.ts";
import { runClusterJob } from "./run-job.ts";

serveJobs(runClusterJob);
