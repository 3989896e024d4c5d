/**
 * The publisher tells of a failed cycle twice, on two channels: by a status, with the cycle's number, and by a system
 * alert, with the reason. Both belong to one failure, whichever is heard first.
 */
export type CycleReport =
  | { readonly kind: "failed" | "completed"; readonly cycle: number | null }
  | { readonly kind: "reason"; readonly text: string };

/** The last failure after which no cycle has completed. `told`: which halves of it have been heard. */
export type Failure = {
  readonly cycle: number | null;
  readonly text: string | null;
  readonly told: "status" | "reason" | "both";
};

export type CycleStep = {
  readonly failure: Failure | null;
  /** `failed`: a cycle more; `learnt`: the other half of a failure that is known. */
  readonly news: "failed" | "learnt" | "over" | "none";
};

/** In the order in which they are heard: the publisher's clock may be set back at any time. */
export const noteCycle = (failure: Failure | null, report: CycleReport): CycleStep => {
  switch (report.kind) {
    case "failed":
      return failure?.told === "reason"
        ? { failure: { ...failure, cycle: report.cycle, told: "both" }, news: "learnt" }
        : { failure: { cycle: report.cycle, text: null, told: "status" }, news: "failed" };
    case "reason":
      return failure?.told === "status"
        ? { failure: { ...failure, text: report.text, told: "both" }, news: "learnt" }
        : { failure: { cycle: null, text: report.text, told: "reason" }, news: "failed" };
    case "completed":
      return { failure: null, news: failure === null ? "none" : "over" };
  }
};
