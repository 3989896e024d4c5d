import { ActionButton } from "../../parts/ActionButton.tsx";
import type { Action } from "../../parts/action.ts";
import { Callout } from "../../parts/Callout.tsx";
import { useWords } from "../../words.tsx";
import type { Audit } from "./useTargetActions.ts";

/** What a comparison of the calendar with the matches found; stays until the next one. */
export const AuditNote = ({ audit, repair }: { readonly audit: Audit; readonly repair: Action }) => {
  const { texts } = useWords();
  const say = texts.calendars.audit;
  const { missing, different, surplus } = audit;
  const drift = missing + different + surplus;
  if (drift === 0) return <Callout level="ok" title={say.same} />;
  const found = [
    ...(missing > 0 ? [say.missing(missing)] : []),
    ...(different > 0 ? [say.different(different)] : []),
    ...(surplus > 0 ? [say.surplus(surplus)] : []),
  ];
  return (
    <Callout level="warning" title={say.drift(drift)} about={<p>{`${found.join(", ")}. ${say.about}`}</p>}>
      <ActionButton action={repair} variant="filled" />
    </Callout>
  );
};
