import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { AlertSubject } from "../alerts/key.ts";
import type { Journal, JournalTrouble } from "../journal.ts";
import type { JournalFault } from "./health.ts";

type JournalStateOptions = {
  readonly journal: Pick<Journal, "troubles" | "onTroubles">;
  readonly now: () => Instant;
  /** The state of the journal changes; null: nothing is wrong with it. */
  readonly onState: (trouble: JournalTrouble | null) => void;
  readonly onIncident: (incident: JournalTrouble) => void;
  /** Whether no person has seen the alert of it. */
  readonly isUnseen: (subject: AlertSubject) => boolean;
  readonly onChange: () => void;
};

/** What is wrong with the journal: what it says of itself, and what those are told who have something to write. */
export const createJournalState = (options: JournalStateOptions) => {
  const { journal, now } = options;
  let refusal: Problem | null = null;
  let state: JournalFault | null = null;
  let incidents: readonly JournalFault[] = [];
  let started = false;

  const worstState = (): JournalTrouble | null =>
    refusal === null
      ? (journal.troubles().find(({ kind }) => kind === "state") ?? null)
      : { kind: "state", level: "critical", problem: refusal };

  const look = (): void => {
    if (!started) return;
    const trouble = worstState();
    const goesOn = trouble !== null && trouble.level === state?.level;
    state = trouble === null ? null : { ...trouble, since: goesOn ? (state?.since ?? now()) : now() };
    options.onState(state);
    const told = journal.troubles().filter(({ kind }) => kind === "incident");
    const fresh = told.filter(({ problem }) => !incidents.some((known) => known.problem === problem));
    incidents = [...incidents, ...fresh.map((incident) => ({ ...incident, since: now() }))];
    for (const incident of fresh) options.onIncident(incident);
    options.onChange();
  };

  journal.onTroubles(look);
  return {
    /** From now on what is wrong is told. */
    start: (): void => {
      started = true;
      look();
    },
    /** What was to be written was refused; null when it is taken again. */
    refused: (problem: Problem | null): void => {
      refusal = problem;
      look();
    },
    /** What is wrong now, and what has happened that no person has seen. */
    faults: (): readonly JournalFault[] => [
      ...(state === null ? [] : [state]),
      ...incidents.filter(({ problem }) => options.isUnseen({ kind: "incident", problem })),
    ],
  };
};
