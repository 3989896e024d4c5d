import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useAttachment } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Held.module.css";

/** As a person knows a service: by its name on the network. */
export const hostOf = (address: string): string => address.replace(/^https?:\/\//, "").replace(/:443$/, "");

/** Why nothing can be changed at the moment; null: everything can. */
export const useHeld = (): string | null => {
  const { texts } = useWords();
  const attachment = useAttachment();
  return attachment?.line.state === "lost" ? texts.attached.held(hostOf(attachment.address)) : null;
};

type HeldProps = {
  /** It is done in this window alone, wherever the service is. */
  readonly here?: boolean;
  /** A whole form, and not one button in a row. */
  readonly wide?: boolean;
  readonly children: ReactNode;
};

/** Around what changes something: it cannot be used while the service elsewhere does not hear, and says why. */
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
