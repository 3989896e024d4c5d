import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { may } from "../../shared/role.ts";
import { useAttachment } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Held.module.css";

/** As a person knows a service: by its name on the network. */
export const hostOf = (address: string): string => address.replace(/^https?:\/\//, "").replace(/:443$/, "");

/** Why nothing can be changed at the moment; null: everything can that one's role allows. */
export const useLost = (): string | null => {
  const { texts } = useWords();
  const attachment = useAttachment();
  return attachment?.line.state === "lost" ? texts.attached.held(hostOf(attachment.address)) : null;
};

/** Why whoever sits here cannot decide anything at the moment; null: they can. */
const useHeld = (): string | null => {
  const { texts } = useWords();
  const lost = useLost();
  const role = useAttachment()?.role ?? null;
  return lost ?? (role === null || may(role, "act") ? null : texts.attached.looker);
};

type HeldProps = {
  /** It is done in this window alone, wherever the service is. */
  readonly here?: boolean;
  /** A whole form, and not one button in a row. */
  readonly wide?: boolean;
  readonly children: ReactNode;
};

/** Around what changes something: it says why where it cannot be used, since the service elsewhere does not hear or does not let one. */
export const Held = ({ here = false, wide = false, children }: HeldProps) => {
  const why = useHeld();
  const held = why !== null && !here;
  return (
    <Tooltip label={why ?? ""} disabled={!held} multiline maw={320}>
      <fieldset
        className={classes.held}
        data-wide={wide || undefined}
        disabled={held}
        {...(held ? { "aria-label": why } : { role: "presentation" })}
      >
        {children}
      </fieldset>
    </Tooltip>
  );
};
