import { Button } from "@mantine/core";
import { useState } from "react";
import type { TargetStatus } from "../../../shared/calendar.ts";
import { targetTexts } from "../../../shared/text/target.ts";
import type { Action } from "../../parts/action.ts";
import { Callout } from "../../parts/Callout.tsx";
import { Confirm } from "../../parts/Confirm.tsx";
import { useWords } from "../../words.tsx";
import type { Audit } from "./useTargetActions.ts";

/** What a comparison of the calendar with the matches found; stays until the next one. */
type AuditNoteProps = { readonly audit: Audit; readonly repair: Action; readonly target: TargetStatus };

export const AuditNote = ({ audit, repair, target }: AuditNoteProps) => {
  const { texts } = useWords();
  const say = targetTexts(texts, target.name).audit;
  const [asking, setAsking] = useState(false);
  const { missing, different, surplus } = audit;
  const drift = missing + different + surplus;
  if (drift === 0) return <Callout level="ok" title={say.same} />;
  const found = [
    ...(missing > 0 ? [say.missing(missing)] : []),
    ...(different > 0 ? [say.different(different)] : []),
    ...(surplus > 0 ? [say.surplus(surplus)] : []),
  ];
  const about = `${found.join(", ")}. ${say.about}`;
  return (
    <Callout level="warning" title={say.drift(drift)} about={<p>{about}</p>}>
      <Button
        variant="filled"
        leftSection={<repair.icon size={16} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {repair.label}
      </Button>
      <Confirm
        action={repair}
        title={say.ask(target.label)}
        about={about}
        danger
        opened={asking}
        onClose={() => setAsking(false)}
      />
    </Callout>
  );
};
