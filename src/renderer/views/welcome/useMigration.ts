import { useState } from "react";
import type { Migration } from "../../../shared/migration.ts";
import type { Problem } from "../../../shared/problem.ts";
import { useCall } from "../../session.ts";

/** The folder of the Python service: chosen, looked at, and taken over. */
export const useMigration = ({ keyring, onTaken }: { readonly keyring: boolean; readonly onTaken: () => void }) => {
  const call = useCall();
  const [found, setFound] = useState<Migration | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [working, setWorking] = useState(false);

  const doing = async (act: () => Promise<Problem | null>): Promise<void> => {
    if (working) return;
    setWorking(true);
    setProblem(null);
    try {
      setProblem(await act());
    } finally {
      setWorking(false);
    }
  };

  return {
    /** null: none has been chosen. */
    found,
    problem,
    working,
    choose: () =>
      doing(async () => {
        const answer = await call("chooseMigration", {});
        if (!answer.ok) return answer.problem;
        if (answer.value.migration !== null) setFound(answer.value.migration);
        return null;
      }),
    take: () =>
      doing(async () => {
        const answer = await call("migrate", { sessionOnly: !keyring });
        if (!answer.ok) return answer.problem;
        setFound(null);
        onTaken();
        return null;
      }),
    leave: () => {
      setFound(null);
      setProblem(null);
    },
  };
};
export type MigrationState = ReturnType<typeof useMigration>;
